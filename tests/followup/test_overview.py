"""The leader's overview: what was heard is counted once, and no page, file or door gives a small number away."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations, count
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from services.followup.models import Fact
from services.followup.rules import overview
from shared import clock
from shared.calendar import danish_time
from shared.events import (
    CitizenUnitChanged,
    CompanyPromiseBroken,
    CompanyRequestReceived,
    Event,
    FirstContactRegistered,
    MatchProposed,
    NotificationFailed,
    PlacementAgreed,
    VisitationHeld,
)
from tests.browser import words
from tests.followup.telling import COMPANY, placement
from tests.house import ServiceUnderTest

PAGE, DOOR = "/opfoelgning/overblik", "/overview?since=2026-11-02"
NOVEMBER = danish_time(date(2026, 11, 2), 9)
UNITS = ("jobbutikken", "ungeenheden", "virksomhedsservice")
MONTHS = (10, 11, 12)


def person(number: int) -> UUID:
    return UUID(int=5000 + number)


def came(number: int, **changed: Any) -> FirstContactRegistered:
    told = FirstContactRegistered(
        contact_id=UUID(int=6000 + number), citizen_id=person(number), at=NOVEMBER, channel="desk",
        local_goal_due=date(2026, 11, 3), local_goal_policy="x", statutory_due=None, statutory_policy=None,
    )  # fmt: skip
    return replace(told, **changed)


def talked(number: int, day: int) -> VisitationHeld:
    held = danish_time(date(2026, 11, day), 10)
    return VisitationHeld(visitation_id=UUID(int=7000 + number), citizen_id=person(number), held_at=held)


def lives(number: int, unit: str) -> CitizenUnitChanged:
    return CitizenUnitChanged(citizen_id=person(number), unit_code=unit)


def need(number: int) -> CompanyRequestReceived:
    return CompanyRequestReceived(
        need_id=UUID(int=8000 + number), company_id=COMPANY, p_number="1000000001", occupation="x",
        employment_form="virksomhedspraktik", weekly_hours_min=4, weekly_hours_max=8,
    )  # fmt: skip


def proposed(number: int) -> MatchProposed:
    return MatchProposed(
        match_id=UUID(int=8100 + number), need_id=UUID(int=8000), citizen_id=person(number), company_id=COMPANY,
        occupation="x", factors=(),
    )  # fmt: skip


def agreed(number: int, starts: date, ends: date) -> PlacementAgreed:
    return placement(
        placement_id=UUID(int=9000 + number), citizen_id=person(number), starts_on=starts, ends_on=ends,
        first_day_at=danish_time(starts, 8), hire_preagreed=False,
    )  # fmt: skip


BROKEN = CompanyPromiseBroken(
    promise_id=UUID(int=8200), company_id=COMPANY, promise_kind="answer", due_on=date(2026, 11, 1)
)
FAILED = NotificationFailed(
    message_id=UUID(int=8300), template="x", channel="sms", recipient_kind="citizen", reason_code="gateway"
)
MONTH: list[Event] = [
    *(lives(number, UNITS[0]) for number in range(8)),
    *(came(number) for number in range(8)),
    *(talked(number, 3 if number < 6 else 9) for number in range(7)),
    need(0), need(1), *(proposed(number) for number in range(6)), BROKEN, FAILED,
    *(agreed(number, date(2026, 11, 1), date(2027, 1, 31)) for number in range(5)),
]  # fmt: skip


@pytest.fixture
def told(followup: ServiceUnderTest) -> Iterator[ServiceUnderTest]:
    """November: eight came, six of seven talks were in time, two needs, six proposals, five agreements."""
    with clock.moved_to(NOVEMBER):
        followup.hear(*MONTH)
    with clock.moved_to(danish_time(date(2026, 11, 20), 9)):
        yield followup


def read(service: ServiceUnderTest, path: str = DOOR) -> dict[str, int | None]:
    """The month that is asked for, by the figure's code."""
    answer = service.call("GET", path, client="consultant")
    assert answer.status_code == 200, answer.text
    return {one["definition"]["code"]: one["months"][-1]["count"] for one in answer.json["numbers"]}


SEEN = {
    "contacts": 8, "talks": 7, "talks_in_time": None, "needs": 2, "proposals": 6, "agreements": 5, "begun": 5,
    "paid": 0, "ended": 0, "early": 0, "promises_broken": 1, "letters_failed": 1,
}  # fmt: skip


