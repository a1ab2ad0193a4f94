"""The JSON doors of webhooks, for a company's people and its own programs."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.notifications.api import doors
from services.notifications.models import Webhook
from services.notifications.queries import webhooks as found_by
from services.notifications.schemas import webhooks as schemas
from services.notifications.use_cases import webhooks
from shared.auth import Principal
from shared.lookups import NOBODY
from shared.paging import PageQuery

COMPANY = ("company_employee",)


def _with_secret(made: tuple[Webhook, str]) -> dict[str, Any]:
    webhook, secret = made
    names = ("id", "url", "p_numbers", "made_at", "failures", "rests_until", "off_at", "off_code", "old_until")
    return {name: getattr(webhook, name) for name in names} | {"secret": secret}


@doors.get("/webhooks", roles=COMPANY, about=NOBODY, answer=schemas.WebhooksAnswer)
def list_webhooks(session: Session, principal: Principal) -> Any:
    """The company's systems that are told of what happens."""
    return {"items": webhooks.of(session, principal)}


@doors.post("/webhooks", roles=COMPANY, about=NOBODY, body=schemas.NewWebhook, answer=schemas.SecretAnswer)
def register_webhook(session: Session, principal: Principal, body: dict[str, str]) -> Any:
    """A system listens from now on; the answer holds its secret, this once."""
    return _with_secret(webhooks.register(session, principal, **body))


@doors.post("/webhooks/<uuid:webhook_id>/secret", status=200, roles=COMPANY, about=NOBODY,
            answer=schemas.SecretAnswer)  # fmt: skip
def rotate_webhook_secret(session: Session, principal: Principal, webhook_id: UUID) -> Any:
    """A new secret; for a while both sign."""
    return _with_secret(webhooks.rotate(session, principal, webhook_id))


@doors.post("/webhooks/<uuid:webhook_id>/off", status=200, roles=COMPANY, about=NOBODY, answer=schemas.WebhookAnswer)
def turn_webhook_off(session: Session, principal: Principal, webhook_id: UUID) -> Any:
    """Nothing is sent; what is to be told waits."""
    return webhooks.turn(session, principal, webhook_id, on=False)


@doors.post("/webhooks/<uuid:webhook_id>/on", status=200, roles=COMPANY, about=NOBODY, answer=schemas.WebhookAnswer)
def turn_webhook_on(session: Session, principal: Principal, webhook_id: UUID) -> Any:
    """What waits is sent."""
    return webhooks.turn(session, principal, webhook_id, on=True)


@doors.get("/webhook-deliveries", roles=COMPANY, about=NOBODY, query=PageQuery, answer=schemas.DeliveryPage)
def list_webhook_deliveries(session: Session, principal: Principal, query: dict[str, Any]) -> Any:
    """What was sent, newest first, and how it was answered."""
    return found_by.sent(session, principal, **query)


@doors.post("/webhook-deliveries/<uuid:delivery_id>/resend", status=200, roles=COMPANY, about=NOBODY,
            answer=schemas.DeliveryAnswer)  # fmt: skip
def resend_webhook_delivery(session: Session, principal: Principal, delivery_id: UUID) -> Any:
    """The same once more, with the same id."""
    return webhooks.resend(session, principal, delivery_id)
