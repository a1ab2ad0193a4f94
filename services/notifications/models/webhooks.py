"""Companies' own systems that are told of what happens: where they listen, and what was sent there."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.notifications.models.base import Base
from shared.database import Versioned, new_id
from shared.retention import Holds


class Webhook(Versioned, Base):
    """An address of a company's system; of its places `p_numbers`, or of all where there are none.

    While a secret is changed both sign, the old one until `old_until`. After a failure nothing is sent until
    `rests_until`; `failures` counts those in a row.
    """

    __tablename__ = "webhook"
    __table_args__ = (Index("ix_webhook_cvr", "cvr"),)
    holds = Holds(
        company="id cvr p_numbers url made_at",
        technical="secret_sealed old_secret_sealed old_until failures rests_until off_at off_code version",
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    cvr: Mapped[str]
    p_numbers: Mapped[list[str]] = mapped_column(ARRAY(String))
    url: Mapped[str]
    secret_sealed: Mapped[str]
    old_secret_sealed: Mapped[str | None]
    old_until: Mapped[datetime | None]
    made_at: Mapped[datetime]
    failures: Mapped[int]
    rests_until: Mapped[datetime | None]
    off_at: Mapped[datetime | None]
    off_code: Mapped[str | None]


class WebhookDelivery(Base):
    """One thing told to one system: what, of which subject, and how it was answered. Ids only."""

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        Index("ix_webhook_delivery_webhook_id", "webhook_id", "id"),
        Index("ix_webhook_delivery_waiting", "next_try_at", "id", postgresql_where="state = 'waiting'"),
    )
    holds = Holds(
        aged_by="made_at",
        message="id webhook_id kind subject_id data state attempts next_try_at status error_code made_at answered_at",
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    webhook_id: Mapped[UUID] = mapped_column(ForeignKey("webhook.id", ondelete="CASCADE"))
    kind: Mapped[str]
    subject_id: Mapped[UUID]
    data: Mapped[dict[str, Any]] = mapped_column(JSONB)
    state: Mapped[str]
    attempts: Mapped[int]
    next_try_at: Mapped[datetime | None]
    status: Mapped[int | None]
    error_code: Mapped[str | None]
    made_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
