"""Webhooks: what goes in and out of their doors and forms."""

from marshmallow import fields as marshmallow_fields

from services.notifications.rules.webhooks import KINDS
from services.notifications.use_cases.webhooks import OFF, STATES
from shared.fields import Body, Code, Count, Moment, Text, list_of
from shared.paging import page_of

Uuid = marshmallow_fields.UUID


class NewWebhook(Body):
    """Where a system listens."""

    url = Text(300, required=True)


class WebhookAnswer(Body):
    """A system of the company; `p_numbers` are the places it hears of, none for all."""

    id = Uuid(required=True)
    url = Text(300, required=True)
    p_numbers = list_of(Text(10), 100, required=True)
    made_at = Moment(required=True)
    failures = Count(0, 10**6, required=True)
    rests_until = Moment(required=True, allow_none=True)
    off_at = Moment(required=True, allow_none=True)
    off_code = Code(*OFF, required=True, allow_none=True)
    old_until = Moment(required=True, allow_none=True)


class WebhooksAnswer(Body):
    """All of them."""

    items = list_of(marshmallow_fields.Nested(WebhookAnswer), 50, required=True)


class SecretAnswer(WebhookAnswer):
    """With its secret, which is told this once."""

    secret = Text(100, required=True)


class DeliveryAnswer(Body):
    """One thing told, and how it was answered."""

    id = Uuid(required=True)
    webhook_id = Uuid(required=True)
    kind = Code(*KINDS, required=True)
    subject_id = Uuid(required=True)
    state = Code(*STATES, required=True)
    attempts = Count(0, 1000, required=True)
    status = Count(100, 999, required=True, allow_none=True)
    error_code = Text(40, required=True, allow_none=True)
    made_at = Moment(required=True)
    answered_at = Moment(required=True, allow_none=True)
    next_try_at = Moment(required=True, allow_none=True)


DeliveryPage = page_of(DeliveryAnswer)


class WebhookForm(Body):
    """One of them, or one thing told."""

    id = Uuid(required=True)


class TurnForm(WebhookForm):
    """On or off."""

    on = Code("yes", "no", required=True)


class SentQuery(Body):
    """Where the list of what was sent goes on."""

    efter = Uuid(attribute="cursor", load_default=None)
