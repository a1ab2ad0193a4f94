"""How a message came about: the event, the row, the words, the channels, one after the other."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.notifications.models import Message, PostStatus
from services.notifications.rules import table, versions
from services.notifications.use_cases import POLICY
from shared import clock
from shared.errors import NotFound


def of(session: Session, message_id: UUID) -> dict[str, Any]:
    """The steps, and every channel that was tried for the same letter; raises NotFound."""
    message = session.get(Message, message_id)
    if message is None:
        raise NotFound
    rule = table.rule_of(message.template, message.recipient_kind)
    rounds = select(Message).where(
        Message.cause_id == message.cause_id, Message.template == message.template,
        Message.recipient_id == message.recipient_id,
    )  # fmt: skip
    current = versions.version_of(message.template, message.recipient_kind)
    return {
        "events": [event.__name__ for event in rule.events] if rule else [],
        "event_id": message.cause_event,
        "correlation_id": message.correlation_id,
        "rule": f"{message.template}.{message.recipient_kind}",
        "topic": rule.topic if rule else None,
        "optional": bool(rule and rule.optional),
        "order": POLICY.row("channel.order", clock.today(), rule.order_row if rule else None).value,
        "template_version": message.template_version or current,
        "is_current": message.template_version in (None, current),
        "chosen_code": message.chosen_code,
        "provider_id": message.provider_id,
        "statuses": session.scalars(
            select(PostStatus).where(PostStatus.message_id == message.id).order_by(PostStatus.at)
        ).all(),
        "rounds": session.scalars(rounds.order_by(Message.round)).all(),
    }
