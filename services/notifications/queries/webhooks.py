"""What companies' systems were told."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.notifications.models import WebhookDelivery
from services.notifications.use_cases import webhooks
from shared.auth import Principal


def sent(session: Session, who: Principal, *, cursor: UUID | None, limit: int) -> dict[str, Any]:
    """To all systems of the caller's company, newest first."""
    own = [one.id for one in webhooks.of(session, who)]
    wanted = select(WebhookDelivery).where(WebhookDelivery.webhook_id.in_(own))
    if cursor is not None:
        wanted = wanted.where(WebhookDelivery.id < cursor)
    found = session.scalars(wanted.order_by(WebhookDelivery.id.desc()).limit(limit + 1)).all()
    return {"items": found[:limit], "next": found[limit - 1].id if len(found) > limit else None}
