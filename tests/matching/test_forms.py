"""Each form's own demands as dated rows: host, category, hours, length, what is confirmed, and what runs beside it."""

from datetime import date
from typing import Any

import pytest

from services.matching.rules.forms import check_form, check_length, check_overlap
from services.matching.use_cases import POLICY
from shared.errors import NotConfigured, Refused
from tests.house import ServiceUnderTest
from tests.matching.factories import accepted, add_candidate, add_need, placement_body, posted

DAY = date(2026, 11, 9)
ALL = ("not_recently_employed", "prior_benefit", "age_25_at_contract", "not_employed_here_6_months",
       "igu_age_and_residence")  # fmt: skip


def outcome(offer: str, **changed: Any) -> str:
    given: dict[str, Any] = {"public": True, "on": DAY, "weekly_hours": 30, "confirmed": ALL} | changed
    category = given.pop("category", "jobparat")
    try:
        return ",".join(check_form(offer, category, policy=POLICY, **given))
    except Refused as refused:
        return f"{refused.code} {refused.policy}"


@pytest.mark.parametrize(
    ("offer", "changed", "said"),
    [
        ("virksomhedspraktik", {}, "form.conditions[virksomhedspraktik]@2019-06-01"),
        ("virksomhedspraktik", {"confirmed": ()},
         "condition_not_confirmed form.conditions[virksomhedspraktik]@2019-06-01"),
        ("loentilskud", {"confirmed": ("over_50",)}, "form.conditions[loentilskud]@2019-06-01"),
        ("loentilskud", {"confirmed": ("age_25_at_contract",)},
         "condition_not_confirmed form.conditions[loentilskud]@2019-06-01"),
        ("nytteindsats", {}, "form.public_host@2014-01-01"),
        ("nytteindsats", {"public": False}, "public_host_needed form.public_host@2014-01-01"),
        ("ordinary", {"public": False}, ""),
        ("small_job", {"weekly_hours": 2}, ""),
        ("fleksjob", {}, "category_not_allowed form.category[fleksjob]@2013-01-01"),
        ("fleksjob", {"category": "fleksjob"}, "form.category[fleksjob]@2013-01-01"),
        ("minifleksjob", {"category": "fleksjob", "weekly_hours": 10},
         "form.category[minifleksjob]@2013-01-01,form.max_hours[minifleksjob]@2013-01-01"),
        ("minifleksjob", {"category": "fleksjob", "weekly_hours": 11},
         "hours_not_allowed form.max_hours[minifleksjob]@2013-01-01"),
        ("voksenlaerling", {"confirmed": ("age_25_at_contract",)},
         "condition_not_confirmed form.conditions[voksenlaerling]@2019-06-01"),
        ("voksenlaerling", {}, "form.conditions[voksenlaerling]@2019-06-01"),
        ("igu", {"weekly_hours": 24}, "hours_not_allowed form.min_hours[igu]@2016-07-01"),
        ("igu", {"weekly_hours": 25}, "form.min_hours[igu]@2016-07-01,form.conditions[igu]@2019-06-01"),
    ],
)  # fmt: skip
def test_every_form_has_its_own_demands(offer: str, changed: dict[str, Any], said: str) -> None:
    assert outcome(offer, **changed) == said


@pytest.mark.parametrize(
    ("offer", "starts_on", "ends_on", "said"),
    [
        ("nytteindsats", date(2024, 12, 2), date(2025, 3, 9), "too_long"),
        ("nytteindsats", date(2025, 1, 6), date(2025, 4, 13), "form.max_weeks[nytteindsats]@2025-01-01"),
        ("igu", DAY, date(2028, 11, 5), "form.max_weeks[igu]@2016-07-01"),
        ("igu", DAY, date(2028, 11, 6), "too_long"),
        ("fleksjob", DAY, date(2040, 1, 1), "form.max_weeks[fleksjob]@2013-01-01"),
    ],
)
def test_a06_how_long_each_form_may_be_by_its_date(offer: str, starts_on: date, ends_on: date, said: str) -> None:
    try:
        found = check_length(offer, starts_on, ends_on, POLICY).name
    except Refused as refused:
        found = refused.code

    assert found == said


def test_a_form_whose_length_nobody_knows_is_not_configured() -> None:
    with pytest.raises(NotConfigured):
        check_length("revalidering", DAY, DAY, POLICY)


@pytest.mark.parametrize(
    ("offer", "others", "fits"),
    [
        ("virksomhedspraktik", ["ordinary"], True),
        ("virksomhedspraktik", ["virksomhedspraktik"], False),
        ("small_job", ["virksomhedspraktik"], True),
        ("loentilskud", ["small_job", "virksomhedspraktik"], False),
        ("virksomhedspraktik", [], True),
    ],
)
def test_a20_paid_hours_may_run_beside_a_placement_and_two_placements_may_not(
    offer: str, others: list[str], fits: bool
) -> None:
    try:
        check_overlap(offer, others, DAY, POLICY)
        found = True
    except Refused:
        found = False

    assert found is fits


def test_an_overlap_is_judged_by_what_is_in_force_now(matching: ServiceUnderTest) -> None:
    citizen = add_candidate(matching)
    needs = [add_need(matching) for _ in range(2)]
    first, second = (accepted(matching, need, citizen) for need in needs)
    made = posted(matching, "/placements", placement_body(first))
    beside: Any = matching.call("POST", "/placements", placement_body(second), client="consultant")
    gone = {"kind": "annulled", "reason_code": "mistake", "number": 1}
    posted(matching, f"/placements/{made['id']}/changes", gone)

    assert (beside.status_code, beside.json["code"]) == (409, "overlaps")
    assert posted(matching, "/placements", placement_body(second))["state"] == "awaiting_statements"
