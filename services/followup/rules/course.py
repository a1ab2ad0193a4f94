"""A placement's course and the contacts in it: what was agreed, what became of it since, and the plan that follows.

The plan is computed from its causes each time, so it survives whatever is agreed later.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from services.followup.rules.rhythm import Days, Pause, rhythm
from shared import calendar
from shared.errors import Invalid, Refused
from shared.policy import Policy, Row

# Of two contacts on one day the first in this order stands: what was agreed with the company before the placement
# began (halfway and end, C5) is not given up for the rhythm, and a denser rhythm says more about what is needed.
IMPORTANCE = ("end", "midpoint", "daily", "check_in", "weekly", "monthly")
EVALUATIONS = ("midpoint", "end")
EXTENDED, SHORTENED, PAUSED, RESUMED, CADENCE, TIGHTENED = CHANGES = (
    "extended", "shortened", "paused", "resumed", "cadence", "tightened",
)  # fmt: skip


@dataclass(frozen=True)
class PlannedContact:
    """A contact to come: the day it belongs to, when people meet, the row that asks for it, and why if it is extra."""

    kind: str
    form: str
    due_on: date
    planned_at: datetime
    policy: str
    why: str | None = None

    @property
    def day(self) -> date:
        """The Danish day on which people meet."""
        return calendar.danish_day(self.planned_at)


@dataclass(frozen=True)
class Change:
    """What became of a course: `until` is its new last day, or the last paused day; `code` a cadence or a reason."""

    kind: str
    on: date
    until: date | None = None
    code: str = ""


@dataclass(frozen=True)
class Course:
    """What the plan is computed from."""

    first_day_at: datetime
    ends_on: date
    cadences: tuple[tuple[date, str], ...]
    pauses: tuple[Pause, ...] = ()
    risks: tuple[tuple[date, str], ...] = ()

    @property
    def first(self) -> date:
        """The first day, which may be later than the agreement's."""
        return calendar.danish_day(self.first_day_at)

    @property
    def open_pause(self) -> Pause | None:
        """The pause that nobody has ended."""
        return next((pause for pause in self.pauses if pause.last is None), None)


def course(cadence: str, first_day_at: datetime, ends_on: date, changes: Sequence[Change] = ()) -> Course:
    """What was agreed, with every change since in the order in which they were made."""
    now = Course(first_day_at, ends_on, ((calendar.danish_day(first_day_at), cadence),))
    for change in changes:
        now = _changed(now, change)
    return now


def _changed(now: Course, change: Change) -> Course:
    if change.kind in (EXTENDED, SHORTENED) and change.until is not None:
        return replace(now, ends_on=change.until)
    if change.kind == PAUSED:
        return replace(now, pauses=(*now.pauses, Pause(change.on, change.until)))
    if change.kind == RESUMED:
        ended = (Pause(p.first, change.on - timedelta(days=1)) if p.last is None else p for p in now.pauses)
        return replace(now, pauses=tuple(p for p in ended if p.last is not None and p.first <= p.last))
    if change.kind == CADENCE:
        kept = tuple(one for one in now.cadences if one[0] < change.on)
        return replace(now, cadences=(*kept, (max(change.on, now.first), change.code)))
    return replace(now, risks=(*now.risks, (change.on, change.code)))


def cadence_row(cadence: str, first: date, policy: Policy) -> Row:
    """The rhythm's row; raises NotConfigured for a cadence nobody has set up."""
    return policy.row(f"cadence.{cadence}", first)


def plan(cadence: str, first_day_at: datetime, ends_on: date, policy: Policy) -> list[PlannedContact]:
    """The contacts of a placement as agreed, in order of time, one a day at most, all on opening days (A19, A32)."""
    return plan_course(course(cadence, first_day_at, ends_on), policy)


def plan_course(now: Course, policy: Policy) -> list[PlannedContact]:
    """The contacts of a course from its first day to its last. Empty only where no opening day is left.

    None is on a paused day, but an evaluation in a pause without an end, or where every day is paused: it waits there.
    """
    closing = tuple(policy.row("calendar.closing_days", now.first).value)
    by_day: dict[date, PlannedContact] = {}
    for kind, due_on, row, why in _wanted(now, policy, closing):
        day = _meeting_day(kind, due_on, now, closing)
        if day is None:
            continue
        held = by_day.get(day)
        if held is not None and IMPORTANCE.index(held.kind) <= IMPORTANCE.index(kind):
            continue
        by_day[day] = PlannedContact(
            kind=kind, form=policy.row("contact.form", now.first, kind).value,
            due_on=due_on if kind in EVALUATIONS else day,
            planned_at=_meeting_time(day, now.first_day_at, policy), policy=row.name, why=why,
        )  # fmt: skip
    return [by_day[day] for day in sorted(by_day)]


