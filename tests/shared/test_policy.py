"""The row in force on a day, and a refusal that names what is missing."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from shared.errors import NotConfigured
from shared.events import SERVICES
from shared.policy import Policy

ROOT = Path(__file__).resolve().parents[2]
WEEKS = """
[[row]]
key = "weeks"
value = 13
unit = "weeks"
from = 2014-01-01
to = 2024-12-31
source = "Before the reform"
confidence = "H"

[[row]]
key = "weeks"
value = 26
unit = "weeks"
from = 2026-01-01
source = "After the reform"
confidence = "M"

[[row]]
key = "weeks"
group = "dagpenge"
value = 4
unit = "weeks"
from = 2020-01-01
source = "Insured"
confidence = "H"
"""


@pytest.fixture
def weeks(tmp_path: Path) -> Policy:
    return loaded(tmp_path, WEEKS)


def loaded(folder: Path, toml: str) -> Policy:
    path = folder / "policy.toml"
    path.write_text(toml, encoding="utf-8")
    return Policy.load(path)


@pytest.mark.parametrize(
    ("day", "value"), [(date(2014, 1, 1), 13), (date(2024, 12, 31), 13), (date(2026, 1, 1), 26), (date(2090, 1, 1), 26)]
)
def test_row_is_in_force_on_its_first_and_its_last_day(weeks: Policy, day: date, value: int) -> None:
    assert weeks.row("weeks", day).value == value


@pytest.mark.parametrize("day", [date(2013, 12, 31), date(2025, 1, 1), date(2025, 12, 31)])
def test_no_row_outside_the_days_is_refused_and_names_key_and_date(weeks: Policy, day: date) -> None:
    with pytest.raises(NotConfigured) as refused:
        weeks.row("weeks", day)

    assert (refused.value.code, refused.value.status) == ("not_configured", 409)
    for words in (refused.value.danish, refused.value.english):
        assert "weeks" in words
        assert day.isoformat() in words


def test_find_answers_none_where_row_refuses(weeks: Policy) -> None:
    assert weeks.find("weeks", date(2025, 6, 1)) is None
    assert weeks.find("months", date(2026, 6, 1)) is None


def test_group_has_its_own_row_before_the_general_one(weeks: Policy) -> None:
    assert weeks.row("weeks", date(2026, 6, 1), "dagpenge").value == 4
    assert weeks.row("weeks", date(2026, 6, 1), "kontanthjaelp").value == 26
    assert weeks.row("weeks", date(2019, 6, 1), "dagpenge").value == 13


def test_row_of_a_group_is_not_everybody_s(weeks: Policy) -> None:
    assert weeks.find("weeks", date(2025, 6, 1)) is None
    assert weeks.row("weeks", date(2025, 6, 1), "dagpenge").value == 4


def test_row_is_cited_by_key_group_and_first_day(weeks: Policy) -> None:
    day = date(2026, 6, 1)

    assert weeks.row("weeks", day).name == "weeks@2026-01-01"
    assert weeks.row("weeks", day, "dagpenge").name == "weeks[dagpenge]@2020-01-01"


@pytest.mark.parametrize("last_day", ["to = 2026-01-01", ""])
def test_overlapping_rows_are_refused_at_load(tmp_path: Path, last_day: str) -> None:
    with pytest.raises(ValueError, match="overlap: weeks@2014-01-01 and weeks@2026-01-01"):
        loaded(tmp_path, WEEKS.replace("to = 2024-12-31", last_day))


@pytest.mark.parametrize("missing", ["source", "confidence", "unit", "from"])
def test_row_without_one_of_its_words_is_refused_at_load(tmp_path: Path, missing: str) -> None:
    lines = [line for line in WEEKS.splitlines() if not line.startswith(f"{missing} =")]
    with pytest.raises(KeyError, match=missing):
        loaded(tmp_path, "\n".join(lines))


def rows_of(policy: Policy) -> list[Any]:
    return [row for same in policy._rows.values() for row in same]


@pytest.mark.parametrize("path", sorted(ROOT.glob("services/*/policy.toml")), ids=lambda path: path.parent.name)
def test_every_row_of_a_service_says_where_it_is_from_and_how_sure(path: Path) -> None:
    rows = rows_of(Policy.load(path))

    assert rows
    for row in rows:
        assert row.source.strip(), row.name
        assert row.confidence[0] in "HML" or row.confidence == "local", row.name
        assert row.unit.strip(), row.name
        assert row.until is None or row.since <= row.until, row.name


def test_each_policy_file_belongs_to_a_service() -> None:
    assert {path.parent.name for path in ROOT.glob("services/*/policy.toml")} <= set(SERVICES)
