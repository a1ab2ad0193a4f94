"""Through one placement after another without more hours ("the carousel of offers" of Settlementet): a warning."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple


class Course(NamedTuple):
    """A placement that was agreed."""

    starts_on: date
    weekly_hours: float


def turns(courses: Sequence[Course], least: int) -> bool:
    """True for at least so many placements of which the last has no more hours than the first."""
    ordered = sorted(courses)
    return len(ordered) >= least and ordered[-1].weekly_hours <= ordered[0].weekly_hours
