"""What happens to a delivery: handled once, or put aside with its error, or dead with its reason.

A batch is one transaction: claim, handle, commit, and only then acknowledge. When a handler raises, the batch is
rolled back and redone one by one, and the one that fails is put aside in `failed_delivery` with a growing pause
until its next try; after the last try it is dead, which is a row without a next try. The row keeps the body, so the
broker's copy can be acknowledged: nothing depends on a queue to survive.
"""

import logging
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from shared import clock, envelope, inbox, tracing
from shared.broker import Delivery
from shared.config import Settings
from shared.database import Database, unreachable
from shared.envelope import Received
from shared.errors import Refused, Reject
from shared.events import Event
from shared.events.base import E
from shared.logs import kind_and_place, story

log = logging.getLogger(__name__)

Handler = Callable[[Session, Sequence[Received[Any]]], None]
PAUSES = (1.0, 5.0, 30.0, 300.0, 1800.0)
ALONE_AFTER_STARTS = 2
DEAD_AFTER_STARTS = 6


def each(handle: Callable[[Session, Received[E]], None]) -> Handler:
    """A handler of one event at a time; what it records is tied to that event."""

    def handle_all(session: Session, batch: Sequence[Received[Any]]) -> None:
        for received in batch:
            session.info["trace"] = received.trace
            handle(session, received)

    return handle_all


@dataclass(frozen=True)
class Job:
    """Something to run when it is due: every so many seconds, by one worker at a time.

    `run` returns True when there may be more to do at once; `after_batch` runs it soon after a handled batch too. A job
    with a `lane` has a thread of its own: what it waits for keeps nobody else waiting. One of `many` is run by every
    worker, and keeps them apart itself.
    """

    every: float
    run: Callable[[Session], bool | None]
    after_batch: bool = False
    lane: str = ""
    many: bool = False


class Handling:
    """One service's way with deliveries."""

    def __init__(
        self,
        database: Database,
        handlers: Mapping[type[Event], Handler],
        pauses: Sequence[float] = PAUSES,
    ) -> None:
        self._database, self._handlers, self._pauses = database, handlers, pauses
        self._settings: Settings = database.settings
        self._outlived: set[uuid.UUID] = set()

    def handle(self, deliveries: Sequence[Delivery]) -> None:
        """All of these are dealt with when this returns; raises only when the database is out of reach.

        Events with one partition key are handled in the order in which they came: what came after one that is tried
        alone waits for it.
        """
        batch: list[tuple[Received[Event], bytes]] = []
        behind: list[tuple[Received[Event], bytes]] = []
        most_starts: dict[str, int] = {}
        suspects = self._suspects([d for d in deliveries if d.redelivered and not d.dead])
        alone: list[tuple[int, Received[Event], bytes]] = []
        for delivery in deliveries:
            if delivery.dead:
                self._bury(delivery.body, _broker_reason(delivery.headers))
                continue
            try:
                received = self._read(delivery.body)
            except Reject as reason:
                self._bury(delivery.body, str(reason))
                continue
            starts, key = suspects.get(received.event_id, 0), received.event.partition_key
            if starts >= ALONE_AFTER_STARTS:
                alone.append((starts, received, delivery.body))
                most_starts[key] = max(starts, most_starts.get(key, 0))
            else:
                (behind if key in most_starts else batch).append((received, delivery.body))
        self._all_or_each(batch)
        self._clear({received.event_id for received, _ in batch} & suspects.keys())
        for starts, received, body in sorted(alone, key=lambda one: most_starts[one[1].event.partition_key]):
            self._try_suspect(starts, received, body)
        self._all_or_each(behind)
        self._clear({received.event_id for received, _ in behind} & suspects.keys())

    def _try_suspect(self, starts: int, received: Received[Event], body: bytes) -> None:
        """Alone, and counted before: when the worker dies now, it was this one, and the innocent go first next time.

        A start that ended with the database out of reach is not counted in the end: nobody died of the event.
        """
        if starts >= DEAD_AFTER_STARTS:
            self._put_aside(received, body, "the worker died while handling this", dead=True)
        else:
            self._execute(
                "UPDATE started_delivery SET starts = starts + 1 WHERE event_id = :event_id", received.event_id
            )
            self._outlived.add(received.event_id)
            self._try_one(received, body)
            self._outlived.remove(received.event_id)
        self._execute("DELETE FROM started_delivery WHERE event_id = :event_id", received.event_id)

    def _execute(self, statement: str, event_id: uuid.UUID) -> None:
        with self._database.begin(actor=self._actor) as session:
            session.execute(text(statement), {"event_id": event_id})

    def _clear(self, handled: set[uuid.UUID]) -> None:
        if handled:
            with self._database.begin(actor=self._actor) as session:
                session.execute(text("DELETE FROM started_delivery WHERE event_id = ANY(:ids)"), {"ids": list(handled)})

    def _read(self, body: bytes) -> Received[Event]:
        settings = self._settings
        return envelope.read(body, service=settings.service, private_keys=settings.seal_private_keys)

    def _suspects(self, redelivered: Sequence[Delivery]) -> dict[uuid.UUID, int]:
        ids = sorted({i for i in map(_id_in, redelivered) if i is not None})
        if not ids:
            return {}
        with self._database.begin(actor=self._actor) as session:
            rows = session.execute(
                text(
                    "INSERT INTO started_delivery (event_id, starts) SELECT unnest(cast(:ids AS uuid[])), 1 "
                    "ON CONFLICT (event_id) DO UPDATE SET starts = greatest(:alone, "
                    "started_delivery.starts - (started_delivery.event_id = ANY(:outlived))::int) "
                    "RETURNING event_id, starts"
                ),
                {"ids": ids, "alone": ALONE_AFTER_STARTS, "outlived": list(self._outlived)},
            )
            found = {row.event_id: row.starts for row in rows}
        self._outlived -= found.keys()
        return found

    @property
    def _actor(self) -> str:
        return f"worker:{self._settings.service}"

    def _all_or_each(self, batch: Sequence[tuple[Received[Event], bytes]]) -> None:
        if not batch:
            return
        try:
            self._together([received for received, _ in batch])
        except Exception as error:
            if unreachable(error):
                raise
            for received, body in batch:
                self._try_one(received, body)

    def _together(self, batch: Sequence[Received[Event]], *, put_aside: bool = False) -> None:
        with self._database.begin(actor=self._actor) as session:
            mine = inbox.claim(session, [received.event_id for received in batch])
            for event_type, run in groupby(_once(batch, mine), key=lambda received: type(received.event)):
                handler = self._handlers.get(event_type)
                if handler is None:
                    raise Reject(f"no handler for {event_type.kind}")
                with _traced(list(run)) as traced:
                    handler(session, traced)
            ids = [received.event_id for received in batch]
            if put_aside:
                session.execute(text("DELETE FROM failed_delivery WHERE event_id = ANY(:ids)"), {"ids": ids})

    def _try_one(self, received: Received[Event], body: bytes) -> None:
        with story(received.trace.correlation_id):
            self._try_it(received, body)

    def _try_it(self, received: Received[Event], body: bytes) -> None:
        try:
            self._together([received], put_aside=True)
        except Reject as reason:
            self._put_aside(received, body, str(reason), dead=True)
        except Exception as error:
            if unreachable(error):
                raise
            log.warning("handler failed on %s: %s", received.event.kind, type(error).__name__)
            self._put_aside(received, body, _reason(error))

    def _put_aside(self, received: Received[Event], body: bytes, error: str, *, dead: bool = False) -> None:
        subject = str(getattr(received.event, received.event.subject))
        self._keep(received.event_id, received.event.kind, subject, body, error, dead=dead)

    def _bury(self, body: bytes, error: str) -> None:
        known = envelope.words(body)
        event_id = known.get("id") or uuid.uuid5(uuid.NAMESPACE_OID, body.hex())
        self._keep(event_id, known.get("type", ""), known.get("subject", ""), body, error, dead=True)

    def _keep(self, event_id: Any, kind: str, subject: str, body: bytes, error: str, *, dead: bool) -> None:
        with self._database.begin(actor=self._actor) as session:
            tries = session.scalar(_KEEP, {
                "event_id": event_id, "listener": self._settings.service, "type": kind, "subject": subject,
                "body": body, "error": error, "now": clock.now(),
            })  # fmt: skip
            pause = None if dead or tries > len(self._pauses) else self._pauses[tries - 1]
            if pause is None:
                log.error("dead: %s for %s: %s", kind, self._settings.service, error)
            session.execute(
                text("UPDATE failed_delivery SET next_try_at = :next WHERE event_id = :event_id"),
                {"next": None if pause is None else clock.now() + timedelta(seconds=pause), "event_id": event_id},
            )

    def retry_due(self) -> bool:
        """Try one that was put aside and whose pause is over; True if there was one."""
        with self._database.begin(actor=self._actor) as session:
            row = session.execute(_DUE, {"now": clock.now()}).one_or_none()
        if row is None:
            return False
        try:
            received = self._read(bytes(row.body))
        except Reject as reason:
            self._bury(bytes(row.body), str(reason))
        else:
            self._try_one(received, bytes(row.body))
        return True


