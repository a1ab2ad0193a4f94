"""Days are Danish days, whatever the hour in UTC."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from shared import calendar, clock


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 7, 1, 23, 30, tzinfo=UTC), date(2026, 7, 2)),
        (datetime(2026, 12, 1, 23, 30, tzinfo=UTC), date(2026, 12, 2)),
        (datetime(2026, 7, 1, 22, 30, tzinfo=UTC), date(2026, 7, 2)),
        (datetime(2026, 12, 1, 22, 30, tzinfo=UTC), date(2026, 12, 1)),
    ],
)
def test_danish_day_begins_two_hours_early_in_summer_and_one_in_winter(moment: datetime, day: date) -> None:
    assert calendar.danish_day(moment) == day


def test_today_is_the_danish_day() -> None:
    with clock.moved_to(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)):
        assert clock.today() == date(2026, 7, 2)


def test_wall_clock_time_follows_summer_time() -> None:
    assert calendar.danish_time(date(2027, 3, 27), 10) == datetime(2027, 3, 27, 9, 0, tzinfo=UTC)
    assert calendar.danish_time(date(2027, 3, 28), 10) == datetime(2027, 3, 28, 8, 0, tzinfo=UTC)


def test_moved_clock_runs_on_and_is_put_back() -> None:
    before = datetime.now(UTC)
    with clock.moved_to(datetime(2031, 1, 1, tzinfo=UTC)):
        first, second = clock.now(), clock.now()

    assert datetime(2031, 1, 1, tzinfo=UTC) <= first <= second < datetime(2031, 1, 1, 0, 1, tzinfo=UTC)
    assert timedelta(0) <= clock.now() - before < timedelta(minutes=1)


def test_now_is_aware() -> None:
    assert clock.now().utcoffset() == timedelta(0)


def test_clock_is_put_back_when_the_block_raises() -> None:
    with pytest.raises(RuntimeError), clock.moved_to(datetime(2031, 1, 1, tzinfo=UTC)):
        raise RuntimeError

    assert clock.now().year < 2031


def test_a_process_follows_the_file_it_was_told_of_as_soon_as_it_is_written(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    follower = """
import sys, time
from pathlib import Path
from shared import clock
clock.follow(Path(sys.argv[1]))
before, steady = clock.now(), clock.steady()
Path(sys.argv[1]).write_text("86400")
time.sleep(2 * clock.LOOK_SECONDS)
print((clock.now() - before).days, clock.steady() - steady > 86_400)
"""
    done = subprocess.run(
        [sys.executable, "-c", follower, str(file)], capture_output=True, text=True, check=True, env=dict(os.environ)
    )

    assert done.stdout.split() == ["1", "True"]
