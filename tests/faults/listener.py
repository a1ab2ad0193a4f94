"""A worker whose handlers the tests control: `python -m tests.faults.listener`.

FAULT names a point at which the process kills itself, at the real call and without a hook in the product.
MUTANT names a mistake that loses or doubles something; with it the tests must fail.
"""

import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import text
from sqlalchemy.orm import Mapped, Session, mapped_column

from shared import config, inbox, lines, logs, outbox, relay
from shared.database import ServiceBase, service_metadata
from shared.envelope import Received
from shared.errors import Reject
from shared.events import CitizenChannelsChanged, CitizenRegistered
from shared.handling import Handling
from shared.worker import Worker

TABLES = """
    DROP TABLE IF EXISTS followup.effect, followup.test_try, followup.test_copy;
    CREATE TABLE followup.effect (
        seq bigint GENERATED ALWAYS AS IDENTITY, event_id uuid, subject uuid, version integer, worker integer
    );
    CREATE TABLE followup.test_try (event_id uuid);
    CREATE TABLE followup.test_copy (id uuid PRIMARY KEY, version integer NOT NULL, postal_code text);
    ALTER TABLE followup.effect OWNER TO followup_owner;
    ALTER TABLE followup.test_try OWNER TO followup_owner;
    ALTER TABLE followup.test_copy OWNER TO followup_owner;
    GRANT ALL ON followup.effect, followup.test_try, followup.test_copy TO followup;
"""
"""The effects have no unique key on purpose: what is done twice must be seen twice."""

REJECTED, POISON, THIRD_TIME_LUCKY, SLOW = "reject", "poison", "thrice", "slow"
FAULT = os.environ.get("FAULT", "")


class Base(ServiceBase):
    """The tests' own metadata."""

    __abstract__ = True
    metadata = service_metadata()


class Copy(Base):
    """A copy that must never go back in time."""

    __tablename__ = "test_copy"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    postal_code: Mapped[str | None]


def handle(database_url: str, worker: int, session: Session, batch: Sequence[Received[Any]]) -> None:
    """One effect row per event; the event's language says how the handler is to behave."""
    for received in batch:
        _behave(received.event.language, received.event_id, database_url)
    session.execute(
        text("INSERT INTO effect (event_id, subject, version, worker) VALUES (:event_id, :subject, :version, :worker)"),
        [
            {"event_id": r.event_id, "subject": r.event.citizen_id, "version": r.version, "worker": worker}
            for r in batch
        ],
    )
    inbox.keep_newest(
        session,
        Copy,
        [{"id": r.event.citizen_id, "version": r.version, "postal_code": r.event.postal_code} for r in batch],
    )
    if FAULT == "before commit":
        die()


def _behave(how: str, event_id: UUID, database_url: str) -> None:
    if how == REJECTED:
        raise Reject("there is no such municipality")
    if how == POISON:
        die()
    if how == SLOW:
        time.sleep(0.4)
    if how == THIRD_TIME_LUCKY:
        # Counted outside the transaction that the failure rolls back.
        with psycopg.connect(database_url, autocommit=True) as own:
            own.execute("INSERT INTO test_try VALUES (%s)", (event_id,))
            tries = own.execute("SELECT count(*) FROM test_try WHERE event_id = %s", (event_id,)).fetchone()
        if tries is not None and tries[0] <= 3:
            raise ValueError("Nancy Ann Test Berggren")


def die(*_arguments: object, **_keywords: object) -> None:
    """No last words."""
    os.kill(os.getpid(), signal.SIGKILL)


def _mark_first() -> None:
    publish = relay.Publisher.publish

    def mark_then_publish(self: relay.Publisher, messages: Sequence[Any]) -> None:
        publish(self, messages)
        self.on_settled([message.number for message in messages], True)

    relay.Publisher.publish = mark_then_publish  # type: ignore[method-assign]


def _acknowledge_first() -> None:
    drain = Worker._drain

    def acknowledge_then_drain(self: Worker) -> None:
        if self._buffer:
            self._consumer.acknowledge_through(self._buffer[-1].tag)
            # The loop must send it: what stays in the process would die with it.
            self._consumer.acknowledge_through = lambda _tag: None  # type: ignore[method-assign]
            self.loop.call_later(0.05, lambda: drain(self))
            del self._consumer.acknowledge_through

    Worker._drain = acknowledge_then_drain  # type: ignore[method-assign]


def _no_inbox() -> None:
    inbox.claim = lambda _session, event_ids: set(event_ids)  # type: ignore[assignment]


def _newer_than_last_seen() -> None:
    seen = Counter[str]()

    def take(connection: psycopg.Connection[Any], most: int, _but: object) -> list[outbox.Waiting]:
        rows = connection.execute(
            "SELECT seq, type, partition_key, body FROM outbox WHERE seq > %s ORDER BY seq LIMIT %s",
            (seen["last"], most),
        ).fetchall()
        if rows:
            seen["last"] = rows[-1][0]
        return [outbox.Waiting(*row) for row in rows]

    outbox.take = take


def _blind_update() -> None:
    def keep(session: Session, model: type[ServiceBase], rows: Sequence[dict[str, Any]]) -> None:
        for row in rows:
            session.merge(model(**row))

    inbox.keep_newest = keep


def _no_stall_rule() -> None:
    lines.STALL_LOOKS = 10**9


def _nobody_suspected() -> None:
    Handling._suspects = lambda _self, _redelivered: {}  # type: ignore[method-assign]


MUTANTS: dict[str, Callable[[], None]] = {
    "mark first": _mark_first,
    "acknowledge first": _acknowledge_first,
    "no inbox": _no_inbox,
    "newer than last seen": _newer_than_last_seen,
    "blind update": _blind_update,
    "no stall rule": _no_stall_rule,
    "nobody suspected": _nobody_suspected,
}


def main() -> None:
    settings = config.read()
    logs.configure("INFO", settings.service)
    if FAULT == "before mark":
        outbox.mark = die
    if FAULT == "before acknowledgement":
        lines.Consumer.acknowledge_through = die  # type: ignore[method-assign]
    if mutant := os.environ.get("MUTANT"):
        MUTANTS[mutant]()
    handlers = {
        kind: partial(handle, settings.database_url, int(os.environ.get("NUMBER", "0")))
        for kind in (CitizenRegistered, CitizenChannelsChanged)
    }
    listens = settings.service == "followup"
    worker = Worker(settings, handlers if listens else {}, {}, pauses=(0.1, 0.1, 0.1, 0.1))
    signal.signal(signal.SIGTERM, lambda *_: worker.stop())
    worker.run()


if __name__ == "__main__":
    main()
