"""When people come: open days of two years, a little busier in winter and in the last weeks, by office hours."""

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from shared import calendar
from shared.calendar import danish_time

YEARS_BACK = timedelta(days=729)
LAST_DAYS, RUSH = 12, 2.5
CLOSING = ("06-05", "12-24", "12-31")
# What the services do by themselves is done once a week in the past, and daily lately.
LATELY = timedelta(days=45)


def open_days(first: date, last: date) -> list[date]:
    """The days that the desk is open, both ends included."""
    span = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
    return [day for day in span if calendar.is_open(day, CLOSING)]


def jobs_run(day: date, today: date) -> bool:
    """Whether the services do on that day what they do by themselves."""
    return day.weekday() == 0 or day >= today - LATELY


def open_from(day: date) -> date:
    """The day itself where the desk is open, else the next that is."""
    return calendar.open_on_or_after(day, CLOSING)


def arrivals(drawn: random.Random, count: int, now: datetime) -> list[datetime]:
    """So many moments at the desk, in order, the last of them shortly before now."""
    today = calendar.danish_day(now)
    # Nobody has come where the desk has not been open for an hour.
    open_by_now = now >= danish_time(today, 10)
    days = open_days(today - YEARS_BACK, today if open_by_now else today - timedelta(days=1))
    chosen = drawn.choices(days, [_weight(day, today) for day in days], k=count)
    moments = (at(drawn, day) for day in chosen)
    return sorted(moment if moment < now else now - timedelta(minutes=drawn.uniform(1, 90)) for moment in moments)


def _weight(day: date, today: date) -> float:
    season = 1.25 if day.month in (1, 2, 11, 12) else 0.7 if day.month == 7 else 1.0
    monday = 1.3 if day.weekday() == 0 else 1.0
    return season * monday * (RUSH if (today - day).days <= LAST_DAYS else 1.0)


def at(drawn: random.Random, day: date, first: int = 9, last: int = 14) -> datetime:
    """A moment of a day's office hours."""
    return danish_time(day, drawn.randint(first, last), drawn.randrange(60))


def soon_after(drawn: random.Random, moment: datetime, days: Sequence[int]) -> datetime:
    """In office hours, so many open days later (a choice of them), the same day for 0."""
    day = calendar.danish_day(moment)
    for _ in range(drawn.choice(days)):
        day = calendar.next_open(day, CLOSING)
    later = at(drawn, calendar.open_on_or_after(day, CLOSING))
    return later if later > moment else moment + timedelta(minutes=5)
