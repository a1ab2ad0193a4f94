"""What notifications tells."""

from datetime import datetime
from uuid import UUID

from shared.events.base import Event, named


@named("notifications.message.sent.v1", subject="message_id")
class NotificationSent(Event):
    """A message left by its channel; the gateway's word that it arrived comes later."""

    message_id: UUID
    template: str
    channel: str
    recipient_kind: str
    at: datetime


@named("notifications.message.failed.v1", subject="message_id")
class NotificationFailed(Event):
    """A message could not be sent by its channel."""

    message_id: UUID
    template: str
    channel: str
    recipient_kind: str
    reason_code: str
