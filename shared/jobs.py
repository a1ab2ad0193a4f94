"""What a worker does by the clock: each job by one worker at a time, and never so long that the loop falls silent."""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import orjson
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared import calendar, clock, seals, steering
from shared.database import Database, unreachable
from shared.handling import Job
from shared.house import HOUSE
from shared.logs import kind_and_place

FORGET_AT_ONCE = 5000
TURN_SECONDS = 2.0
NOTE_SECONDS = 10.0
LANE_SECONDS = 6.0
log = logging.getLogger(__name__)
_NOTE = text("""
    INSERT INTO job_run (job, every_seconds, ran_at, failed_at, error)
    SELECT job, every, clock_timestamp() - make_interval(secs => ran),
           clock_timestamp() - make_interval(secs => failed), error
    FROM json_to_recordset(cast(:told AS json)) AS told(
        job text, every real, ran double precision, failed double precision, error text)
    ON CONFLICT (job) DO UPDATE SET
        every_seconds = excluded.every_seconds, ran_at = greatest(job_run.ran_at, excluded.ran_at),
        error = coalesce(excluded.error, job_run.error), failed_at = greatest(job_run.failed_at, excluded.failed_at)
""")
_FORGET_JOBS = text("DELETE FROM job_run WHERE NOT job = ANY(:names)")
_MINE = text("SELECT pg_try_advisory_xact_lock(hashtext(current_schema() || :name))")


def forget_old(session: Session) -> bool:
    """What `retention.receipts` and `retention.events` let go, as far back as a replay may reach, and ended access.

    A bounded number at a time; True while there may be more.
    """
    now = clock.now()
    receipts, events = (_before(now, f"retention.{name}") for name in ("receipts", "events"))
    counts = [
        session.scalar(
            text(
                f"WITH gone AS (DELETE FROM {table} WHERE ctid IN "  # noqa: S608  the names stand below
                f"(SELECT ctid FROM {table} WHERE {column} < :before {more} LIMIT {FORGET_AT_ONCE}) RETURNING 1) "
                "SELECT count(*) FROM gone"
            ),
            {"before": before},
        )
        for table, column, more, before in (
            ("idempotency", "made_at", "", receipts),
            ("outbox", "recorded_at", "AND published_at IS NOT NULL", events),
            ("failed_delivery", "last_failed_at", "", events),
            # A delivery may be under way while its event goes.
            ("inbox", "handled_at", "", events and events - timedelta(days=7)),
            ("attempt", "window_start", "", receipts),
            ("ended_access", "forget_at", "", now),
        )
        if before is not None
    ]
    return FORGET_AT_ONCE in counts


def _before(now: datetime, key: str) -> datetime | None:
    row = HOUSE.find(key, calendar.danish_day(now))
    return now - timedelta(days=row.value) if row else None


HOUSEKEEPING = {
    "forget_old": Job(every=3600, run=forget_old),
    "seal_trail": Job(every=10, run=seals.seal_trail),
    "tell_heads": Job(every=60, run=seals.tell_heads),
    "send_replays": Job(every=2, run=steering.send_replays),
}


def in_turn(once: Callable[[], bool | None]) -> None:
    """Again while there is more, but not longer than the broker's patience with a silent loop."""
    ends = time.monotonic() + TURN_SECONDS
    while once() and time.monotonic() < ends:
        pass


class Jobs:
    """A service's jobs and those that every service has. A job that fails is logged and has its turn again."""

    def __init__(self, database: Database, jobs: Mapping[str, Job]) -> None:
        self._database, self._jobs = database, {**HOUSEKEEPING, **jobs}
        self._last_ran: dict[str, float] = {}
        self._began = time.monotonic()
        self._ended_well: dict[str, float] = {}
        self._failed: dict[str, tuple[float, str]] = {}
        self._noted_at = float("-inf")
        self._lanes: dict[str, threading.Thread] = {}

    def run_due(self) -> None:
        """Those whose time has come; raises only when the database is out of reach."""
        for name, job in self._jobs.items():
            if not 0 <= clock.steady() - self._last_ran.get(name, float("-inf")) < job.every:
                self._run(name, job)

    def run_after_batch(self) -> None:
        """Those that follow a handled batch."""
        for name, job in self._jobs.items():
            if job.after_batch:
                self._run(name, job)

    def note(self, session: Session) -> None:
        """Writes down, every ten seconds at most, when each job last ended well: who looks finds one that stopped."""
        now = time.monotonic()
        if now - self._noted_at < NOTE_SECONDS:
            return
        self._noted_at = now
        told = [
            {
                "job": name,
                "every": job.every,
                "ran": now - self._ended_well.get(name, self._began),
                "failed": now - self._failed[name][0] if name in self._failed else None,
                "error": self._failed[name][1] if name in self._failed else None,
            }
            for name, job in sorted(self._jobs.items())
        ]
        session.execute(_NOTE, {"told": orjson.dumps(told).decode()})
        session.execute(_FORGET_JOBS, {"names": list(self._jobs)})

    def end_lanes(self) -> None:
        """Wait for what is under way in them, as long as a turn may last."""
        ends = time.monotonic() + LANE_SECONDS
        for lane in self._lanes.values():
            lane.join(max(0.0, ends - time.monotonic()))

    def _run(self, name: str, job: Job) -> None:
        if not job.lane:
            self._run_now(name, job)
        elif not ((under_way := self._lanes.get(job.lane)) and under_way.is_alive()):
            # Not waited for when the process ends: what it holds is a row lock, which goes with it.
            self._lanes[job.lane] = threading.Thread(target=self._run_in_lane, args=(name, job), daemon=True)
            self._lanes[job.lane].start()

    def _run_in_lane(self, name: str, job: Job) -> None:
        try:
            self._run_now(name, job)
        except Exception as error:  # noqa: BLE001  the loop finds out for itself that the database is out of reach
            log.warning("lane %s ends: %s", job.lane, kind_and_place(error))

    def _run_now(self, name: str, job: Job) -> None:
        self._last_ran[name] = clock.steady()
        try:
            in_turn(lambda: self._run_once(name, job))
            self._ended_well[name] = time.monotonic()
        except Exception as error:
            if unreachable(error):
                raise
            self._failed[name] = (time.monotonic(), kind_and_place(error))
            log.error("job %s failed: %s", name, kind_and_place(error))  # noqa: TRY400  the text may name a person

    def _run_once(self, name: str, job: Job) -> bool | None:
        with self._database.begin(actor=f"worker:{self._database.settings.service}") as session:
            mine = job.many or session.scalar(_MINE, {"name": name})
            return job.run(session) if mine else None
