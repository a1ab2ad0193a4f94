"""A week as seven days of 1,440 minutes, each minute a bit: covering and spare time are single operations."""

import re
from dataclasses import dataclass
from functools import lru_cache

from shared.errors import Invalid

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DANISH_DAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WINDOW = "(?:mon|tue|wed|thu|fri|sat|sun) (?:[01][0-9]|2[0-3]):[0-5][0-9]-(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)"
_WINDOW = re.compile(f"(?:{WINDOW})\\Z")


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
        if not _WINDOW.match(window):
            raise _wrong(window)
        starts, ends = minute_of(window[4:9]), minute_of(window[10:15])
        if ends <= starts:
            raise _wrong(window)
        days[DAYS.index(window[:3])] |= (1 << ends) - (1 << starts)
    return Week(tuple(days))  # type: ignore[arg-type]  # seven, by construction


def _wrong(window: str) -> Invalid:
    return Invalid({"windows": f"{window}: slutter før det starter. / It ends before it starts."})


def minute_of(clock_time: str) -> int:
    """Minutes since midnight of "07:30"."""
    hours, minutes = clock_time.split(":")
    return int(hours) * 60 + int(minutes)


def clock_time(minute: int) -> str:
    """ "07:30" of minutes since midnight."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


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
