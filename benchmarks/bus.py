"""Our bus: rows committed in intake's outbox, published by its worker, effects committed by a listener's worker."""

import contextlib
import threading
import time
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import psycopg

from benchmarks.place import Place, empty_queues, wait_until
from shared import broker, envelope, topology
from shared.database import Database
from shared.events import INTAKE, MATCHING, SUBSCRIPTIONS, CitizenRegistered
from shared.outbox import record

EVENTS = 20_000
WARM_UP = 5_000
PACED_PER_SECOND, PACED_SECONDS = 100, 10


def citizen() -> CitizenRegistered:
    """Somebody new, sealed fields and all."""
    return CitizenRegistered(
        citizen_id=uuid4(), municipality_code="0219", language="da", interpreter=False, digital_post_exempt=False,
        protected=False, postal_code="3400", name="Nancy Ann Test Berggren", email="nancy@example.dk",
        phone="+4520123456",
    )  # fmt: skip


class Watch(threading.Thread):
    """Notes when each effect can be seen, to about a millisecond."""

    def __init__(self, place: Place, count: int, patience_seconds: float) -> None:
        super().__init__(daemon=True)
        self._place, self._count, self._patience = place, count, patience_seconds
        self.seen: dict[UUID, float] = {}

    def run(self) -> None:
        query = "SELECT event_id FROM matching.inbox WHERE handled_at > clock_timestamp() - interval '0.5 s'"
        deadline = time.perf_counter() + self._patience
        with self._place.connect() as connection:
            while len(self.seen) < self._count and time.perf_counter() < deadline:
                for (event_id,) in connection.execute(query):
                    self.seen.setdefault(event_id, time.perf_counter())
                time.sleep(0.0005)  # fine enough to measure with, and leaves the core to the workers


class Bus:
    """Both workers running, and the recorded events at hand for as many runs as are wanted."""

    def __init__(self, place: Place, connection: psycopg.Connection[Any]) -> None:
        self._place, self.connection = place, connection

    def record(self, count: int = EVENTS) -> None:
        """Let the product record the events once; every run starts from a copy of these rows."""
        with Database(self._place.settings(INTAKE)).begin(actor="benchmark") as session:
            for _ in range(count):
                record(session, citizen())
        self.connection.execute(
            "CREATE TABLE intake.bench_outbox AS SELECT event_id, type, partition_key, body FROM intake.outbox"
        )
        self.connection.execute("GRANT SELECT ON intake.bench_outbox TO intake")
        self._empty()

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """The two workers, warm, and nobody else bound: the peers too carry each event to one queue."""
        empty_queues(self._place.amqp_url)
        environments = self._place.environments
        with (
            self._place.processes(("-m", "shared.worker"), **environments[INTAKE]),
            self._place.processes(("-m", "shared.worker"), **environments[MATCHING]),
        ):
            wait_until(self._both_connected, "the workers' first beat", 30)
            with _only_listener(self._place.amqp_url):
                yield
        self._empty()
        self.connection.execute("TRUNCATE intake.worker_beat, matching.worker_beat")

    def throughput(self, count: int = EVENTS) -> float:
        """Events a second, from their commit to the last effect's commit."""
        self._empty()
        started = time.perf_counter()
        self.connection.execute(
            "INSERT INTO intake.outbox (event_id, type, partition_key, body)"
            " SELECT event_id, type, partition_key, body FROM intake.bench_outbox LIMIT %s",
            (count,),
        )
        committed = time.perf_counter()
        wait_until(lambda: self._handled() >= count, "every effect")
        ended = time.perf_counter()
        self.connection.execute("SELECT 1")
        assert committed > started
        return count / (ended - committed)

    def latencies_ms(self, per_second: int = PACED_PER_SECOND, seconds: int = PACED_SECONDS) -> list[float]:
        """At a quiet pace, from the end of one's commit to when others see the effect's."""
        self._empty()
        database = Database(self._place.settings(INTAKE))
        watch = Watch(self._place, per_second * seconds, seconds + 60)
        watch.start()
        committed: dict[str, float] = {}
        start = time.perf_counter()
        for number in range(per_second * seconds):
            # The pace is the measurement: so many events a second, whatever each one took.
            time.sleep(max(0.0, start + number / per_second - time.perf_counter()))
            event = citizen()
            with database.begin(actor="benchmark") as session:
                record(session, event)
            committed[str(event.citizen_id)] = time.perf_counter()
        watch.join()
        database.close()
        people = dict(self.connection.execute("SELECT event_id, partition_key FROM intake.outbox"))
        return [(seen - committed[people[event_id]]) * 1000 for event_id, seen in watch.seen.items()]

    def _handled(self) -> int:
        row = self.connection.execute("SELECT count(*) FROM matching.inbox").fetchone()
        return int(row[0]) if row else 0

    def _both_connected(self) -> bool:
        row = self.connection.execute(
            "SELECT (SELECT count(*) FROM intake.worker_beat WHERE broker_connected)"
            " + (SELECT count(*) FROM matching.worker_beat WHERE broker_connected)"
        ).fetchone()
        return bool(row and row[0] == 2)

    def _empty(self) -> None:
        self.connection.execute("TRUNCATE intake.outbox, matching.inbox, matching.citizen_copy")


@contextlib.contextmanager
def _only_listener(amqp_url: str) -> Iterator[None]:
    kind = envelope.wire_type(CitizenRegistered)
    with broker.blocking_channel(amqp_url) as channel:
        for service in SUBSCRIPTIONS[CitizenRegistered]:
            if service != MATCHING:
                channel.queue_unbind(topology.queues(service, 1)[0], topology.EXCHANGE, kind)
    try:
        yield
    finally:
        broker.declare(amqp_url, 1)