def test_a_month_is_counted_from_what_the_four_services_told(told: ServiceUnderTest) -> None:
    assert read(told) == SEEN
    assert set(read(told, "/overview?since=2026-10-31").values()) == {0, None}
    assert set(read(told, f"/overview?since=2026-11-02&unit={UNITS[1]}").values()) == {0, None}
    # One talk more, held in time, and as many of either kind as may be shown.
    told.hear(*(came(number) for number in (20, 21, 22, 23)), *(talked(number, 9) for number in (20, 21, 22, 23)))
    assert {code: read(told)[code] for code in ("talks", "talks_in_time")} == {"talks": 11, "talks_in_time": 6}


def test_hearing_all_of_it_again_changes_nothing_and_builds_what_was_lost(told: ServiceUnderTest) -> None:
    with clock.moved_to(NOVEMBER):
        told.hear(*MONTH, replayed=True)
    assert read(told) == SEEN

    told.connection.execute(text("DELETE FROM fact"))
    with clock.moved_to(NOVEMBER):
        told.hear(*MONTH, replayed=True)
    assert read(told) == SEEN


def test_nothing_that_is_kept_of_a_count_leads_to_a_person(told: ServiceUnderTest) -> None:
    assert set(Fact.__table__.columns.keys()) == {"figure", "id", "day", "version"}
    kept = set(told.connection.scalars(text("SELECT id FROM fact")))

    assert not kept & {person(number) for number in range(30)}


def test_page_file_and_door_tell_the_same_and_say_what_it_means(told: ServiceUnderTest) -> None:
    leader = told.browser("leader", organisation=UNITS[0])
    page = leader.get(f"{PAGE}?since=2026-11-02&unit={UNITS[0]}&figure=talks")
    shown = words(page)

    assert "November 2026" in shown
    assert "Samtaler ved skranken 7 0" in shown
    assert "Forslag kun for alle" in shown
    assert page.text.count('id="def-') == len(overview.ALL)
    assert "matching.match.proposed.v1" in shown
    lines = list(csv.reader(io.StringIO(leader.get(f"{PAGE}.csv").text.lstrip("\ufeff")), delimiter=";"))
    november = {line[6]: line[5] for line in lines if line[1] == "2026-11-01" and line[3] == "Alle enheder"}
    assert november == {code: "vises ikke" if count is None else str(count) for code, count in SEEN.items()}


@pytest.mark.parametrize("role", ["partner", "mentor", "company_employee", "citizen", "ops"])
def test_others_do_not_see_the_overview(followup: ServiceUnderTest, role: str) -> None:
    assert followup.browser(role).get(PAGE).status_code == 403


# Somebody's unit, the month their placement ended in, and whether that was early: what nobody may be told of few.
ATOMS = [(unit, month, early) for unit in (*UNITS, "") for month in MONTHS for early in (True, False)]


_LATER = text("UPDATE placement SET agreed_ends_on = ends_on + 30 WHERE id = :id")


class Attacker:
    """Whoever opens every page, file and door, and does sums."""

    def __init__(self) -> None:
        self.rows = list[Any]()

    def learn(self, number: Any, *, units: Sequence[str], months: Sequence[int], early: Sequence[bool]) -> None:
        """How many there are of these units, months and kinds, where it was told."""
        if number is not None:
            self.rows.append([float(u in units and m in months and e in early) for u, m, e in ATOMS])

    def knows(self, *, units: Sequence[str], months: Sequence[int], early: Sequence[bool]) -> bool:
        """True where these can be had by adding and subtracting."""
        asked = np.array([float(u in units and m in months and e in early) for u, m, e in ATOMS])
        told = np.array(self.rows)
        return bool(np.abs(asked - np.linalg.lstsq(told.T, asked, rcond=None)[0] @ told).max() < 1e-6)


