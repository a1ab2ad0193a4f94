"""Danish days and times, and which days are open: weekends, public holidays, a municipality's closing days."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

DENMARK = ZoneInfo("Europe/Copenhagen")


def danish_day(moment: datetime) -> date:
    """The Danish calendar day that an aware moment falls on."""
    return moment.astimezone(DENMARK).date()


def danish_time(day: date, hour: int, minute: int = 0) -> datetime:
    """A wall-clock time in Denmark as an aware moment."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=DENMARK)


@lru_cache(maxsize=64)
def _public_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("DK", years=year, language="da"))


def is_open(day: date, closing_days: Collection[str] = ()) -> bool:
    """True on Monday to Friday outside public holidays and `closing_days` (each "MM-DD" or "YYYY-MM-DD")."""
    return (
        day.weekday() < 5
        and day not in _public_holidays(day.year)
        and day.strftime("%m-%d") not in closing_days
        and day.isoformat() not in closing_days
    )


def next_open(day: date, closing_days: Collection[str] = ()) -> date:
    """The first opening day after `day`."""
    day += timedelta(days=1)
    while not is_open(day, closing_days):
        day += timedelta(days=1)
    return day


def open_on_or_after(day: date, closing_days: Collection[str] = ()) -> date:
    """`day` itself if open, else the next opening day."""
    return day if is_open(day, closing_days) else next_open(day, closing_days)


def open_on_or_before(day: date, closing_days: Collection[str] = ()) -> date:
    """`day` itself if open, else the opening day before it."""
    while not is_open(day, closing_days):
        day -= timedelta(days=1)
    return day
