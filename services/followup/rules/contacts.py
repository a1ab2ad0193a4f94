"""When people meet, and when they may: the rhythm of contacts, moving one, and from when hours hold."""

import calendar as months
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from shared import calendar
from shared.errors import Invalid, Refused
from shared.policy import Policy, Row

# Of two contacts on one day the first in this order stands: what was agreed with the company before the placement
# began (halfway and end, C5) is not given up for the rhythm, and a denser rhythm says more about what is needed.
IMPORTANCE = ("end", "midpoint", "daily", "weekly", "monthly")
FORMS = ("in_person", "phone", "video")
_STEP = re.compile(r"(daily|weekly|monthly)(?:\*([1-9][0-9]?))?")


@dataclass(frozen=True)
class PlannedContact:
    """A contact to come: the day it belongs to, when people meet, and the row that asks for it."""

    kind: str
    form: str
    due_on: date
    planned_at: datetime
    policy: str


def cadence_row(cadence: str, first: date, policy: Policy) -> Row:
    """The rhythm's row; raises NotConfigured for a cadence nobody has set up."""
    return policy.row(f"cadence.{cadence}", first)


def plan(cadence: str, first_day_at: datetime, ends_on: date, policy: Policy) -> list[PlannedContact]:
    """The contacts of a placement in order of time, one a day at most, all on opening days within it (A19, A32).

    They begin with the first day, which may be later than the agreement's. Empty only where no opening day is left.
    """
    first = calendar.danish_day(first_day_at)
    closing = tuple(policy.row("calendar.closing_days", first).value)
    by_day: dict[date, PlannedContact] = {}
    for kind, due_on, row in _wanted(cadence, first, ends_on, policy, closing):
        day = _meeting_day(kind, due_on, first, ends_on, closing)
        if day is None:
            continue
        held = by_day.get(day)
        if held is not None and IMPORTANCE.index(held.kind) <= IMPORTANCE.index(kind):
            continue
        by_day[day] = PlannedContact(
            kind=kind,
            form=policy.row("contact.form", first, kind).value,
            due_on=due_on if kind in ("midpoint", "end") else day,
            planned_at=_meeting_time(day, first_day_at, policy),
            policy=row.name,
        )
    return [by_day[day] for day in sorted(by_day)]


def _meeting_time(day: date, first_day_at: datetime, policy: Policy) -> datetime:
    """The usual time; on the first day an hour after people have met, if that is later and still the same day."""
    first = calendar.danish_day(first_day_at)
    usual = calendar.danish_time(day, *_clock(policy.row("contact.time", first).value))
    if day != first:
        return usual
    settled = first_day_at.astimezone(UTC) + timedelta(minutes=policy.row("contact.first_day_after", first).value)
    earliest = settled if calendar.danish_day(settled) == day else first_day_at
    return max(usual, earliest.astimezone(calendar.DENMARK))


def _clock(written: str) -> tuple[int, int]:
    hour, minute = written.split(":")
    return int(hour), int(minute)


def _wanted(
    cadence: str, first: date, ends_on: date, policy: Policy, closing: tuple[str, ...]
) -> Iterator[tuple[str, date, Row]]:
    always = policy.row("cadence.always", first)
    for kind in always.value:
        yield kind, (ends_on if kind == "end" else midpoint(first, ends_on)), always
    row = cadence_row(cadence, first, policy)
    for kind, day in rhythm(row.value, first, ends_on, closing):
        yield kind, day, row


def _meeting_day(kind: str, day: date, first: date, last: date, closing: tuple[str, ...]) -> date | None:
    """The opening day for a contact: halfway and end not later than their day, the rhythm not earlier."""
    before, after = calendar.open_on_or_before(day, closing), calendar.open_on_or_after(day, closing)
    wished = (before, after) if kind in ("midpoint", "end") else (after, before)
    return next((candidate for candidate in wished if first <= candidate <= last), None)


