"""The plan through whatever becomes of a course: extended, shortened, paused, resumed, tighter, another rhythm."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.followup import rules
from services.followup.rules import Change, Course, Known, Pause
from services.followup.use_cases import POLICY
from shared import calendar
from shared.calendar import danish_time
from shared.errors import Invalid, Refused

CLOSING = ("06-05", "12-24", "12-31")
FIRST, LAST = date(2027, 1, 4), date(2027, 4, 4)


def after(*changes: Change, cadence: str = "light") -> Course:
    return rules.course(cadence, danish_time(FIRST, 8), LAST, changes)


def days(now: Course) -> list[tuple[str, str]]:
    return [(one.kind, one.day.isoformat()) for one in rules.plan_course(now, POLICY)]


def of(kind: str, now: Course) -> list[str]:
    return [day for known, day in days(now) if known == kind]


def test_extension_moves_halfway_and_end_and_leaves_the_first_weeks() -> None:
    longer = after(Change("extended", date(2027, 2, 1), date(2027, 5, 30)))

    assert (of("midpoint", longer), of("end", longer)) == (["2027-03-18"], ["2027-05-28"])
    assert of("weekly", longer) == of("weekly", after())


def test_shortening_brings_the_end_nearer() -> None:
    assert of("end", after(Change("shortened", date(2027, 2, 1), date(2027, 2, 28)))) == ["2027-02-26"]


def test_rhythm_goes_on_after_a_pause_where_it_stopped() -> None:
    paused = after(Change("paused", date(2027, 1, 14), date(2027, 1, 27)))

    assert of("weekly", after()) == ["2027-01-11", "2027-01-18", "2027-01-25", "2027-02-01"]
    assert of("weekly", paused) == ["2027-01-11", "2027-02-01", "2027-02-08", "2027-02-15"]
    assert of("end", paused) == ["2027-04-02"]


def test_open_pause_leaves_only_the_evaluations_and_resuming_brings_the_rest_back() -> None:
    open_pause = Change("paused", date(2027, 1, 14))
    waiting = [one for one in days(after(open_pause)) if one[1] >= "2027-01-14"]
    resumed = after(open_pause, Change("resumed", date(2027, 1, 28)))

    assert [kind for kind, _ in waiting] == ["midpoint", "end"]
    assert resumed.pauses == (Pause(date(2027, 1, 14), date(2027, 1, 27)),)
    assert of("weekly", resumed) == ["2027-01-11", "2027-02-01", "2027-02-08", "2027-02-15"]


def test_pause_that_never_began_leaves_no_trace() -> None:
    assert days(after(Change("paused", date(2027, 1, 14)), Change("resumed", date(2027, 1, 14)))) == days(after())


def test_risk_adds_close_contacts_that_say_why() -> None:
    tight = after(Change("tightened", date(2027, 2, 10), code="absence"))
    extra = [(one.kind, one.day.isoformat()) for one in rules.plan_course(tight, POLICY) if one.why == "absence"]

    assert extra == [
        ("daily", "2027-02-11"), ("daily", "2027-02-12"), ("daily", "2027-02-15"), ("weekly", "2027-02-22"),
        ("weekly", "2027-03-01"),
    ]  # fmt: skip
    assert set(days(after())) - {("monthly", "2027-03-01")} <= set(days(tight))


def test_numbered_days_are_the_first_third_seventh_and_fourteenth() -> None:
    numbered = after(cadence="check_ins")

    assert of("check_in", numbered) == ["2027-01-04", "2027-01-06", "2027-01-11", "2027-01-18"]


def test_other_rhythm_takes_over_from_its_day() -> None:
    other = after(Change("cadence", date(2027, 2, 1), code="check_ins"))

    assert of("check_in", other) == ["2027-02-01", "2027-02-03", "2027-02-08", "2027-02-15"]
    assert of("weekly", other) == ["2027-01-11", "2027-01-18", "2027-01-25"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (Change("extended", FIRST, LAST), "until"),
        (Change("shortened", FIRST, date(2027, 1, 31)), "until"),
        (Change("shortened", FIRST, LAST), "until"),
        (Change("paused", date(2027, 4, 5)), "on"),
        (Change("paused", date(2027, 3, 1), date(2027, 2, 1)), "until"),
        (Change("cadence", date(2027, 4, 5), code="light"), "on"),
    ],
)
def test_change_that_makes_no_sense_is_refused_at_its_field(change: Change, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        rules.check_change(after(), change, date(2027, 2, 1))

    assert list(refused.value.fields) == [field]


def test_nobody_resumes_what_is_not_paused_or_pauses_twice() -> None:
    with pytest.raises(Refused, match="not_paused"):
        rules.check_change(after(), Change("resumed", date(2027, 2, 1)), FIRST)
    with pytest.raises(Refused, match="paused_already"):
        rules.check_change(after(Change("paused", date(2027, 2, 1))), Change("paused", date(2027, 3, 1)), FIRST)


def test_curve_counts_the_contacts_of_each_week() -> None:
    met = [one.day for one in rules.plan_course(after(), POLICY)]

    assert rules.per_week(met, FIRST)[:6] == [(1, 1), (2, 1), (3, 1), (4, 1), (5, 1), (6, 0)]


STEPS = st.lists(
    st.tuples(st.sampled_from(rules.CHANGES), st.integers(0, 40), st.integers(0, 120), st.booleans()), max_size=7
)


@settings(max_examples=200)
@given(
    first=st.dates(date(2026, 1, 1), date(2028, 12, 31)),
    length=st.integers(0, 200),
    cadence=st.sampled_from(["light", "default", "check_ins"]),
    steps=STEPS,
    held=st.sets(st.integers(0, 60)),
)
def test_no_sequence_of_changes_meets_on_a_closed_day_loses_an_evaluation_or_leaves_the_course(
    first: date, length: int, cadence: str, steps: list[tuple[str, int, int, bool]], held: set[int]
) -> None:
    changes: list[Change] = []
    now, today = rules.course(cadence, danish_time(first, 8), first + timedelta(days=length)), first
    known = _made(rules.plan_course(now, POLICY))
    for kind, wait, span, with_end in steps:
        today += timedelta(days=wait)
        known = [_held(one, number in held, today) for number, one in enumerate(known)]
        change = _change(kind, now, today, span, with_end=with_end)
        try:
            rules.check_change(now, change, today)
        except (Invalid, Refused):
            continue
        changes.append(change)
        now = rules.course(cadence, danish_time(first, 8), first + timedelta(days=length), changes)
        planned = rules.plan_course(now, POLICY)
        before = {one.id for one in known if one.held_on}
        known = _done(rules.replanned(planned, known, now, today, CLOSING), known)

        _holds_for(now, [one.day for one in planned])
        ahead = [one.day for one in known if not one.withdrawn and one.held_on is None and one.day >= today]
        assert all(calendar.is_open(day, CLOSING) and first <= day <= now.ends_on for day in ahead)
        assert before <= {one.id for one in known if one.held_on and not one.withdrawn}
        for evaluation in {one.kind for one in planned} & {"midpoint", "end"}:
            assert [one for one in known if one.kind == evaluation and not one.withdrawn]


def _change(kind: str, now: Course, today: date, span: int, *, with_end: bool) -> Change:
    until = {
        "extended": now.ends_on + timedelta(days=span), "shortened": now.ends_on - timedelta(days=span),
        "paused": today + timedelta(days=span) if with_end else None,
    }.get(kind)  # fmt: skip
    return Change(kind, today, until, "light" if kind == "cadence" else "absence")


def _made(planned: list[rules.PlannedContact]) -> list[Known]:
    return [Known(uuid4(), one.kind, one.due_on, one.day) for one in planned]


def _held(one: Known, yes: bool, today: date) -> Known:
    past = one.held_on is None and not one.withdrawn and one.day < today
    return replace(one, held_on=one.day) if past and yes else one


def _done(plan: rules.Replanned, known: list[Known]) -> list[Known]:
    put: dict[UUID, rules.PlannedContact] = dict(plan.put)
    kept = [
        replace(one, due_on=put[one.id].due_on, day=put[one.id].day, withdrawn=False)
        if one.id in put
        else replace(one, withdrawn=one.withdrawn or one.id in plan.withdrawn)
        for one in known
    ]
    return kept + _made(list(plan.new))


def _holds_for(now: Course, met: list[date]) -> None:
    assert len(set(met)) == len(met)
    assert all(calendar.is_open(day, CLOSING) and now.first <= day <= now.ends_on for day in met)
    opening = [now.first + timedelta(days=n) for n in range((now.ends_on - now.first).days + 1)]
    if any(calendar.is_open(day, CLOSING) for day in opening):
        assert met
