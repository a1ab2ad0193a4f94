"""One worker, one loop: take messages, handle each once, relay what the outbox holds, run what is due.

`python -m shared.worker` with SERVICE in the environment. It may be killed on any line: what it held was a row lock
or an unacknowledged delivery, and both go back by themselves.
"""

import importlib
import logging
import os
import random
import signal
import time
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any

import psycopg
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from shared import broker, clock, config, envelope, logs, tracing
from shared.broker import Delivery, Loop
from shared.config import Settings
from shared.crew import LEASE, Crew
from shared.database import CONNECT, Database, unreachable
from shared.events import Event
from shared.handling import PAUSES, Handler, Handling, Job
from shared.jobs import Jobs, in_turn
from shared.lines import Consumer, Publisher, Share
from shared.pace import BATCH, NowAndThen, next_size
from shared.relay import Relay

POLL_SECONDS = 1.0
BEAT_SECONDS = 2.0
SETTLED_SECONDS = 3.0
# What follows a batch asks the database several times: in a heap of small batches that cost more than they did.
FOLLOW_SECONDS = 0.25
log = logging.getLogger(__name__)


_BEAT = text("""
    INSERT INTO worker_beat (worker_index, at, progressed_at, broker_connected, waiting, oldest_seconds)
    VALUES (:index, clock_timestamp(), clock_timestamp(), :connected, :waiting, :oldest)
    ON CONFLICT (worker_index) DO UPDATE SET
        at = excluded.at, broker_connected = excluded.broker_connected,
        waiting = excluded.waiting, oldest_seconds = excluded.oldest_seconds,
        progressed_at = CASE WHEN :progressed THEN excluded.at ELSE worker_beat.progressed_at END
""")

_LAST_BEAT = text("DELETE FROM worker_beat WHERE worker_index = :index")


