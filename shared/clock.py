"""The only clock. Times are aware, days are Danish days, and outside production it can be moved."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

from shared.calendar import DENMARK, danish_day, danish_time

__all__ = ["DENMARK", "danish_day", "danish_time", "moved_to", "now", "today"]

_offset = timedelta()


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC) + _offset


def today() -> date:
    """The Danish calendar day."""
    return danish_day(now())


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
