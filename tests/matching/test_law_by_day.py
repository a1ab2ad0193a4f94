"""A13 to A22 by the day: what the rows say before and after each change, and nothing where no row was in force."""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from services.matching.rules import agreements, changes, forms
from services.matching.rules.ratio import Staff, Supported, check, ratio_limit
from services.matching.use_cases import POLICY
from shared.errors import Refused
from tests.browser import words
from tests.house import ServiceUnderTest
from tests.matching.factories import P_NUMBER, add_company, add_workplace

NOTHING = "not_configured"
RATIO_BEFORE, RATIO_SINCE = date(2021, 12, 31), date(2022, 1, 1)
PRAKTIK_BEFORE, PRAKTIK_SINCE = date(2019, 12, 31), date(2020, 1, 1)


def limit_of(ordinary: int) -> Callable[[date], Any]:
    return lambda day: ratio_limit(Fraction(ordinary), day, POLICY)[0]


def judged(offer: str, exemption: str | None = None) -> Callable[[date], Any]:
    def asked(day: date) -> str:
        months = {
            (day.replace(day=1) - timedelta(days=30 * back + 1)).replace(day=1): Staff(20, 0) for back in range(6)
        }
        new = Supported(offer, day, day, 37)
        return check(new, months, [], elsewhere_fte=0.0, exemption=exemption, policy=POLICY).result

    return asked


def parties(day: date) -> Any:
    return "employee_representative" in agreements.parties_needed(False, day, POLICY)


def four_weeks(day: date) -> str:
    return agreements.check_period(
        "virksomhedspraktik", "jobparat", public=False, starts_on=day, ends_on=day + timedelta(days=27),
        exception_ground=None, policy=POLICY,
    ).name  # fmt: skip


def extended(day: date) -> str:
    return changes.check_length(
        "virksomhedspraktik", "aktivitetsparat", "concrete_assessment", public=False, starts_on=day,
        ends_on=day + timedelta(days=90), new_end=day + timedelta(days=181), extension_no=1, exception_ground=None,
        policy=POLICY,
    ).name  # fmt: skip


def two_at_once(day: date) -> Any:
    return forms.check_overlap("virksomhedspraktik", ["small_job"], day, POLICY)


@pytest.mark.parametrize(("asked", "day", "found"), [
    pytest.param(limit_of(23), RATIO_BEFORE, NOTHING, id="a13 before § 65"),
    pytest.param(limit_of(23), RATIO_SINCE, 4, id="a13"),
    pytest.param(limit_of(50), RATIO_BEFORE, NOTHING, id="a14 before § 65"),
    pytest.param(limit_of(50), RATIO_SINCE, 10, id="a14"),
    pytest.param(limit_of(3), RATIO_BEFORE, NOTHING, id="a15 before § 65"),
    pytest.param(limit_of(3), RATIO_SINCE, 1, id="a15"),
    pytest.param(judged("nytteindsats"), date(2024, 12, 31), "allowed", id="a13 nytteindsats counted"),
    pytest.param(judged("nytteindsats"), date(2025, 1, 1), "not_counted", id="a13 nytteindsats not counted since 2025"),
    pytest.param(judged("virksomhedspraktik"), date(2025, 1, 1), "allowed", id="a13 praktik is counted still"),
    pytest.param(parties, RATIO_BEFORE, NOTHING, id="a16 before § 65"),
    pytest.param(parties, RATIO_SINCE, True, id="a16"),
    pytest.param(four_weeks, PRAKTIK_BEFORE, NOTHING, id="a17 before LAB 2020"),
    pytest.param(four_weeks, PRAKTIK_SINCE, "praktik.max_weeks[jobparat]@2020-01-01", id="a17"),
    pytest.param(extended, PRAKTIK_BEFORE, NOTHING, id="a18 before LAB 2020"),
    pytest.param(extended, PRAKTIK_SINCE, "praktik.extension_first_weeks@2020-01-01", id="a18"),
    pytest.param(two_at_once, date(2019, 5, 31), NOTHING, id="a20 before the row"),
    pytest.param(two_at_once, date(2019, 6, 1), None, id="a20"),
    pytest.param(judged("virksomhedspraktik", "own_workplace_group_7"), RATIO_BEFORE, NOTHING, id="a22 before § 65"),
    pytest.param(judged("virksomhedspraktik", "own_workplace_group_7"), RATIO_SINCE, "exempt", id="a22"),
])  # fmt: skip
def test_a13_to_a22_are_judged_by_the_law_of_the_day(asked: Callable[[date], Any], day: date, found: Any) -> None:
    try:
        told = asked(day)
    except Refused as refused:
        told = refused.code

    assert told == found


@pytest.mark.parametrize(("fte", "subsidised", "limit"), [
    (23, 0, "4"), (65, 15, "10"), (3, 0, "1"),
], ids=["a13", "a14", "a15"])  # fmt: skip
def test_a13_a14_a15_the_calculator_at_the_company_says_the_limit_and_its_rule(
    matching: ServiceUnderTest, fte: int, subsidised: int, limit: str
) -> None:
    months = [{"month": f"2026-{month:02d}", "fte": fte, "subsidised_fte": subsidised} for month in (7, 8, 9, 10)]
    company = add_company(matching)
    add_workplace(matching, company, staff=months)
    asked = "offer_type=virksomhedspraktik&starts_on=09-11-2026&ends_on=06-12-2026&weekly_hours=37"
    page = f"/virksomheder/{company['id']}/steder/{P_NUMBER}/beregner?{asked}"
    shown = words(matching.browser("job_consultant").get(page))

    assert f"Plads til på støttede vilkår {limit} årsværk" in shown
    assert "BEK 2636/2021 § 65" in shown