class Worker:
    """A service's worker. Nothing in it survives the process; everything that matters is in the database."""

    def __init__(
        self,
        settings: Settings,
        handlers: Mapping[type[Event], Handler],
        jobs: Mapping[str, Job],
        *,
        pauses: tuple[float, ...] = PAUSES,
    ) -> None:
        self._settings = settings
        self.database = Database(settings)
        self._jobs = Jobs(self.database, jobs)
        self._handling = Handling(self.database, handlers, pauses)
        self.loop = Loop()
        self._follow = NowAndThen(
            self.loop.call_later, lambda: self._guarded(self._jobs.run_after_batch), FOLLOW_SECONDS
        )
        self._publisher = Publisher(self.loop, settings.amqp_url, settings.partitions)
        self._publisher.on_open, self._publisher.on_lost = self._line_opened, self._publisher_lost
        self._consumer = Consumer(self.loop, settings.amqp_url, settings.service, settings.partitions)
        self._consumer.on_open, self._consumer.on_lost = self._line_opened, self._consumer_lost
        self._consumer.on_delivery = self._arrived
        self._relay: Relay | None = None
        self._listening: psycopg.Connection[Any] | None = None
        self._listening_at = -1
        self._crew: Crew | None = None
        self._stopping = False
        self._buffer: deque[Delivery] = deque()
        self._draining, self._size = False, BATCH
        self._progressed = False
        self._opened_at = float("inf")

    def run(self) -> None:
        """Until stopped; waits for a database and a broker that are not there yet."""
        self._until_reached("broker", lambda: broker.declare(self._settings.amqp_url, self._settings.partitions))
        self._until_reached("database", self._connect_database)
        if self._stopping:
            return
        self._publisher.connect()
        self._consumer.connect()
        self._every(POLL_SECONDS, self._poll)
        self._every(BEAT_SECONDS, self._beat)
        self.loop.start()

    def stop(self) -> None:
        """End after the batch in hand; may be called from a signal or another thread."""
        self._stopping = True
        self.loop.add_callback_threadsafe(self._end)

    def _end(self) -> None:
        self._consumer.close()
        self._jobs.end_lanes()
        self._guarded(self._leave_the_crew)
        self._publisher.close()
        self._close_database()
        self.loop.stop()

    def _until_reached(self, what: str, attempt: Callable[[], None]) -> None:
        pause = 0.2
        while not self._stopping:
            try:
                attempt()
            except (*broker.BrokerError, psycopg.Error, DBAPIError) as error:
                log.warning("%s not reached yet: %s", what, type(error).__name__)
                # Nothing else to do before both are there; all workers wait for the same two, so not in step.
                time.sleep(pause * random.uniform(0.5, 1.0))  # noqa: S311  not a secret
                pause = min(pause * 2, 1.0)
            else:
                return

    def _connect_database(self) -> None:
        self._close_database()
        url = self._settings.database_url
        relay = self._relay = Relay(url, self._publisher)
        self._publisher.on_settled = lambda seqs, safe: self._guarded(lambda: relay.settled(seqs, safe))
        self._listening = psycopg.connect(url, autocommit=True, options=LEASE, **CONNECT)
        crew = self._crew = Crew(self._listening, self._settings.service)
        crew.try_to_lead()
        self._consumer.take(self._share(crew))
        self._listening.execute(f"LISTEN {self._settings.service}_outbox")
        # Our own copy: libpq closes its socket the moment it fails, and the loop cannot let go of a closed one.
        self._listening_at = os.dup(self._listening.fileno())
        self.loop.add_handler(self._listening_at, lambda *_: self._guarded(self._notified), self.loop.READ)

    def _close_database(self) -> None:
        if self._listening_at >= 0:
            self.loop.remove_handler(self._listening_at)
            os.close(self._listening_at)
        for connection in (self._listening, self._relay):
            if connection is not None:
                connection.close()
        self._relay, self._listening, self._listening_at, self._crew = None, None, -1, None

    def _notified(self) -> None:
        if self._listening is not None:
            self._listening.pgconn.consume_input()
            while self._listening.pgconn.notifies():
                pass
        self._wake()

    def _wake(self) -> None:
        if self._relay is not None and self._crew is not None and self._crew.leads:
            self._relay.wake()

    def _share(self, crew: Crew) -> Share:
        return Share.of(self._settings.service, self._settings.partitions, crew.rank, crew.size)

    def _look_round(self) -> None:
        """Somebody came or went: everybody lets go and takes anew, so that nobody holds what is another's now."""
        if self._crew is None:
            return
        before = self._crew.rank, self._crew.size
        if self._crew.look() != before:
            log.info("worker %d of %d", self._crew.rank + 1, self._crew.size)
            self._consumer.take(self._share(self._crew))
        self._wake()  # the look may have swallowed a notification

    def _leave_the_crew(self) -> None:
        """The last beat of one that others go on without would look like one that fell silent."""
        if self._crew is not None and self._crew.look()[1] > 1:
            with self.database.begin(actor=f"worker:{self._settings.service}") as session:
                session.execute(_LAST_BEAT, {"index": self._crew.index})

    def _line_opened(self) -> None:
        self._guarded(self._wake)
        if self._lines_are_open():
            self._opened_at = time.monotonic()
            self._guarded(self._beat)

    def _publisher_lost(self) -> None:
        if self._relay is not None:
            self._relay.lost()

    def _consumer_lost(self) -> None:
        self._buffer.clear()

    def _arrived(self, delivery: Delivery) -> None:
        self._buffer.append(delivery)
        if not self._draining:
            self._draining = True
            self.loop.call_later(0, self._drain)

    def _drain(self) -> None:
        self._draining = False
        batch = [self._buffer.popleft() for _ in range(min(self._size, len(self._buffer)))]
        if not batch:
            return
        began = time.monotonic()
        if self._guarded(lambda: self._handling.handle(batch)):
            self._consumer.acknowledge_through(batch[-1].tag)
            self._progressed = True
            self._follow.ask()
        self._size = next_size(self._size, len(batch), time.monotonic() - began)
        if self._buffer:
            self._draining = True
            self.loop.call_later(0, self._drain)

    def _poll(self) -> None:
        self._publisher.check_stall()
        self._consumer.check_stall()
        if self._crew is not None:
            self._crew.try_to_lead()
        self._wake()
        in_turn(self._handling.retry_due)
        self._jobs.run_due()

    def _beat(self) -> None:
        self._look_round()
        ready = self._consumer.ready()
        idle = not self._buffer and time.monotonic() - self._opened_at > SETTLED_SECONDS
        with self.database.begin(actor=f"worker:{self._settings.service}") as session:
            session.execute(
                _BEAT,
                {
                    "index": self._crew.index if self._crew else 0,
                    "connected": self._lines_are_open(),
                    "progressed": self._progressed or (idle and self._lines_are_open()),
                    "waiting": None if ready is None else ready + len(self._buffer),
                    "oldest": envelope.age(self._buffer[0].body) if self._buffer else None,
                },
            )
            self._jobs.note(session)
        self._progressed = False

    def _lines_are_open(self) -> bool:
        return self._publisher.is_open and self._consumer.is_open and not self._publisher.blocked

    def _every(self, seconds: float, what: Callable[[], None]) -> None:
        def again() -> None:
            self._guarded(what)
            self.loop.call_later(seconds, again)

        self.loop.call_later(0, again)

    def _guarded(self, what: Callable[[], None]) -> bool:
        """Run something that needs the database; if that is out of reach, let everything go and reconnect.

        Anything else ends the process: it is restarted, and an event that did it is counted.
        """
        try:
            what()
        except (psycopg.Error, DBAPIError) as error:
            if not unreachable(error):
                raise
            log.warning("database out of reach: %s", type(error).__name__)
            self._start_over()
            return False
        return True

    def _start_over(self) -> None:
        self._buffer.clear()
        self._consumer.leave()
        self._until_reached("database", self._connect_database)


def load(settings: Settings) -> Worker:
    """The worker of the service that the settings name."""
    consumer = importlib.import_module(f"services.{settings.service}.consumer")
    return Worker(settings, consumer.HANDLERS, consumer.JOBS)


def main() -> None:
    settings = config.read()
    logs.configure(settings.log_level, settings.service)
    tracing.start(settings)
    clock.follow(settings.clock_file)
    worker = load(settings)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stop())
    log.info("worker of %s starts", settings.service)
    try:
        worker.run()
    except Exception as error:  # noqa: BLE001  whatever it was, its text may name a person
        log.critical("worker ends: %s", logs.kind_and_place(error))
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
