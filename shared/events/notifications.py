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


@named("notifications.message.reopened.v1", subject="message_id")
class NotificationReopened(Event):
    """It was a mistake, taken back the same day, that a letter had been printed; it is to be printed still."""

    message_id: UUID
    template: str
    channel: str
    recipient_kind: str


@named("notifications.message.failed.v1", subject="message_id")
class NotificationFailed(Event):
    """A message could not be sent by its channel."""

    message_id: UUID
    template: str
    channel: str
    recipient_kind: str
    reason_code: str


@named("notifications.trail.anchored.v1", subject="trail_id", level="P0")
class NotificationsTrailAnchored(Event):
    """Where the seals over look-ups and over changes stand; a neighbour keeps it, so that a cut end is seen."""

    trail_id: UUID
    lookup_position: int
    lookup_hash: str
    audit_position: int
    audit_hash: str
