"""A message that was given up is tried again, because somebody said so."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.notifications.models import Message
from services.notifications.rules import channels
from services.notifications.rules.notices import LOST
from services.notifications.use_cases import choices, notices
from services.notifications.use_cases.messages import (
    FAILED,
    KEPT,
    QUEUED,
    WAITING,
    appointment_past,
    held,
    put,
)
from shared import clock
from shared.errors import Refused


def retry(session: Session, message_id: UUID) -> Message:
    """Try a failed message again from the start; raises Refused where another channel took over."""
    message = held(session, message_id)
    if message.state != FAILED:
        raise Refused("not_failed", "Beskeden er ikke opgivet.", "This message was not given up.")
    if message.expires_at <= clock.now():
        raise appointment_past()
    later = select(Message.id).where(
        Message.cause_id == message.cause_id, Message.template == message.template,
        Message.recipient_id == message.recipient_id, Message.round > message.round,
    )  # fmt: skip
    if session.scalar(later.limit(1)):
        raise Refused("taken_over", "En anden kanal har overtaget.", "Another channel has taken over.")
    notices.done(session, LOST, message.id)
    if message.channel in channels.POSTED:
        return _anew(session, message)
    message.state, message.attempts, message.error_code = (QUEUED if message.channel else WAITING), 0, None
    message.next_try_at = clock.now() if message.channel else None
    session.flush()
    return message


def _anew(session: Session, message: Message) -> Message:
    """A letter that Digital Post gave back is a new one there, in the same story."""
    put(session, [{
        **{name: getattr(message, name) for name in KEPT}, "round": message.round + 1, "state": QUEUED,
        "channel": message.channel, "made_at": clock.now(), "next_try_at": clock.now(),
        "chosen_code": choices.BY_HAND_AGAIN,
    }])  # fmt: skip
    made = select(Message).where(
        Message.cause_id == message.cause_id, Message.template == message.template,
        Message.recipient_id == message.recipient_id, Message.round == message.round + 1,
    )  # fmt: skip
    return session.scalars(made).one()
