"""What ops sees and does: dead letters are settled, listeners told again, the affected counted; nobody's data."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from shared import broker, clock, envelope, outbox
from shared.auth import Principal
from shared.config import Settings
from shared.database import new_id
from shared.errors import CannotUndo, Invalid, NotFound, Refused
from shared.events import BY_KIND, heard_by
from shared.policy import Policy
from shared.policy import Row as Rule

AGAIN, HANDLED, DISCARDED, REOPENED = "again", "handled", "discarded", "reopened"
REASONS = ("cause_mended", "done_by_hand", "no_effect_today", "told_anew", "not_ours")
MOST_SHOWN, TOLD_AT_ONCE, MOST_EXPORTED = 50, 500, 50_000
LONGEST = timedelta(days=31)
# A job is late when a turn and a minute have gone by without it.
GRACE_SECONDS = 60

_DEAD = text("""
    SELECT failed_delivery.event_id, type, error, tries, first_failed_at, last_failed_at, settled,
           decision, reason_code, by_name, decided.at AS decided_at
    FROM failed_delivery LEFT JOIN LATERAL (
        SELECT * FROM dead_decision WHERE dead_decision.event_id = failed_delivery.event_id ORDER BY at DESC LIMIT 1
    ) AS decided ON true
    WHERE next_try_at IS NULL AND (settled IS NULL) = :open
    ORDER BY last_failed_at DESC, failed_delivery.event_id LIMIT :most OFFSET :skip
""")
_SETTLE = text("""
    UPDATE failed_delivery SET settled = :settled, next_try_at = CASE WHEN :again THEN cast(:now AS timestamptz) END,
           tries = CASE WHEN :again THEN 0 ELSE tries END
    WHERE event_id = :event_id AND next_try_at IS NULL AND settled IS NOT DISTINCT FROM :before RETURNING type
""")
_DECIDE = text("""
    INSERT INTO dead_decision (id, event_id, decision, reason_code, decided_by, by_name, at)
    VALUES (:id, :event_id, :decision, :reason_code, :decided_by, :by_name, :at)
""")
_JOBS = text(f"""
    SELECT job, every_seconds, ran_at, error, coalesce(failed_at > ran_at, false) AS failing,
           extract(epoch FROM clock_timestamp() - ran_at) > every_seconds + {GRACE_SECONDS} AS late
    FROM job_run ORDER BY late DESC, job
""")  # noqa: S608  a number of ours
_WORKERS = text("""
    SELECT worker_index, at, broker_connected, waiting, oldest_seconds,
           extract(epoch FROM clock_timestamp() - at) < 15 AS beats
    FROM worker_beat WHERE at > clock_timestamp() - interval '1 day' ORDER BY worker_index
""")
_ORDER = text("""
    INSERT INTO replay_order (id, listener, since, until_seq, ordered_by, by_name, ordered_at)
    SELECT :id, :listener, :since, coalesce(max(seq), 0), :by, :by_name, :now FROM outbox
""")
_NEXT_ORDER = text("""
    SELECT id, listener, since, until_seq, at_seq FROM replay_order WHERE ended_at IS NULL
    ORDER BY ordered_at LIMIT 1 FOR UPDATE SKIP LOCKED
""")
_ORDERS = text("SELECT * FROM replay_order ORDER BY ordered_at DESC LIMIT 10")
_STOP = text(
    "UPDATE replay_order SET stopped_by = :by, ended_at = :now WHERE id = :id AND ended_at IS NULL RETURNING told"
)
_PROGRESS = text("UPDATE replay_order SET at_seq = :at_seq, told = told + :told, ended_at = :ended_at WHERE id = :id")
_AFFECTED = text("""
    SELECT type, count(*) AS events, count(DISTINCT partition_key) AS subjects FROM outbox
    WHERE recorded_at >= :since AND recorded_at < :until GROUP BY type ORDER BY type
""")
_SUBJECTS = text("""
    SELECT type, partition_key, count(*) AS events FROM outbox
    WHERE recorded_at >= :since AND recorded_at < :until GROUP BY type, partition_key ORDER BY type, partition_key
    LIMIT :most
