"""Events at a pace and in a heap: intake's outbox, the broker, a listener's committed effect."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.bus import Bus, citizen
from benchmarks.load.house import House
from benchmarks.load.pace import Answers, centile, keep_pace
from benchmarks.place import Place, empty_queues, wait_until
from shared.database import Database
from shared.events import FOLLOWUP, INTAKE, MATCHING, NOTIFICATIONS, SERVICES
from shared.outbox import record

WORKER = ("-m", "shared.worker")
TICK_SECONDS = 0.05
PAGES_MEANWHILE_PER_S = 10
LISTENERS = (MATCHING, FOLLOWUP, NOTIFICATIONS)
# Seen when it is claimed, a moment before its effect is committed with the batch it came in.
_LAGS = """
    SELECT extract(epoch FROM handled_at - recorded_at)::float * 1000
    FROM matching.inbox JOIN intake.outbox USING (event_id)
"""


def sustained(place: Place, connection: psycopg.Connection[Any], per_second: int, seconds: int) -> dict[str, float]:
    """L3: so many a second, as long as wanted, both workers at it."""
    total = per_second * seconds
    _set_aside(place, connection, total)
    ours, each = Bus(place, connection), round(per_second * TICK_SECONDS)
    with ours.running():
        started = time.perf_counter()
        for tick, first in enumerate(range(0, total, each)):
            time.sleep(max(0.0, started + tick * TICK_SECONDS - time.perf_counter()))
            _tell(connection, first, each)
        wait_until(lambda: _count(connection, "matching.inbox") >= total, "every effect", pause=0.05)
        took = time.perf_counter() - started
        lags = [row[0] for row in connection.execute(_LAGS)]
    connection.execute("DROP TABLE intake.bench_load")
    return {
        "l3_events_per_s": round(total / took),
        "l3_lag_p50_ms": centile(lags, 0.5),
        "l3_lag_p99_ms": centile(lags, 0.99),
    }


def quiet(place: Place, connection: psycopg.Connection[Any], per_second: int, seconds: int) -> dict[str, float]:
    """L4: from the end of one's commit to when others see the effect's."""
    ours = Bus(place, connection)
    with ours.running():
        lags = ours.latencies_ms(per_second, seconds)
    return {
        "l4_lag_p50_ms": centile(lags, 0.5),
        "l4_lag_p99_ms": centile(lags, 0.99),
        "l4_within_1_s": round(sum(lag < 1000 for lag in lags) / (per_second * seconds), 5),
        "l4_within_10_s": round(sum(lag < 10_000 for lag in lags) / (per_second * seconds), 5),
    }


def backlog(house: House, connection: psycopg.Connection[Any], waiting: int) -> dict[str, float]:
    """L5: every listener was away while so many were told; each in turn comes back, and pages are asked meanwhile."""
    place, figures = house.place, {"l5_waiting": float(waiting)}
    _let_the_day_begin(place, connection)
    connection.execute(f"TRUNCATE {', '.join(f'{name}.inbox' for name in LISTENERS)}")
    _set_aside(place, connection, waiting)
    empty_queues(place.amqp_url)
    with place.processes(WORKER, **place.environments[INTAKE]):
        _tell(connection, 0, waiting)
        wait_until(lambda: not _unpublished(connection), "all published", pause=0.1)
    for listener in LISTENERS:
        figures |= _drained(house, connection, listener, waiting)
    connection.execute("DROP TABLE intake.bench_load")
    return figures


def _let_the_day_begin(place: Place, connection: psycopg.Connection[Any]) -> None:
    """What a worker does once: the night's look over all lists, and the letters of two years that are past."""
    undone = (
        "SELECT count(*) FROM notifications.message WHERE state = 'waiting_for_address' AND expires_at < now()",
        "SELECT 1 - count(*) FROM matching.nightly WHERE job = 'share_attention'",
    )
    with (
        place.processes(WORKER, **place.environments[MATCHING]),
        place.processes(WORKER, **place.environments[NOTIFICATIONS]),
    ):
        for query in undone:
            wait_until(lambda query=query: connection.execute(query).fetchone() == (0,), "a day's beginning", 120, 0.2)


