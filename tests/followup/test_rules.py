"""When contacts fall: the scenarios' own dates, and what holds for every placement."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.followup import rules
from services.followup.use_cases import POLICY
from shared import calendar
from shared.calendar import danish_day, danish_time
from shared.errors import NotConfigured, Refused
from shared.policy import Policy

CLOSING = ("06-05", "12-24", "12-31")


def at_eight(day: date) -> datetime:
    return danish_time(day, 8)


def days(cadence: str, first: date, last: date) -> list[tuple[str, str]]:
    return [(c.kind, danish_day(c.planned_at).isoformat()) for c in rules.plan(cadence, at_eight(first), last, POLICY)]


def test_a19_midpoint_and_end_with_the_first_month_week_by_week() -> None:
    assert days("light", date(2026, 12, 1), date(2027, 2, 28)) == [
        ("daily", "2026-12-01"),
        ("weekly", "2026-12-08"),
        ("weekly", "2026-12-15"),
        ("weekly", "2026-12-22"),
        ("weekly", "2026-12-29"),
        ("midpoint", "2027-01-15"),
        ("monthly", "2027-01-29"),
        ("end", "2027-02-26"),
    ]


def test_a19_end_falls_due_on_its_sunday_and_people_meet_on_the_friday_before() -> None:
    end = rules.plan("light", at_eight(date(2026, 12, 1)), date(2027, 2, 28), POLICY)[-1]

    assert end.due_on == date(2027, 2, 28)
    assert end.planned_at == danish_time(date(2027, 2, 26), 10)
    assert (end.form, end.policy) == ("in_person", "cadence.always@2012-01-01")


def test_midpoint_on_a_sunday_is_met_on_the_friday_before() -> None:
    planned = rules.plan("light", at_eight(date(2027, 1, 4)), date(2027, 1, 29), POLICY)
    middle = next(contact for contact in planned if contact.kind == "midpoint")

    assert (middle.due_on, calendar.danish_day(middle.planned_at)) == (date(2027, 1, 17), date(2027, 1, 15))


def test_a32_handholding_is_daily_then_weekly_then_monthly_and_never_in_a_weekend() -> None:
    assert days("handholding", date(2027, 1, 4), date(2027, 4, 4)) == [
        ("daily", "2027-01-04"),
        ("daily", "2027-01-05"),
        ("daily", "2027-01-06"),
        ("daily", "2027-01-07"),
        ("daily", "2027-01-08"),
        ("weekly", "2027-01-15"),
        ("weekly", "2027-01-22"),
        ("weekly", "2027-01-29"),
        ("weekly", "2027-02-05"),
        ("midpoint", "2027-02-18"),
        ("monthly", "2027-03-05"),
        ("end", "2027-04-02"),
    ]


def test_easter_puts_a_weekly_contact_off_without_shifting_the_next() -> None:
    planned = days("light", date(2027, 3, 4), date(2027, 4, 30))

    weekly = [day for kind, day in planned if kind == "weekly"]
    assert weekly == ["2027-03-11", "2027-03-18", "2027-03-30", "2027-04-01"]


def test_end_takes_the_place_of_a_monthly_contact_on_the_same_day() -> None:
    planned = days("light", date(2027, 1, 4), date(2027, 3, 1))

    assert planned[-1] == ("end", "2027-03-01")
    assert ("monthly", "2027-03-01") not in planned


def test_monthly_counts_from_its_own_day_also_after_a_short_month() -> None:
    found = list(rules.rhythm(["monthly"], date(2028, 1, 31), date(2028, 4, 30)))

    assert [day.isoformat() for _, day in found] == ["2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30"]


def test_first_days_are_in_person_and_weeks_by_telephone() -> None:
    forms = {c.kind: c.form for c in rules.plan("handholding", at_eight(date(2027, 1, 4)), date(2027, 4, 4), POLICY)}

    assert forms == {
        "daily": "in_person", "weekly": "phone", "monthly": "phone", "midpoint": "in_person", "end": "in_person",
    }  # fmt: skip


def test_summer_and_winter_contacts_are_both_at_ten_in_denmark() -> None:
    planned = rules.plan("light", at_eight(date(2027, 3, 22)), date(2027, 4, 9), POLICY)

    assert {c.planned_at.strftime("%H:%M %z") for c in planned} == {"10:00 +0100", "10:00 +0200"}


@pytest.mark.parametrize(
    ("begins", "expected"), [((8, 0), (10, 0)), ((9, 30), (10, 30)), ((14, 15), (15, 15)), ((23, 30), (23, 30))]
)
def test_first_contact_is_an_hour_after_the_first_day_began_or_at_the_usual_time(
    begins: tuple[int, int], expected: tuple[int, int]
) -> None:
    day = date(2027, 1, 4)
    planned = rules.plan("handholding", danish_time(day, *begins).astimezone(UTC), date(2027, 4, 4), POLICY)

    assert [contact.planned_at for contact in planned[:2]] == [
        danish_time(day, *expected),
        danish_time(date(2027, 1, 5), 10),
    ]


def test_contact_can_be_moved_to_the_fourteenth_day_after_the_end_and_not_to_the_next_week() -> None:
    first, now = at_eight(date(2027, 1, 4)), at_eight(date(2027, 2, 26))
    rules.check_moved(danish_time(date(2027, 3, 12), 10), now, first, date(2027, 2, 26), POLICY)

    with pytest.raises(Refused, match="after_placement"):
        rules.check_moved(danish_time(date(2027, 3, 15), 10), now, first, date(2027, 2, 26), POLICY)


def test_unknown_cadence_is_refused_by_name_and_date() -> None:
    with pytest.raises(NotConfigured, match=r"cadence\.hourly is not configured for 2027-01-04"):
        rules.plan("hourly", at_eight(date(2027, 1, 4)), date(2027, 4, 4), POLICY)


@pytest.mark.parametrize("step", ["hourly", "daily*0", "daily*", "monthly 3", ""])
def test_step_that_is_none_is_refused(step: str) -> None:
    with pytest.raises(ValueError, match="not a step"):
        rules.read_step(step)


def test_every_cadence_in_the_policy_can_be_read() -> None:
    policy = Policy.load(Path(rules.__file__).parents[1] / "policy.toml")
    for cadence in ("light", "handholding"):
        assert all(rules.read_step(step) for step in policy.row(f"cadence.{cadence}", date(2026, 11, 21)).value)


@given(
    first=st.dates(date(2026, 1, 1), date(2029, 12, 31)),
    length=st.integers(0, 400),
    minute=st.integers(0, 24 * 60 - 1),
    cadence=st.sampled_from(["light", "handholding"]),
)
def test_every_plan_keeps_to_opening_days_from_the_first_day_to_the_last(
    first: date, length: int, minute: int, cadence: str
) -> None:
    last, first_day_at = first + timedelta(days=length), danish_time(first, *divmod(minute, 60))
    planned = rules.plan(cadence, first_day_at.astimezone(UTC), last, POLICY)
    met = [danish_day(contact.planned_at) for contact in planned]
    opening = [first + timedelta(days=n) for n in range(length + 1)]
    opening = [day for day in opening if calendar.is_open(day, CLOSING)]

    assert set(met) <= set(opening)
    assert all(earlier < later for earlier, later in pairwise(met))
    assert all(contact.planned_at.astimezone(UTC) >= first_day_at.astimezone(UTC) for contact in planned)
    assert met[:1] == opening[:1]
    assert met[-1:] == opening[-1:]
    assert all(first <= contact.due_on <= last for contact in planned)
    assert [c.kind for c in planned].count("end") == (1 if opening else 0)


@given(first=st.dates(date(2026, 1, 1), date(2029, 12, 31)), length=st.integers(0, 400))
def test_midpoint_halves_the_placement(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    middle = rules.middle(rules.course("light", at_eight(first), last))

    assert first <= middle <= last
    assert abs((middle - first).days - (last - middle).days) <= 1


def test_a32_everybody_is_met_daily_then_weekly_then_monthly() -> None:
    start, end = date(2027, 1, 4), date(2027, 6, 30)

    assert days("default", start, end) == days("handholding", start, end)
    assert [kind for kind, _ in days("default", start, end)][:10] == ["daily"] * 5 + ["weekly"] * 4 + ["monthly"]
