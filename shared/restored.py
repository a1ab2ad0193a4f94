"""After a restore: what was under way when the back-up was taken may have gone out since, so it does not by itself."""

import importlib

from sqlalchemy import text
from sqlalchemy.orm import Session

from shared import broker, envelope, topology
from shared.config import Settings
from shared.database import Database

_UNTOLD = text("SELECT seq, body FROM outbox WHERE published_at IS NULL ORDER BY seq FOR UPDATE")
_UNHANDLED = text("SELECT event_id, body FROM failed_delivery FOR UPDATE")


def settle(settings: Settings) -> str:
    """Empties the service's queues, which know of a time that is not, marks as replayed what it was about to tell or
    to try again, and lets the service hold back what it was about to send; says how many of each."""
    database = Database(settings)
    try:
        with database.begin(actor="operator") as session:
            marked = _mark(session)
            held = getattr(importlib.import_module(f"services.{settings.service}.consumer"), "AFTER_RESTORE", None)
            count = held(session) if held else 0
            dropped = _empty_queues(settings)
    finally:
        database.close()
    return f"{settings.service}: {dropped} messages dropped, {marked} events marked as replayed, {count} letters held"


def _mark(session: Session) -> int:
    untold = [
        {"key": seq, "body": envelope.mark_replayed(body.encode()).decode()} for seq, body in session.execute(_UNTOLD)
    ]
    unhandled = [
        {"key": event_id, "body": envelope.mark_replayed(bytes(body))}
        for event_id, body in session.execute(_UNHANDLED)
        if envelope.words(bytes(body))
    ]
    for statement, found in (
        ("UPDATE outbox SET body = :body WHERE seq = :key", untold),
        ("UPDATE failed_delivery SET body = :body WHERE event_id = :key", unhandled),
    ):
        if found:
            session.execute(text(statement), found)
    return len(untold) + len(unhandled)


def _empty_queues(settings: Settings) -> int:
    broker.declare(settings.amqp_url, settings.partitions)
    names = [*topology.queues(settings.service, settings.partitions), topology.dead_queue(settings.service)]
    with broker.blocking_channel(settings.amqp_url) as channel:
        return sum(int(channel.queue_purge(name).method.message_count) for name in names)
