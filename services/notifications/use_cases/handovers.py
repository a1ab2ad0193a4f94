"""A letter that a supplier has taken is noted at once, outside the transaction that marks a whole batch as sent.

A worker killed in between leaves the note, and the letter is marked by it instead of sent a second time.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, select, text
from sqlalchemy.orm import Session

from services.notifications.models import Handover, Message
from services.notifications.use_cases import messages
from shared import clock

AT_ONCE = 200
# Not waited for on the disk: a note is of use where our process dies, and the server outlives that.
_NOTE = text("""
    WITH noted AS (
        INSERT INTO handover (message_id, version, provider_id, at)
        SELECT one.id, one.version, :taken, :at
        FROM unnest(cast(:ids AS uuid[]), cast(:versions AS integer[])) AS one(id, version),
             set_config('synchronous_commit', 'off', true)
        ON CONFLICT (message_id) DO UPDATE
        SET version = excluded.version, provider_id = excluded.provider_id, at = excluded.at
        RETURNING 1)
    SELECT count(*) FROM noted
""")


def note(session: Session, taken: str, versions: Sequence[tuple[UUID, int]]) -> None:
    """These messages, at these versions, were taken together under the supplier's id."""
    ids, at_versions = zip(*versions, strict=True)
    session.info["database"].alone(
        _NOTE, {"taken": taken, "at": clock.now(), "ids": list(ids), "versions": list(at_versions)}
    )


def noted() -> ColumnElement[bool]:
    """A message that was taken as it stands."""
    same = and_(Handover.message_id == Message.id, Handover.version == Message.version)
    return select(Handover.message_id).where(same).correlate(Message).exists()


def forget(session: Session, sent: Iterable[UUID]) -> None:
    """These are marked."""
    session.execute(delete(Handover).where(Handover.message_id.in_(sent)))


def settle(session: Session) -> bool:
    """Mark what was taken by a worker that did not live to do it; True when there may be more."""
    left = select(Message, Handover).join(Handover, Handover.message_id == Message.id)
    left = left.where(Message.state == messages.QUEUED, Handover.version == Message.version)
    found = session.execute(left.limit(AT_ONCE).with_for_update(skip_locked=True, of=Message)).all()
    for message, handover in found:
        messages.trace_back(session, message)
        message.provider_id = handover.provider_id
        messages.tell_sent(session, message, at=handover.at)
    if found:
        forget(session, [message.id for message, _ in found])
    return len(found) == AT_ONCE
