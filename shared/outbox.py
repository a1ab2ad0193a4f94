"""The outbox: an event is a row in the same transaction as the change it tells of.

Publishing straight to the broker would lose the event when the process dies between commit and publish, or tell
of a change that was rolled back. Here both rows stand or neither does; the service's worker is woken by the
commit, publishes what is unpublished, and marks it only after the broker's confirm. A row is found by being
unpublished, never by being newer than the last one seen: a transaction that began earlier may commit later.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import psycopg
from sqlalchemy import inspect, text
from sqlalchemy.orm import Session

from shared import envelope
from shared.config import Settings
from shared.database import Versioned
from shared.envelope import Trace
from shared.events import Event


def record(session: Session, event: Event, of: Versioned | int = 1) -> None:
    """Say that something happened, on the line under the write that made it so.

    `of` is the row that changed (its version orders the events of one subject), or that version itself. The rows
    are written with one statement at the transaction's end (shared/database.py).
    """
    if isinstance(of, int):
        version = of
    else:
        session.flush()
        version = inspect(of).dict["version"]
    settings: Settings = session.info["settings"]
    trace: Trace = session.info["trace"]
    event_id, body = envelope.write(event, version=version, trace=trace, seals=settings.seal_public_keys)
    session.info["told"].append(
        {
            "event_id": event_id,
            "type": envelope.wire_type(type(event)),
            "key": event.partition_key,
            "body": body.decode(),
        }
    )


class Waiting(NamedTuple):
    """An unpublished row."""

    seq: int
    type: str
    partition_key: str
    body: str


# Not SKIP LOCKED: where a leader has just died, its rows may still be held, and a newer event of the same citizen
# would go past them.
_TAKE = """
    SELECT seq, type, partition_key, body FROM outbox
    WHERE published_at IS NULL AND NOT (seq <= %(last)s AND seq = ANY(%(held)s))
    ORDER BY seq LIMIT %(most)s FOR UPDATE NOWAIT
"""


def take(connection: psycopg.Connection[Any], most: int, but: Collection[int] = ()) -> list[Waiting]:
    """Unpublished rows, oldest first; they stay locked until the transaction ends.

    `but` are those that the caller holds already; one between them that was committed after they were taken is not
    passed over. None at all while somebody else holds one.
    """
    asked = {"last": max(but, default=0), "held": sorted(but), "most": most}
    try:
        return [Waiting(*row) for row in connection.execute(_TAKE, asked, prepare=True)]
    except psycopg.errors.LockNotAvailable:
        return []


def mark(connection: psycopg.Connection[Any], seqs: Sequence[int]) -> None:
    """These have been confirmed by the broker."""
    connection.execute(
        "UPDATE outbox SET published_at = clock_timestamp() WHERE seq = ANY(%s)", (list(seqs),), prepare=True
    )


def logged(session: Session, order: Any, types: Sequence[str], most: int) -> list[Waiting]:
    """What was published since `order.since`, after number `order.at_seq`, up to `order.until_seq`, in its order."""
    values = {"since": order.since, "at": order.at_seq, "until": order.until_seq, "types": list(types), "most": most}
    return [Waiting(*row) for row in session.execute(_LOGGED, values)]


_LOGGED = text("""
    SELECT seq, type, partition_key, body FROM outbox
    WHERE seq > :at AND seq <= :until AND recorded_at >= :since AND published_at IS NOT NULL AND type = ANY(:types)
    ORDER BY seq LIMIT :most
""")


def published_since(connection: psycopg.Connection[Any], since: datetime, types: Sequence[str]) -> list[Waiting]:
    """The log: what was recorded since a moment, in order, of the given types."""
    rows = connection.execute(
        "SELECT seq, type, partition_key, body FROM outbox WHERE recorded_at >= %s AND type = ANY(%s) ORDER BY seq",
        (since, list(types)),
    )
    return [Waiting(*row) for row in rows]
