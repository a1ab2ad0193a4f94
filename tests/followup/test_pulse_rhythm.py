"""Everybody is asked by a rhythm that a dated row sets: less often later, put off by pauses, never in the evening."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.followup import rules
from services.followup.consumer import JOBS
from services.followup.rules.rhythm import Days, Pause
from services.followup.use_cases import POLICY
from shared import clock
from shared.calendar import danish_time
from shared.events import PulseAsked
from shared.policy import Policy, Row
from tests.browser import words
from tests.followup.telling import PLACEMENT, citizen, company, placement
from tests.house import ServiceUnderTest

CLOSING = ("12-24", "12-31")
FIRST, LAST = date(2026, 12, 1), date(2027, 2, 28)


def rhythm(*steps: str) -> Row:
    return Row("pulse.rhythm", list(steps), "steps", date(2012, 1, 1), None, None, "a test", "local")


@pytest.fixture
def begun(followup: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch) -> ServiceUnderTest:
    """A19's placement in a house that asks every fortnight in the first four weeks, and every four weeks later."""
    known = Policy([*POLICY.rows(), rhythm("28:14", "rest:28")])
    for module in ("use_cases.pulse_rhythm", "pages.placements"):
        monkeypatch.setattr(f"services.followup.{module}.POLICY", known)
    followup.hear(citizen(), company(), placement())
    return followup


def look(service: ServiceUnderTest, day: date, hour: int = 11) -> int:
    """The job on a day; how often everybody was asked by then."""
    with clock.moved_to(danish_time(day, hour)), service.begin() as session:
        JOBS["ask_pulses"].run(session)
    return len(service.told(PulseAsked))


def test_all_three_are_asked_every_fortnight_and_later_every_four_weeks(begun: ServiceUnderTest) -> None:
    asked, known = [], 0
    for day in (FIRST + timedelta(days=number) for number in range(90)):
        if look(begun, day) > known:
            asked.append(day)
            known += 1

    assert asked == [date(2026, 12, 15), date(2026, 12, 29), date(2027, 1, 26), date(2027, 2, 23)]


def test_nobody_is_asked_in_the_evening_or_on_a_closed_day(begun: ServiceUnderTest) -> None:
    assert look(begun, date(2026, 12, 15), 20) == 0
    assert look(begun, date(2026, 12, 19), 11) == 0, "a Saturday"
    assert look(begun, date(2026, 12, 21), 9) == 1


def test_a_pause_of_the_plan_puts_it_off(begun: ServiceUnderTest) -> None:
    with clock.moved_to(danish_time(date(2026, 12, 9), 9)):
        begun.call("POST", f"/placements/{PLACEMENT}/course/changes", {
            "kind": "paused", "on": "2026-12-10", "until": "2027-01-03", "asked_by": "citizen",
        }, client="consultant")  # fmt: skip

    assert look(begun, date(2026, 12, 16)) == 0
    assert look(begun, date(2027, 1, 11)) == 1


def test_nobody_is_asked_twice_at_a_time_nor_after_the_end(begun: ServiceUnderTest) -> None:
    with clock.moved_to(danish_time(date(2026, 12, 14), 9)):
        begun.call("POST", f"/placements/{PLACEMENT}/pulses", client="consultant")

    assert look(begun, date(2026, 12, 15)) == 1
    assert look(begun, date(2027, 3, 2)) == 1


def test_without_a_row_nobody_is_asked_and_the_page_says_so(followup: ServiceUnderTest) -> None:
    followup.hear(citizen(), company(), placement())

    assert POLICY.find("pulse.rhythm", date(2027, 1, 1)) is None
    assert look(followup, date(2026, 12, 15)) == 0
    with clock.moved_to(danish_time(date(2026, 12, 15), 11)):
        page = words(followup.browser("job_consultant").get(f"/opfoelgning/forloeb/{PLACEMENT}"))
    assert "En fast rytme er ikke sat op" in page


def test_page_says_when_they_are_asked_next(begun: ServiceUnderTest) -> None:
    with clock.moved_to(danish_time(date(2026, 12, 2), 11)):
        page = words(begun.browser("job_consultant").get(f"/opfoelgning/forloeb/{PLACEMENT}"))

    assert "bliver spurgt igen 15. december 2026" in page


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    first=st.dates(date(2026, 1, 1), date(2028, 1, 1)), length=st.integers(1, 400), since=st.integers(0, 400),
    paused=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 60)), max_size=3),
)  # fmt: skip
def test_no_question_falls_on_a_closed_or_paused_day_or_outside_the_course(
    first: date, length: int, since: int, paused: list[tuple[int, int]]
) -> None:
    last = first + timedelta(days=length)
    pauses = [Pause(first + timedelta(days=at), first + timedelta(days=at + long)) for at, long in sorted(paused)]
    asked = first + timedelta(days=min(since, length))

    due = rules.pulse_due(rhythm("28:14", "rest:28"), first, last, asked, Days(CLOSING, tuple(pauses)))

    if due is not None:
        assert asked < due < last
        assert Days(CLOSING, tuple(pauses)).on_or_after(due, due) == due
