"""What stays of a plan when it is made anew: what was held, what is late, and what people have agreed by hand."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from services.followup.rules.course import EVALUATIONS, Course, PlannedContact
from services.followup.rules.rhythm import Days
from shared import calendar


@dataclass(frozen=True)
class Known:
    """A contact there is: the day it belongs to, the day people meet, whether it was held or withdrawn."""

    id: UUID
    kind: str
    due_on: date
    day: date
    held_on: date | None = None
    withdrawn: bool = False


@dataclass(frozen=True)
class Replanned:
    """What to do: contacts to make, those that stand as planned, those that get the plan's time, those that go."""

    new: tuple[PlannedContact, ...]
    stand: tuple[tuple[UUID, PlannedContact], ...]
    put: tuple[tuple[UUID, PlannedContact], ...]
    withdrawn: tuple[UUID, ...]


def replanned(
    planned: Sequence[PlannedContact], known: Sequence[Known], now: Course, today: date, closing: tuple[str, ...] = ()
) -> Replanned:
    """The plan from today on beside what there is. The past stays as it was, but an evaluation that moves goes along.

    An evaluation is never lost: one that is late stays late until it is held, or its day is to come again; one whose
    day has passed because the course became shorter is on the next opening day.
    """
    done = {one.kind for one in known if one.held_on is not None and _is_done(one, now)}
    held_days = {one.held_on for one in known if one.held_on is not None}
    open_ones = [one for one in known if one.held_on is None]
    late = {one.id for one in open_ones if _stays_late(one, planned, now, today)}
    late_kinds = {one.kind for one in open_ones if one.id in late and one.kind in EVALUATIONS}
    coming = [
        one
        for one in (_not_before(one, now, today, closing) for one in planned)
        if (one.kind in EVALUATIONS or one.day >= today)
        and one.kind not in done | late_kinds
        and (one.kind in EVALUATIONS or one.day not in held_days)
    ]
    return _matched(coming, [one for one in open_ones if one.id not in late], now, today)


def _not_before(one: PlannedContact, now: Course, today: date, closing: tuple[str, ...]) -> PlannedContact:
    if one.kind not in EVALUATIONS or one.day >= today:
        return one
    day = Days(closing).on_or_after(today, now.ends_on) if today <= now.ends_on else None
    at = one.planned_at.astimezone(calendar.DENMARK)
    return replace(one, planned_at=calendar.danish_time(day, at.hour, at.minute)) if day else one


def _is_done(one: Known, now: Course) -> bool:
    """A talk about the end was not about the end where the course went on."""
    return one.kind == "midpoint" or (one.kind == "end" and one.due_on >= now.ends_on)


def _stays_late(one: Known, planned: Sequence[PlannedContact], now: Course, today: date) -> bool:
    if one.withdrawn or one.day >= today:
        return False
    if one.kind in EVALUATIONS:
        return not any(other.kind == one.kind and other.day >= today for other in planned)
    return not any(pause.holds(one.day) for pause in now.pauses)


def _matched(coming: Sequence[PlannedContact], open_ones: Sequence[Known], now: Course, today: date) -> Replanned:
    left = {one.id: one for one in open_ones}
    new: list[PlannedContact] = []
    stand: list[tuple[UUID, PlannedContact]] = []
    put: list[tuple[UUID, PlannedContact]] = []
    for planned in coming:
        same = [one for one in left.values() if one.kind == planned.kind and one.due_on == planned.due_on]
        if not same and planned.kind in EVALUATIONS:
            same = [one for one in left.values() if one.kind == planned.kind]
        if not same:
            new.append(planned)
            continue
        one = left.pop(same[0].id)
        stands = not one.withdrawn and one.due_on == planned.due_on and _still_possible(one, now, today)
        (stand if stands else put).append((one.id, planned))
    gone = tuple(one.id for one in left.values() if not one.withdrawn)
    return Replanned(tuple(new), tuple(stand), tuple(put), gone)


def _still_possible(one: Known, now: Course, today: date) -> bool:
    """True where people can still meet when they agreed to."""
    return today <= one.day <= now.ends_on and not any(pause.holds(one.day) for pause in now.pauses)
