"""The only clock. Times are aware, days are Danish days, and outside production it can be moved."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from shared.calendar import DENMARK, danish_day, danish_time

__all__ = ["DENMARK", "danish_day", "danish_time", "follow", "moved_to", "now", "steady", "today"]

LOOK_SECONDS = 0.05
_offset = timedelta()
_file: Path | None = None
_looked_at = 0.0


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC) + _moved()


def today() -> date:
    """The Danish calendar day."""
    return danish_day(now())


def steady() -> float:
    """Seconds that run on evenly and jump only where the clock is moved: what a job waits by."""
    return time.monotonic() + _moved().total_seconds()


def follow(file: Path | None) -> None:
    """Be as many seconds ahead of the machine as a file says from now on, 0 while it is not there; None: as it is."""
    global _file
    _file = file


def _moved() -> timedelta:
    global _offset, _looked_at
    if _file is not None and time.monotonic() - _looked_at > LOOK_SECONDS:
        _looked_at = time.monotonic()
        _offset = timedelta(seconds=float(_file.read_text()) if _file.exists() else 0)
    return _offset


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
