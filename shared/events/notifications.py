"""What notifications tells."""

from datetime import datetime
from uuid import UUID

from shared.events.base import Event, named


@named("notifications.message.sent.v1", subject="message_id")
class NotificationSent(Event):
    """A message left by its channel; the gateway's word that it arrived comes later. `cause_id` is what it tells of."""

    message_id: UUID
    template: str
    channel: str
    recipient_kind: str
    at: datetime
    cause_id: UUID | None = None


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
    cause_id: UUID | None = None


@named("notifications.message.delivered.v1", subject="message_id")
class NotificationDelivered(Event):
    """There is a receipt that a message reached its recipient; `how_code` is what kind of receipt."""

    message_id: UUID
    template: str
    channel: str
    recipient_kind: str
    how_code: str
    at: datetime
    cause_id: UUID | None = None


@named("notifications.message.read.v1", subject="message_id")
class NotificationRead(Event):
    """The recipient had the message before them on their own page."""

    message_id: UUID
    template: str
    channel: str
    recipient_kind: str
    at: datetime
    cause_id: UUID | None = None


@named("notifications.trail.anchored.v1", subject="trail_id", level="P0")
class NotificationsTrailAnchored(Event):
    """Where the seals over look-ups and over changes stand; a neighbour keeps it, so that a cut end is seen."""

    trail_id: UUID
    lookup_position: int
    lookup_hash: str
    audit_position: int
    audit_hash: str