""")


def dead(session: Session, *, settled: bool, page: int = 1) -> tuple[Sequence[Row[Any]], bool]:
    """Dead letters nobody has looked at, or those that somebody settled, the latest first; never their content or
    whom they name. A page of `MOST_SHOWN`; True for more.
    """
    told = {"open": not settled, "most": MOST_SHOWN + 1, "skip": (page - 1) * MOST_SHOWN}
    read = session.execute(_DEAD, told).all()
    return read[:MOST_SHOWN], len(read) > MOST_SHOWN


def settle(session: Session, who: Principal, event_id: UUID, decision: str, reason_code: str) -> None:
    """Have this listener try once more (`again`), or say that nothing is to be done; raises NotFound."""
    found = session.scalar(_SETTLE, {
        "event_id": event_id, "again": decision == AGAIN, "now": clock.now(), "before": None,
        "settled": None if decision == AGAIN else decision,
    })  # fmt: skip
    if found is None:
        raise NotFound
    _decide(session, who, event_id, decision, reason_code)


def reopen(session: Session, who: Principal, event_id: UUID) -> None:
    """Take back that nothing was to be done; raises CannotUndo where it is not so any more."""
    for before in (HANDLED, DISCARDED):
        values = {"event_id": event_id, "again": False, "now": clock.now(), "before": before, "settled": None}
        if session.scalar(_SETTLE, values) is not None:
            return _decide(session, who, event_id, REOPENED, "undone")
    raise CannotUndo


def _decide(session: Session, who: Principal, event_id: UUID, decision: str, reason_code: str) -> None:
    session.execute(_DECIDE, {
        "id": new_id(), "event_id": event_id, "decision": decision, "reason_code": reason_code,
        "decided_by": who.subject, "by_name": who.name, "at": clock.now(),
    })  # fmt: skip


def jobs(session: Session) -> Sequence[Row[Any]]:
    """When each job last ended well, those that are late first."""
    return session.execute(_JOBS).all()


def workers(session: Session) -> Sequence[Row[Any]]:
    """The workers of the last day: when they beat, and how much waits for them."""
    return session.execute(_WORKERS).all()


def order_replay(session: Session, who: Principal, listener: str, since: datetime) -> UUID:
    """The worker tells one listener again what was told since then, up to now, marked as replayed."""
    if since > clock.now():
        raise Invalid({"since": "Tidspunktet er ikke kommet endnu. / That time has not come yet."})
    if not heard_by(listener):
        raise Refused("hears_nothing", "Tjenesten hører ingenting.", "The service hears nothing.")
    order_id = new_id()
    session.execute(_ORDER, {
        "id": order_id, "listener": listener, "since": since, "by": who.subject, "by_name": who.name,
        "now": clock.now(),
    })  # fmt: skip
    return order_id


def stop_replay(session: Session, who: Principal, order_id: UUID) -> int:
    """No more of it is told; how many events were. Raises CannotUndo where it had ended."""
    told = session.scalar(_STOP, {"id": order_id, "by": who.subject, "now": clock.now()})
    if told is None:
        raise CannotUndo
    return int(told)


def replays(session: Session) -> Sequence[Row[Any]]:
    """The latest orders, newest first."""
    return session.execute(_ORDERS).all()


def send_replays(session: Session) -> bool:
    """A bounded part of the oldest order; True while there may be more. A crash sends a part twice, which inboxes
    swallow."""
    order = session.execute(_NEXT_ORDER).one_or_none()
    if order is None:
        return False
    settings: Settings = session.info["settings"]
    types = [envelope.wire_type(event) for event in heard_by(order.listener)]
    rows = outbox.logged(session, order, types, TOLD_AT_ONCE)
    if rows:
        with broker.blocking_channel(settings.amqp_url) as channel:
            for row in rows:
                body = envelope.mark_replayed(row.body.encode())
                broker.send_to(channel, order.listener, row.type, row.partition_key, body)
    session.execute(_PROGRESS, {
        "id": order.id, "told": len(rows), "at_seq": rows[-1].seq if rows else order.until_seq,
        "ended_at": None if len(rows) == TOLD_AT_ONCE else clock.now(),
    })  # fmt: skip
    return True


def affected(session: Session, since: datetime, until: datetime) -> list[dict[str, Any]]:
    """What was told in a period: of each kind how many events, about how many subjects, and whether they are people."""
    _within_reach(since, until)
    rows = session.execute(_AFFECTED, {"since": since, "until": until})
    return [{"type": row.type, "events": row.events, "subjects": row.subjects, "people": _of_people(row.type)}
            for row in rows]  # fmt: skip


def affected_subjects(session: Session, since: datetime, until: datetime) -> list[dict[str, Any]]:
    """Who they were, by id; for those alone who may know. All of them, or Invalid where they are too many at once."""
    _within_reach(since, until)
    rows = session.execute(_SUBJECTS, {"since": since, "until": until, "most": MOST_EXPORTED + 1}).all()
    if len(rows) > MOST_EXPORTED:
        # Whoever is left out is not told.
        danish, english = f"Flere end {MOST_EXPORTED}.", f"More than {MOST_EXPORTED}."
        raise Invalid({"until": f"{danish} Vælg en kortere tid. / {english} Choose a shorter time."})
    return [{"type": row.type, "subject": row.partition_key, "events": row.events, "people": _of_people(row.type)}
            for row in rows]  # fmt: skip


def _of_people(wire_type: str) -> bool:
    event = BY_KIND.get(wire_type.removeprefix(envelope.TYPE_PREFIX))
    return event is not None and event.partition == "citizen_id"


def _within_reach(since: datetime, until: datetime) -> None:
    if until <= since:
        raise Invalid({"until": "Skal være efter begyndelsen. / Must be after the beginning."})
    if until - since > LONGEST:
        raise Invalid({"until": "Højst 31 dage ad gangen. / At most 31 days at a time."})


def rules(*policies: Policy) -> list[Rule]:
    """Every dated row in force today or later, by key, group and day."""
    today = clock.today()
    rows = [row for policy in policies for row in policy.rows() if row.until is None or row.until >= today]
    return sorted(rows, key=lambda row: (row.key, row.group or "", row.since))
