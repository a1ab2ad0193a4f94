"""What came back: what goes out of its doors."""

from marshmallow import fields as marshmallow_fields

from services.notifications.rules.drafts import RECIPIENTS
from shared.fields import Body, Code, Count, Moment, Text, list_of

Uuid, Boolean = marshmallow_fields.UUID, marshmallow_fields.Boolean
RETURNED = ("permanent", "expired", "delayed", "automatic", "reply", "unknown", "failing", "put_aside")


class CountAnswer(Body):
    """How many of a kind in thirty days."""

    kind = Code(*RETURNED, required=True)
    number = Count(0, 10**9, required=True)


class MailboxAnswer(Body):
    """How the mailbox for what comes back stands; `marked` addresses get no more mail.

    `put_aside`: mails that could not be dealt with, still in the mailbox.
    """

    configured = Boolean(required=True)
    address = Text(200, required=True, allow_none=True)
    read_at = Moment(required=True, allow_none=True)
    failing = Boolean(required=True)
    counts = list_of(marshmallow_fields.Nested(CountAnswer), 10, required=True)
    marked = Count(0, 10**9, required=True)
    put_aside = Count(0, 10**9, required=True)


class TriedAgainAnswer(Body):
    """How many mails that were put aside are tried anew."""

    number = Count(0, 10**9, required=True)


class ReplyAnswer(Body):
    """An answer to a letter with its words; `files` hung on it and were not taken."""

    id = Uuid(required=True)
    message_id = Uuid(required=True, allow_none=True)
    received_at = Moment(required=True)
    from_known = Boolean(required=True)
    files = Boolean(required=True)
    text = Text(6000, required=True)
    template = Text(60, required=True, allow_none=True)
    recipient_kind = Code(*RECIPIENTS, required=True, allow_none=True)
    citizen_id = Uuid(required=True, allow_none=True)
    notice_id = Uuid(required=True, allow_none=True)
    cleared_at = Moment(required=True, allow_none=True)
