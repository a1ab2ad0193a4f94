"""The days of a cadence: steps such as ["daily*5", "weekly*4", "monthly"] or ["days:1,3,7,14"], also through pauses."""

import calendar as months
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from shared import calendar

_STEP = re.compile(r"(daily|weekly|monthly)(?:\*([1-9][0-9]?))?")
_NUMBERED = re.compile(r"days:([1-9][0-9]?(?:,[1-9][0-9]?)*)")
NUMBERED = "check_in"


@dataclass(frozen=True, order=True)
class Pause:
    """Days without the course, both ends included; without a last day until further notice."""

    first: date
    last: date | None

    def holds(self, day: date) -> bool:
        """True on a paused day."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Days:
    """Which days are for contacts: open ones outside the pauses."""

    closing: tuple[str, ...] = ()
    pauses: tuple[Pause, ...] = ()

    def paused(self, day: date) -> bool:
        """True on a paused day."""
        return any(pause.holds(day) for pause in self.pauses)

    def on_or_after(self, day: date, last: date) -> date | None:
        """The first open and active day from `day` to `last`."""
        return next((one for one in _run(day, last) if self._meets(one)), None)

    def on_or_before(self, day: date, first: date) -> date | None:
        """The last open and active day from `first` to `day`."""
        return next((one for one in _run(day, first) if self._meets(one)), None)

    def beyond_pauses(self, day: date, anchor: date) -> date | None:
        """The day put off by each pause since the anchor; None where one has no end yet."""
        for pause in self.pauses:
            if anchor < pause.first <= day:
                if pause.last is None:
                    return None
                day += pause.last - pause.first + timedelta(days=1)
        return day

    def _meets(self, day: date) -> bool:
        return calendar.is_open(day, self.closing) and not self.paused(day)


def _run(start: date, stop: date) -> Iterator[date]:
    step = 1 if stop >= start else -1
    return (start + timedelta(days=step * number) for number in range(abs((stop - start).days) + 1))


def rhythm(
    steps: Sequence[str], first: date, ends_on: date, closing_days: tuple[str, ...] = (), pauses: Sequence[Pause] = ()
) -> Iterator[tuple[str, date]]:
    """Kind and day of each contact.

    The first contact is on the first day there can be one, and a step goes on from the last day of the one before.
    Daily means opening days; weekly and monthly days may be closed, and are counted on from where they would have
    been; a pause puts them off by its length. `days:` counts calendar days, the first being 1.
    """
    days = Days(closing_days, tuple(sorted(pauses)))
    start = days.on_or_after(first, ends_on)
    if start is None:
        return
    anchor, began = start, False
    for step in steps:
        last = None
        for day in _of_step(step, anchor, days, ends_on, began=began):
            if day > ends_on:
                return
            last = day
            yield kind_of(step), day
        if last is None:
            return
        anchor, began = last, True


def kind_of(step: str) -> str:
    """The kind of a step's contacts."""
    return NUMBERED if _NUMBERED.fullmatch(step) else read_step(step)[0]


def read_step(step: str) -> tuple[str, int | None]:
    """Kind and number of a step, None for "until the placement ends"; raises ValueError."""
    if numbered := _NUMBERED.fullmatch(step):
        return NUMBERED, len(numbered[1].split(","))
    found = _STEP.fullmatch(step)
    if found is None:
        raise ValueError(f"not a step of a cadence: {step!r}")
    return found[1], int(found[2]) if found[2] else None


def _of_step(step: str, anchor: date, days: Days, ends_on: date, *, began: bool) -> Iterator[date]:
    if numbered := _NUMBERED.fullmatch(step):
        offsets = [int(number) - 1 for number in numbered[1].split(",")]
        found = (days.beyond_pauses(anchor + timedelta(days=offset), anchor) for offset in offsets)
        yield from (day for day in found if day is not None)
        return
    kind, most = read_step(step)
    number = 1 if began else 0
    while most is None or number < most + began:
        day = _nth(kind, anchor, number, days, ends_on)
        if day is None:
            return
        yield day
        if day > ends_on:
            return
        number += 1


def _nth(kind: str, anchor: date, number: int, days: Days, ends_on: date) -> date | None:
    if kind == "weekly":
        return days.beyond_pauses(anchor + timedelta(weeks=number), anchor)
    if kind == "monthly":
        year, month = divmod(anchor.year * 12 + anchor.month - 1 + number, 12)
        last = months.monthrange(year, month + 1)[1]
        return days.beyond_pauses(date(year, month + 1, min(anchor.day, last)), anchor)
    day: date | None = anchor
    for _ in range(number):
        if day is None or day >= ends_on:
            return None
        day = days.on_or_after(day + timedelta(days=1), ends_on)
    return day
