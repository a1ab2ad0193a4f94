"""When everybody in a placement is asked again how it goes."""

from datetime import date, timedelta

from services.followup.rules.rhythm import Days
from shared.policy import Row

REST = "rest"


def days_between(row: Row, day_number: int) -> int:
    """Days between two questions on a day of the course, the first being 1; the row's steps are "28:14", "rest:28"."""
    steps = (str(step).split(":") for step in row.value)
    return next(int(days) for until, days in steps if until == REST or day_number <= int(until))


def pulse_due(row: Row, first: date, ends_on: date, asked: date | None, days: Days) -> date | None:
    """The day to ask on next: open, put off by pauses as the plan is, and before the last day; else None.

    `asked` is when they were asked last.
    """
    since = asked or first
    day = days.beyond_pauses(since + timedelta(days=days_between(row, (since - first).days + 1)), since)
    return days.on_or_after(day, ends_on - timedelta(days=1)) if day is not None and day < ends_on else None
