"""Which names sound alike, and which days are easily written for another."""

from datetime import date

import pytest
from sqlalchemy import text

from services.intake import rules
from tests.house import ServiceUnderTest


def sound(intake: ServiceUnderTest, name: str) -> str:
    return str(intake.connection.scalar(text("SELECT name_sound(:name)"), {"name": name}))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kjaer", "kaer"), ("carl", "karl"), ("christian", "kristian"), ("aase", "ase"), ("soeren", "soren"),
        ("schmidt", "schmit"), ("hjalmar", "jalmar"), ("sofie", "sophie"), ("maj", "may"), ("cecilie", "sesilie"),
        ("dorthe", "dorte"), ("lykke", "lyke"), ("waage", "vage"), ("laerke", "lerke"),
    ],
)  # fmt: skip
def test_names_that_sound_alike_have_one_key(intake: ServiceUnderTest, one: str, other: str) -> None:
    assert sound(intake, one) == sound(intake, other)


def test_names_that_sound_different_have_two_keys(intake: ServiceUnderTest) -> None:
    assert len({sound(intake, name) for name in ("hansen", "jensen", "karen", "karin", "bo", "bent")}) == 6


def test_days_that_are_easily_written_for_another() -> None:
    near = rules.near_days(date(1990, 2, 1), date(2026, 11, 2))

    slips = [date(1990, 1, 2), date(1990, 2, 10), date(1990, 2, 2), date(1991, 2, 1), date(1909, 2, 1)]
    assert set(slips) <= near
    assert date(1990, 5, 17) not in near
    assert not [day for day in near if day > date(2026, 11, 2)]