def _drained(house: House, connection: psycopg.Connection[Any], listener: str, waiting: int) -> dict[str, float]:
    place = house.place
    with place.processes(WORKER, **place.environments[listener]) as (worker,), asking(house) as meanwhile:
        started = time.perf_counter()
        wait_until(lambda: _count(connection, f"{listener}.inbox") >= waiting, f"{listener} drained", 900, 0.2)
        took, most = time.perf_counter() - started, _most_mb(worker.pid)
    first, last = connection.execute(f"SELECT min(handled_at), max(handled_at) FROM {listener}.inbox").fetchone() or ()
    return {
        f"l5_{listener}_events_per_s": round(waiting / max((last - first).total_seconds(), 0.001)),
        f"l5_{listener}_with_start_s": round(took, 1),
        f"l5_{listener}_page_p95_ms": meanwhile.ms(0.95),
        f"l5_{listener}_page_wrong": len(meanwhile.wrong),
        f"l5_{listener}_worker_mb": most,
    }


@contextmanager
def asking(house: House, per_second: int = PAGES_MEANWHILE_PER_S) -> Iterator[Answers]:
    """Every page in turn while the block runs; raises what the asking died of, as its figures would flatter."""
    over, answers = threading.Event(), Answers(0)

    def ask() -> None:
        number = 0
        while not over.is_set():
            part = keep_pace(lambda at, start=number: house.page(start + at), per_second, 2, callers=8)  # type: ignore[misc]
            answers.all += part.all
            number += per_second * 2

    with ThreadPoolExecutor(1) as asker:
        asked = asker.submit(ask)
        try:
            yield answers
        finally:
            over.set()
    asked.result()


@contextmanager
def workers(place: Place) -> Iterator[None]:
    """All four, each connected."""
    empty_queues(place.amqp_url)
    with (
        place.connect() as connection,
        place.processes(WORKER, **place.environments[INTAKE]),
        place.processes(WORKER, **place.environments[MATCHING]),
        place.processes(WORKER, **place.environments[FOLLOWUP]),
        place.processes(WORKER, **place.environments[NOTIFICATIONS]),
    ):
        beats = " + ".join(f"(SELECT count(*) FROM {name}.worker_beat WHERE broker_connected)" for name in SERVICES)
        wait_until(lambda: (connection.execute(f"SELECT {beats}").fetchone() or (0,))[0] == 4, "four workers", 60)
        yield


def _set_aside(place: Place, connection: psycopg.Connection[Any], count: int) -> None:
    """So many events recorded by the product, then laid beside the outbox to be told when wanted."""
    connection.execute("TRUNCATE intake.outbox")
    database = Database(place.settings(INTAKE))
    for first in range(0, count, 20_000):
        with database.begin(actor="benchmark") as session:
            for _ in range(min(20_000, count - first)):
                record(session, citizen())
    database.close()
    connection.execute(
        "CREATE TABLE intake.bench_load AS SELECT row_number() OVER (ORDER BY seq) - 1 AS number,"
        " event_id, type, partition_key, body FROM intake.outbox"
    )
    connection.execute("CREATE INDEX ON intake.bench_load (number)")
    connection.execute("TRUNCATE intake.outbox")


def _tell(connection: psycopg.Connection[Any], first: int, count: int) -> None:
    connection.execute(
        "INSERT INTO intake.outbox (event_id, type, partition_key, body)"
        " SELECT event_id, type, partition_key, body FROM intake.bench_load"
        " WHERE number >= %s AND number < %s ORDER BY number",
        (first, first + count),
    )


def _count(connection: psycopg.Connection[Any], table: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(row[0]) if row else 0


def _unpublished(connection: psycopg.Connection[Any]) -> bool:
    row = connection.execute("SELECT EXISTS (SELECT FROM intake.outbox WHERE published_at IS NULL)").fetchone()
    return bool(row and row[0])


def _most_mb(pid: int) -> float:
    """The most memory that the process ever held, in MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return round(int(status.split("VmHWM:")[1].split()[0]) / 1024, 1)