def midpoint(first: date, ends_on: date) -> date:
    """The day on which half of the placement's calendar days have passed (A19: 45 of 90)."""
    return first + timedelta(days=((ends_on - first).days + 1) // 2)


def rhythm(
    steps: list[str], first: date, ends_on: date, closing_days: tuple[str, ...] = ()
) -> Iterator[tuple[str, date]]:
    """Kind and day of each contact of a cadence such as ["daily*5", "weekly*4", "monthly"].

    The first contact is on the first opening day, and a step goes on from the last day of the one before. Daily
    means opening days; weekly and monthly days may be closed, and are counted on from where they would have been.
    """
    anchor = calendar.open_on_or_after(first, closing_days)
    began = False
    for step in steps:
        kind, most = read_step(step)
        number = 1 if began else 0
        day = _nth(kind, anchor, number, closing_days)
        while day <= ends_on and (most is None or number < most + began):
            yield kind, day
            number += 1
            last, day = day, _nth(kind, anchor, number, closing_days)
        if day > ends_on:
            return
        anchor, began = last, True


def read_step(step: str) -> tuple[str, int | None]:
    """Kind and number of a step, None for "until the placement ends"; raises ValueError."""
    found = _STEP.fullmatch(step)
    if found is None:
        raise ValueError(f"not a step of a cadence: {step!r}")
    return found[1], int(found[2]) if found[2] else None


def _nth(kind: str, anchor: date, number: int, closing_days: tuple[str, ...]) -> date:
    if kind == "weekly":
        return anchor + timedelta(weeks=number)
    if kind == "monthly":
        year, month = divmod(anchor.year * 12 + anchor.month - 1 + number, 12)
        return date(year, month + 1, min(anchor.day, months.monthrange(year, month + 1)[1]))
    day = anchor
    for _ in range(number):
        day = calendar.next_open(day, closing_days)
    return day


def check_held(held_at: datetime, starts_on: date, now: datetime) -> None:
    """A contact has been held in the past, and not before the placement began; raises Invalid."""
    if held_at > now:
        raise Invalid({"held_at": "Tidspunktet er ikke kommet endnu. / This moment has not come yet."})
    if calendar.danish_day(held_at) < starts_on:
        raise Invalid({"held_at": "Forløbet var ikke begyndt. / The placement had not begun."})


def check_moved(planned_at: datetime, now: datetime, first_day_at: datetime, ends_on: date, policy: Policy) -> None:
    """A contact can be moved to a moment to come, while the placement lasts or shortly after, when there is open.

    Raises Invalid, or Refused with the row that says no.
    """
    if planned_at <= now:
        raise Invalid({"planned_at": "Vælg et tidspunkt, der ikke er gået. / Choose a moment to come."})
    if planned_at < first_day_at:
        raise Invalid({"planned_at": "Vælg et tidspunkt efter første mødetid. / Choose a moment after the first day."})
    local = planned_at.astimezone(calendar.DENMARK)
    late = policy.row("contact.days_after_end", local.date())
    if local.date() > ends_on + timedelta(days=late.value):
        raise _no(
            "after_placement", late,
            f"Forløbet er slut. Vælg en dag senest {late.value} dage efter.",
            f"The placement is over. Choose a day {late.value} days after it at the latest.",
        )  # fmt: skip
    closing = policy.row("calendar.closing_days", local.date())
    if not calendar.is_open(local.date(), closing.value):
        raise _no(
            "closed_day", closing,
            "Der er lukket den dag. Vælg en åbningsdag.", "That day is closed. Choose an opening day.",
        )  # fmt: skip
    hours = policy.row("contact.hours", local.date())
    opens, closes = map(_clock, hours.value.split("-"))
    if not opens <= (local.hour, local.minute) < closes:
        raise _no(
            "outside_hours", hours,
            f"Vælg et tidspunkt inden for kl. {hours.value}.", f"Choose a time within {hours.value}.",
        )  # fmt: skip


def check_moved_back(moved_from: datetime, now: datetime) -> None:
    """People can be told of a moment to come only; raises Refused."""
    if moved_from <= now:
        raise Refused(
            "moment_passed",
            "Det gamle tidspunkt er passeret. Flyt samtalen til et nyt.",
            "The old moment has passed. Move the talk to a new one.",
        )


def _no(code: str, row: Row, danish: str, english: str) -> Refused:
    return Refused(code, danish, english, fields={"planned_at": f"{danish} / {english}"}, policy=row.name)


def check_hours(placement_hours: float, starts_on: date, first: date, last: date) -> None:
    """Hours begin with the placement at the earliest, and after its end only paid hours are left; raises Invalid."""
    if starts_on < first:
        raise Invalid({"from": "Forløbet var ikke begyndt. / The placement had not begun."})
    if starts_on > last and placement_hours > 0:
        raise Invalid({"placement_hours": "Forløbet er slut den dag. / The placement is over on that day."})


def check_taken_back(starts_on: date, today: date) -> None:
    """Hours that hold already were worked by; raises Refused."""
    if starts_on <= today:
        raise Refused(
            "hours_begun",
            "Timerne gælder allerede. Aftal nye timer i stedet.",
            "These hours hold already. Agree on new ones instead.",
        )
