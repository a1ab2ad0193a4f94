"""The calculator: what is left, when the next comes free, which rows were used (A13 to A16, A20, A22)."""

from datetime import date
from typing import Any

import pytest

from services.matching.rules.outlook import Step, by_hours, hours_on, net_extra, outlook
from services.matching.rules.ratio import Staff, Supported
from services.matching.use_cases import POLICY
from shared import clock
from shared.calendar import danish_time
from shared.database import new_id
from shared.errors import NotConfigured, Refused
from shared.events import HoursChanged
from tests.browser import words
from tests.house import ServiceUnderTest
from tests.matching.factories import (
    P_NUMBER,
    accepted,
    add_candidate,
    add_company,
    add_need,
    add_workplace,
    days,
    placement_body,
    posted,
    stated,
)

START, END = date(2026, 11, 9), date(2026, 12, 6)
DOOR = f"/workplaces/{P_NUMBER}/places-left"
ASKED = "offer_type=virksomhedspraktik&starts_on=2026-11-09&ends_on=2026-12-06&weekly_hours=37"


def staff(*fte: float, last: int = 10) -> dict[date, Staff]:
    months = range(last - len(fte) + 1, last + 1)
    return {date(2025 + (m + 11) // 12, (m - 1) % 12 + 1, 1): Staff(n, 0) for m, n in zip(months, fte, strict=True)}


def stay(hours: float = 37, starts_on: date = START, ends_on: date = END, *, pending: bool = False) -> Supported:
    return Supported("virksomhedspraktik", starts_on, ends_on, hours, pending)


@pytest.mark.parametrize(
    ("fte", "others", "left", "next_on"),
    [
        ((20, 22, 24, 26), 3, 1, START),
        ((20, 22, 24, 26), 4, 0, date(2026, 12, 7)),
        ((3, 3, 3, 3), 0, 1, START),
        ((3, 3, 3, 3), 1, 0, date(2026, 12, 7)),
        ((50, 50, 50, 50), 0, 10, START),
    ],
)
def test_a13_a14_a15_how_many_are_left_and_when_the_next_comes_free(
    fte: tuple[float, ...], others: int, left: int, next_on: date
) -> None:
    seen = outlook(stay(), staff(*fte), [stay()] * others, elsewhere_fte=0, policy=POLICY)

    assert (seen.left, seen.next_on) == (left, next_on)


def test_pending_counts_and_is_told_apart() -> None:
    seen = outlook(stay(), staff(20, 22, 24, 26), [stay(), stay(pending=True)], elsewhere_fte=1, policy=POLICY)

    assert (seen.taken_fte, seen.pending_fte, seen.left) == (3, 1, 1)
    assert seen.policies[:2] == ("ratio.small_per@2022-01-01", "ratio.window@2022-01-01")


def test_half_a_place_has_room_for_small_hours() -> None:
    others = [stay(18.5)]
    full, small = (
        outlook(stay(hours), staff(3, 3, 3, 3), others, elsewhere_fte=0, policy=POLICY) for hours in (37, 9.25)
    )

    assert (full.left, small.left) == (0, 2)


def test_where_other_municipalities_fill_the_place_no_day_is_promised() -> None:
    seen = outlook(stay(), staff(3, 3, 3, 3), [], elsewhere_fte=1, policy=POLICY)

    assert (seen.left, seen.next_on) == (0, None)


def test_a20_a_stay_is_cut_where_its_hours_change_and_paid_hours_are_not_counted() -> None:
    steps = [Step(date(2026, 11, 16), 4, 8), Step(date(2026, 11, 23), 0, 12)]
    parts = by_hours(stay(15), steps)

    assert [(one.starts_on.day, one.ends_on.day, one.weekly_hours) for one in parts] == [(9, 15, 15), (16, 22, 4)]
    assert [hours_on(date(2026, 11, day), 15, steps) for day in (9, 16, 30)] == [(15, 0), (4, 8), (0, 12)]


@pytest.mark.parametrize(("latest", "holds"), [(10, True), (9.9, False), (12, True)])
def test_net_extra_compares_the_latest_month_with_the_mean_of_twelve(latest: float, holds: bool) -> None:
    levels = {"cvr": [staff(*[5] * 11, latest - 5), staff(*[5] * 12)], "p_number": []}
    found = net_extra(levels, START, public=False, policy=POLICY)

    assert (found.holds, found.level, found.month) == (holds, "cvr", "2026-10")


def test_net_extra_needs_twelve_months_and_is_not_configured_for_public_employers() -> None:
    with pytest.raises(Refused, match="staff_months_missing"):
        net_extra({"cvr": [staff(5, 5)], "p_number": []}, START, public=False, policy=POLICY)
    with pytest.raises(NotConfigured):
        net_extra({"cvr": [], "p_number": [staff(*[5] * 12)]}, START, public=True, policy=POLICY)


def placed(matching: ServiceUnderTest, **changed: Any) -> Any:
    need = add_need(matching, weekly_hours_max=37, windows=days("06:00-14:00"))
    match = accepted(matching, need, add_candidate(matching, weekly_hours_max=37.0))
    return posted(matching, "/placements", placement_body(match, **changed))


def test_door_counts_the_waiting_agreement_and_hours_that_followup_changed(matching: ServiceUnderTest) -> None:
    made = placed(matching, weekly_hours=37)
    waiting = matching.call("GET", f"{DOOR}?{ASKED}", client="company-a").json
    stated(matching, made)
    hours = HoursChanged(
        agreement_id=new_id(), placement_id=made["id"], citizen_id=made["citizen_id"], starts_on=START,
        placement_hours=18.5, paid_hours=8, reason_code="growing",
    )  # fmt: skip
    matching.hear(hours)
    halved = matching.call("GET", f"{DOOR}?{ASKED}", client="company-a").json

    assert (waiting["limit"], waiting["taken_fte"], waiting["pending_fte"], waiting["left"]) == (8, 1, 1, 7)
    assert (halved["taken_fte"], halved["pending_fte"]) == (0.5, 0)
    assert matching.call("GET", f"{DOOR}?{ASKED}", client="company-b").status_code == 404


def test_page_shows_the_sum_the_rows_and_what_is_wrong_without_losing_it(matching: ServiceUnderTest) -> None:
    made = placed(matching)
    home = f"/virksomheder/{made['company_id']}/steder/{P_NUMBER}/beregner"
    desk = matching.browser("company_consultant")
    empty, sum_of_it = words(desk.get(home)), words(desk.get(f"{home}?{ASKED}"))
    wrong = desk.get(f"{home}/svar?{ASKED.replace('37', 'mange')}")
    subsidy = words(desk.get(f"{home}?{ASKED.replace('virksomhedspraktik', 'loentilskud')}"))

    assert "Udfyld datoer og timer" in empty
    assert "Plads til 7 mere" in sum_of_it
    assert "Gennemsnit af 4 hele måneder før starten, BEK 2636/2021 § 65, stk. 4" in sum_of_it
    assert (wrong.status_code, "Ret det, så regnes der videre" in words(wrong)) == (200, True)
    assert "Merbeskæftigelse kan ikke regnes ud" in subsidy


def test_a22_exempt_is_said_with_its_row(matching: ServiceUnderTest) -> None:
    add_workplace(matching, add_company(matching))
    with clock.moved_to(danish_time(date(2026, 11, 2), 10)):
        found = matching.call("GET", f"{DOOR}?{ASKED}&ratio_exemption=own_workplace_group_7", client="consultant").json

    assert (found["result"], found["left"], found["policies"]) == ("exempt", None, ["ratio.exempt@2022-01-01"])
