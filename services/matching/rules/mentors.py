"""How many more the mentors of a workplace have room for while a need's work is done, minute by minute of a week."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.matching.rules.week import Week


@dataclass(frozen=True, slots=True)
class Hours:
    """When a mentor is at hand, and for how many at once."""

    week: Week
    at_once: int


def room(mentors: Sequence[Hours], work: Week, busy: Sequence[Week]) -> int:
    """For how many more a mentor is at hand some time while there is work; `busy` are the hours of those there."""
    return max((_on_day(mentors, work, busy, day) for day in work.used_days()), default=0)


def _on_day(mentors: Sequence[Hours], work: Week, busy: Sequence[Week], day: int) -> int:
    there = [(one.week.days[day], one.at_once) for one in mentors]
    there += [(one.days[day], -1) for one in busy]
    asked = work.days[day]
    return max(
        (sum(number for minutes, number in there if minutes >> minute & 1)
         for minute in _changes([asked, *(minutes for minutes, _number in there)]) if asked >> minute & 1),
        default=0,
    )  # fmt: skip


def _changes(days: Sequence[int]) -> list[int]:
    """The minutes at which any of them begins or ends."""
    edges = 0
    for minutes in days:
        edges |= minutes ^ (minutes << 1)
    return [minute for minute in range(edges.bit_length()) if edges >> minute & 1]