EVERY, BOTH = (*UNITS, ""), (True, False)
Endings = dict[tuple[str, int], tuple[int, int]]
# How many placements of a unit ended in a month, and how many of them early.
SMALL_UNIT: Endings = {(UNITS[0], 10): (9, 6), (UNITS[1], 10): (7, 6), (UNITS[2], 10): (3, 0)}
SMALL_MONTH: Endings = {(UNITS[0], 10): (2, 1), (UNITS[0], 11): (8, 6), (UNITS[1], 12): (9, 0)}
FEW_NOT_EARLY: Endings = {(UNITS[0], 10): (12, 6), (UNITS[1], 11): (7, 5), (UNITS[2], 12): (6, 6)}
NO_UNIT: Endings = {(UNITS[0], 11): (11, 5), ("", 11): (2, 2), (UNITS[1], 11): (6, 0)}
ENDINGS = st.dictionaries(
    st.tuples(st.sampled_from(EVERY), st.sampled_from(MONTHS)),
    st.tuples(st.integers(1, 9), st.integers(0, 9)).map(lambda told: (told[0], min(told))),
    min_size=2, max_size=5,
)  # fmt: skip


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(endings=ENDINGS)
@example(endings=SMALL_UNIT)
@example(endings=SMALL_MONTH)
@example(endings=FEW_NOT_EARLY)
@example(endings=NO_UNIT)
def test_no_few_people_can_be_reckoned_from_all_that_is_told(followup: ServiceUnderTest, endings: Endings) -> None:
    """Difference attack: whole less units, quarter less months, part of whole, on both pages, file and door."""
    trial = followup.connection.begin_nested()
    attacker = Attacker()
    try:
        _play(followup, endings)
        with clock.moved_to(danish_time(date(2027, 1, 15), 9)):
            for unit in (None, *UNITS):
                _overview(attacker, followup, unit)
            _quarter(attacker, followup)
    finally:
        trial.rollback()
    if not attacker.rows:
        return
    for units, months, early in _asked_of_few(endings):
        assert not attacker.knows(units=units, months=months, early=early), (units, months, early)


def _asked_of_few(endings: Endings) -> Iterator[tuple[Any, Any, Any]]:
    """The questions whose answer is one to four people."""
    for units in (EVERY, *((one,) for one in EVERY), *combinations(EVERY, 2)):
        for months in ((10,), (11,), (12,), (10, 11), (11, 12), MONTHS):
            ended = [told for (unit, month), told in endings.items() if unit in units and month in months]
            whole, soon = sum(one[0] for one in ended), sum(one[1] for one in ended)
            for early, number in (((True,), soon), ((False,), whole - soon), (BOTH, whole)):
                if 0 < number < 5:
                    yield units, months, early


def _play(service: ServiceUnderTest, endings: dict[tuple[str, int], tuple[int, int]]) -> None:
    numbers = count()
    with clock.moved_to(danish_time(date(2026, 9, 1), 9)):
        for (unit, month), (whole, early) in endings.items():
            for at, number in zip(range(whole), numbers, strict=False):
                moved = [lives(number, unit)] if unit else []
                service.hear(*moved, agreed(number, date(2026, 9, 1), date(2026, month, 20)))
                if at < early:
                    service.connection.execute(_LATER, {"id": UUID(int=9000 + number)})


def _overview(attacker: Attacker, service: ServiceUnderTest, unit: str | None) -> None:
    path = "/overview?since=2026-12-31" + (f"&unit={unit}" if unit else "")
    for one in service.call("GET", path, client="consultant").json["numbers"]:
        code = one["definition"]["code"]
        if code in (overview.ENDED, overview.EARLY):
            for month in one["months"][-3:]:
                attacker.learn(
                    month["count"], units=[unit] if unit else EVERY, months=[int(month["first"][5:7])],
                    early=BOTH if code == overview.ENDED else [True],
                )  # fmt: skip


def _quarter(attacker: Attacker, service: ServiceUnderTest) -> None:
    found = service.call("GET", "/figures?since=2026-12-31", client="consultant").json
    numbers = {one["definition"]["code"]: one["count"] for one in found["numbers"]}
    attacker.learn(numbers["ended"], units=EVERY, months=MONTHS, early=BOTH)
    attacker.learn(numbers["early"], units=EVERY, months=MONTHS, early=[True])
    (groups,) = [one["groups"] for one in found["groupings"] if one["grouping"] == "unit"]
    named = [one["key"] for one in groups if one["key"]]
    for one in groups:
        key = "" if one["key"] == "none" else one["key"]
        rest = [unit for unit in EVERY if (unit or "none") not in named]
        units = [key] if one["key"] else rest
        attacker.learn(one["ended"], units=units, months=MONTHS, early=BOTH)
        attacker.learn(one["early"], units=units, months=MONTHS, early=[True])
