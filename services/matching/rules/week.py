"""A week as seven days of 1,440 minutes, each minute a bit: covering and spare time are single operations."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from shared.errors import Invalid
from shared.events.codes import Words

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DANISH_DAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WINDOW = "(?:mon|tue|wed|thu|fri|sat|sun) (?:[01][0-9]|2[0-3]):[0-5][0-9]-(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)"
_WINDOW = re.compile(f"(?:{WINDOW})\\Z")
_CLOCK = re.compile(r"\b0?([0-9]+):([0-5][0-9])")


@dataclass(frozen=True, slots=True)
class Week:
    """Minutes of a week; `days` are seven bit sets, Monday first."""

    days: tuple[int, int, int, int, int, int, int]

    def used_days(self) -> list[int]:
        """The weekdays with any time at all, Monday is 0."""
        return [number for number, minutes in enumerate(self.days) if minutes]


@lru_cache(maxsize=4096)
def read_week(windows: tuple[str, ...]) -> Week:
    """Windows such as "mon 07:00-15:00", any number a day; raises Invalid where one ends before it starts."""
    days = [0] * 7
    for window in windows:
        day, minutes = _stretch(window)
        days[day] |= minutes
    return Week(tuple(days))  # type: ignore[arg-type]  # seven, by construction


# Thousands of people say the same few hundred windows, and a process that begins reads them all.
@lru_cache(maxsize=8192)
def _stretch(window: str) -> tuple[int, int]:
    if not _WINDOW.match(window):
        raise _wrong(window)
    starts, ends = minute_of(window[4:9]), minute_of(window[10:15])
    if ends <= starts:
        raise _wrong(window)
    return DAYS.index(window[:3]), (1 << ends) - (1 << starts)


def _wrong(window: str) -> Invalid:
    return Invalid({"windows": f"{window}: slutter før det starter. / It ends before it starts."})


def said_week(windows: Iterable[str]) -> Words:
    """ "mandag–fredag 7.00–11.00, lørdag 8.00–12.00": days with the same hours together, as people say them."""
    hours: dict[int, list[str]] = {}
    for window in windows:
        hours.setdefault(DAYS.index(window[:3]), []).append(window[4:])
    runs: list[list[int]] = []
    for day in sorted(hours):
        if runs and runs[-1][-1] == day - 1 and sorted(hours[day]) == sorted(hours[runs[-1][0]]):
            runs[-1].append(day)
        else:
            runs.append([day])
    danish = (f"{_run(run, DANISH_DAYS)} {plain_clock(_clock(hours[run[0]], ' og ')).danish}" for run in runs)
    english = (f"{_run(run, ENGLISH_DAYS)} {plain_clock(_clock(hours[run[0]], ' and ')).english}" for run in runs)
    return Words(", ".join(danish), ", ".join(english))


def _run(days: list[int], names: tuple[str, ...]) -> str:
    return names[days[0]] if len(days) == 1 else f"{names[days[0]]}–{names[days[-1]]}"


def _clock(hours: list[str], last: str) -> str:
    return last.join(sorted(hours)).replace("-", "–")


@lru_cache(maxsize=1441)
def minute_of(clock_time: str) -> int:
    """Minutes since midnight of "07:30"."""
    hours, minutes = clock_time.split(":")
    return int(hours) * 60 + int(minutes)


def clock_time(minute: int) -> str:
    """ "07:30" of minutes since midnight."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def plain_clock(text: str) -> Words:
    """A text whose every "07:30" is "7.30", and "7:30"."""
    return Words(_CLOCK.sub(r"\1.\2", text), _CLOCK.sub(r"\1:\2", text))


def said_clock(minute: int) -> Words:
    """A time of day as it is said in a sentence: "kl. 7.30" and "7:30"."""
    said = plain_clock(clock_time(minute))
    return Words(f"kl. {said.danish}", said.english)


def first_minute(minutes: int) -> int:
    """When a day's time begins."""
    return (minutes & -minutes).bit_length() - 1


def last_minute(minutes: int) -> int:
    """When a day's time ends."""
    return minutes.bit_length()


def has_run(minutes: int, length: int) -> bool:
    """True where a day's time has `length` minutes in one go."""
    run = 1
    while run < length and minutes:
        step = min(run, length - run)
        minutes &= minutes >> step
        run += step
    return minutes != 0
