"""The only clock. Times are aware, days are Danish days, and outside production it can be moved."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

DENMARK = ZoneInfo("Europe/Copenhagen")
_offset = timedelta()


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC) + _offset


def today() -> date:
    """The Danish calendar day."""
    return danish_day(now())


def danish_day(moment: datetime) -> date:
    """The Danish calendar day that an aware moment falls on."""
    return moment.astimezone(DENMARK).date()


def danish_time(day: date, hour: int, minute: int = 0) -> datetime:
    """A wall-clock time in Denmark as an aware moment."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=DENMARK)


@contextmanager
def moved_to(moment: datetime) -> Iterator[None]:
    """Let the clock run on from another moment (tests and the demo only)."""
    global _offset
    before = _offset
    _offset = moment - datetime.now(UTC)
    try:
        yield
    finally:
        _offset = before
