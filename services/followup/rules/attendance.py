"""Days of attendance that can be noted."""

from collections.abc import Iterable
from datetime import date

from shared.errors import Invalid

PRESENT, AWAY_TOLD, NO_SHOW = STATES = ("present", "away_told", "no_show")


def check_attendance(days: Iterable[date], first: date, last: date, today: date) -> None:
    """Days of the course that have come; raises Invalid."""
    for day in days:
        if not first <= day <= last:
            raise Invalid({"monday": "Dagen ligger uden for forløbet. / The day is outside the course."})
        if day > today:
            raise Invalid({"monday": "Dagen er ikke kommet endnu. / This day has not come yet."})