_KEEP = text("""
    INSERT INTO failed_delivery
        (event_id, listener, type, subject, body, error, tries, first_failed_at, last_failed_at)
    VALUES (:event_id, :listener, :type, :subject, :body, :error, 1, :now, :now)
    ON CONFLICT (event_id) DO UPDATE SET
        error = excluded.error, tries = failed_delivery.tries + 1, last_failed_at = excluded.last_failed_at
    RETURNING tries
""")
# A minute's lease instead of a lock held while the handler runs: a worker that dies here only delays the next try.
_DUE = text("""
    UPDATE failed_delivery SET next_try_at = cast(:now AS timestamptz) + interval '1 minute'
    WHERE event_id = (
        SELECT event_id FROM failed_delivery WHERE next_try_at <= :now
        ORDER BY next_try_at LIMIT 1 FOR UPDATE SKIP LOCKED
    ) RETURNING body
""")


@contextmanager
def _traced(run: list[Received[Event]]) -> Iterator[list[Received[Event]]]:
    """The same, each with a span of its own that what is done about it belongs to."""
    if not tracing.collects():
        yield run
        return
    with ExitStack() as spans:
        traced = []
        for one in run:
            span = spans.enter_context(
                tracing.span(
                    f"hear {one.event.kind}",
                    "CONSUMER",
                    one.trace.traceparent,
                    {"messaging.message.id": str(one.event_id)},
                )
            )
            traced.append(replace(one, trace=replace(one.trace, traceparent=span.traceparent)))
        yield traced


def _once(batch: Sequence[Received[Event]], mine: set[uuid.UUID]) -> Iterable[Received[Event]]:
    for received in batch:
        if received.event_id in mine:
            mine.discard(received.event_id)
            yield received


def _reason(error: Exception) -> str:
    """Our own refusals say plainly what is wrong; of anything else only kind and place are kept."""
    return str(error) if isinstance(error, Refused) else kind_and_place(error)


def _broker_reason(headers: Mapping[str, Any]) -> str:
    deaths = headers.get("x-death") or [{}]
    return f"given up by the broker: {deaths[0].get('reason', 'unknown')}"


def _id_in(delivery: Delivery) -> uuid.UUID | None:
    found: uuid.UUID | None = envelope.words(delivery.body).get("id")
    return found