def _meeting_time(day: date, first_day_at: datetime, policy: Policy) -> datetime:
    """The usual time; on the first day an hour after people have met, if that is later and still the same day."""
    first = calendar.danish_day(first_day_at)
    hour, minute = policy.row("contact.time", first).value.split(":")
    usual = calendar.danish_time(day, int(hour), int(minute))
    if day != first:
        return usual
    settled = first_day_at.astimezone(UTC) + timedelta(minutes=policy.row("contact.first_day_after", first).value)
    earliest = settled if calendar.danish_day(settled) == day else first_day_at
    return max(usual, earliest.astimezone(calendar.DENMARK))


def _wanted(now: Course, policy: Policy, closing: tuple[str, ...]) -> Iterator[tuple[str, date, Row, str | None]]:
    always = policy.row("cadence.always", now.first)
    for kind in always.value:
        yield kind, (now.ends_on if kind == "end" else middle(now)), always, None
    ends = [since for since, _ in now.cadences[1:]] + [now.ends_on + timedelta(days=1)]
    for (since, cadence), until in zip(now.cadences, ends, strict=True):
        row = cadence_row(cadence, now.first, policy)
        last = min(until - timedelta(days=1), now.ends_on)
        for kind, day in rhythm(row.value, since, last, closing, now.pauses):
            yield kind, day, row, None
    for on, why in now.risks:
        row = policy.row("cadence.tightened", on, why)
        for kind, day in rhythm(row.value, max(on + timedelta(days=1), now.first), now.ends_on, closing, now.pauses):
            yield kind, day, row, why


def _meeting_day(kind: str, day: date, now: Course, closing: tuple[str, ...]) -> date | None:
    """The day for a contact: halfway and end not later than their day, the rhythm not earlier."""
    active = Days(closing, now.pauses)
    if kind not in EVALUATIONS:
        return active.on_or_after(day, now.ends_on) or _unless_paused(active, day, now.first)
    waiting = Days(closing, tuple(pause for pause in now.pauses if pause.last is not None))
    for days in (waiting, Days(closing)):
        if found := days.on_or_before(day, now.first) or days.on_or_after(day, now.ends_on):
            return found
    return None


def _unless_paused(active: Days, day: date, first: date) -> date | None:
    """The day before a closed end of the course; what a pause has put off to its end is left out."""
    return None if active.paused(day) else active.on_or_before(day, first)


def middle(now: Course) -> date:
    """The day on which half of the course's days have passed, paused days left out (A19: 45 of 90)."""
    length = (now.ends_on - now.first).days + 1
    whole = [now.first + timedelta(days=number) for number in range(max(length, 1))]
    known = [pause for pause in now.pauses if pause.last is not None]
    active = [day for day in whole if not any(pause.holds(day) for pause in known)] or whole
    return active[len(active) // 2]


def check_change(now: Course, change: Change, today: date) -> None:
    """A change makes sense for the course as it is now; raises Invalid or Refused."""
    until = change.until or now.ends_on
    if change.kind == EXTENDED and until <= now.ends_on:
        raise Invalid({"until": "Vælg en dag efter den sidste. / Choose a day after the last one."})
    if change.kind == SHORTENED and not max(now.first, today) <= until < now.ends_on:
        raise Invalid({"until": "Vælg en dag fra i dag, før den sidste. / Choose a day from today, before the last."})
    if change.kind == PAUSED:
        _check_pause(now, change)
    if change.kind == RESUMED:
        pause = now.open_pause
        if pause is None:
            raise Refused("not_paused", "Forløbet er ikke på pause.", "The course is not paused.")
        if not pause.first <= change.on <= now.ends_on:
            raise Invalid({"on": "Vælg en dag efter pausens første. / Choose a day after the pause began."})
    if change.kind == CADENCE and not now.first <= change.on <= now.ends_on:
        raise Invalid({"on": "Vælg en dag i forløbet. / Choose a day of the course."})


def _check_pause(now: Course, change: Change) -> None:
    if not now.first <= change.on <= now.ends_on:
        raise Invalid({"on": "Vælg en dag i forløbet. / Choose a day of the course."})
    if change.until is not None and not change.on <= change.until <= now.ends_on:
        raise Invalid({"until": "Pausen skal slutte i forløbet. / The pause has to end within the course."})
    last = change.until or now.ends_on
    if any(pause.first <= last and (pause.last is None or change.on <= pause.last) for pause in now.pauses):
        raise Refused(
            "paused_already",
            "Der er allerede en pause de dage. Afslut den først.",
            "There is a pause on those days. End that one first.",
        )


def per_week(days: Sequence[date], first: date) -> list[tuple[int, int]]:
    """The curve: each week since the first day by its number, and how many contacts it has."""
    numbers = [(day - first).days // 7 + 1 for day in days]
    return [(number, numbers.count(number)) for number in range(1, max(numbers, default=0) + 1)]
