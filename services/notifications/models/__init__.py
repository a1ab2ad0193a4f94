"""Tables of notifications: its own address book, the messages, and which lines rest."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, SmallInteger, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.orm import Mapped, mapped_column

from services.notifications.models.base import Base as Base
from services.notifications.models.feeds import CalendarFeed as CalendarFeed
from services.notifications.models.feeds import Talk as Talk
from services.notifications.models.handovers import Handover as Handover
from services.notifications.models.mentors import KnownMentor as KnownMentor
from services.notifications.models.mentors import MentorLogin as MentorLogin
from services.notifications.models.notices import CaseOf as CaseOf
from services.notifications.models.notices import NeedPlace as NeedPlace
from services.notifications.models.notices import Notice as Notice
from services.notifications.models.notices import NoticeRead as NoticeRead
from services.notifications.models.returns import Bounce as Bounce
from services.notifications.models.returns import Reply as Reply
from services.notifications.models.returns import ReturnedMail as ReturnedMail
from services.notifications.models.templates import TemplateVersion as TemplateVersion
from services.notifications.models.webhooks import Webhook as Webhook
from services.notifications.models.webhooks import WebhookDelivery as WebhookDelivery
from shared.database import Versioned, new_id
from shared.merges import Merge
from shared.retention import Holds


class Address(Base):
    """How to reach somebody, as last heard. A company is reached by its contact person, `name`.

    No mail goes to `email` while it is `email_failed`, where a mail bounced for good.
    `choices` are their own, by topic: {"letters": {"channel": "sms"}, "surveys": {"declined": true}}. `cpr_secret` is
    encrypted, and there only where Digital Post is set up.
    """

    __tablename__ = "address"
    __table_args__ = (Index("ix_address_email", "email"),)
    holds = Holds(
        person="id",
        identity="id name language digital_post_exempt protected cpr_secret",
        contact="email email_failed phone choices",
        company="organisation cvr",
        technical="kind version",
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str | None]
    organisation: Mapped[str | None]
    cvr: Mapped[str | None] = mapped_column(index=True)
    email: Mapped[str | None]
    email_failed: Mapped[str | None]
    phone: Mapped[str | None]
    language: Mapped[str]
    digital_post_exempt: Mapped[bool]
    protected: Mapped[bool]
    cpr_secret: Mapped[str | None]
    version: Mapped[int]
    choices: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default="{}")


class Message(Versioned, Base):
    """One letter to one recipient by one channel. It holds ids, dates and codes; address and words are looked up
    when it is sent. `people` must all be in the address book first; `round` counts the channels gone through.
    `chosen_code` says why it goes by its channel, `template_version` what the words were made of.
    At `expires_at` the last appointment it tells of begins: from then on it is not sent."""

    __tablename__ = "message"
    holds = Holds(
        person="people",
        aged_by="made_at",
        identity="people recipient_id",
        message="id cause_id template recipient_kind round data expires_at state channel language made_at sent_at",
        technical="cause_version cause_event correlation_id traceparent attempts next_try_at error_code provider_id "
        "version urgency chosen_code template_version",
    )
    __table_args__ = (
        UniqueConstraint("cause_id", "template", "recipient_id", "round"),
        Index("ix_message_state_id", "state", "id"),
        Index("ix_message_recipient_id", "recipient_id", "id"),
        Index("ix_message_sent_at", "sent_at"),
        Index("ix_message_due", "urgency", "next_try_at", "id", postgresql_where="state = 'queued'"),
        Index("ix_message_planned", "next_try_at", "id", postgresql_where="state = 'planned'"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    cause_id: Mapped[UUID]
    cause_version: Mapped[int]
    cause_event: Mapped[UUID]
    correlation_id: Mapped[str]
    traceparent: Mapped[str | None]
    template: Mapped[str]
    recipient_kind: Mapped[str]
    recipient_id: Mapped[UUID]
    round: Mapped[int]
    people: Mapped[list[UUID]] = mapped_column(ARRAY(PG_UUID(as_uuid=True)))
    data: Mapped[dict[str, Any]] = mapped_column(JSONB)
    urgency: Mapped[int] = mapped_column(SmallInteger, server_default=text("1"))
    expires_at: Mapped[datetime]
    state: Mapped[str]
    channel: Mapped[str | None]
    language: Mapped[str | None]
    made_at: Mapped[datetime]
    attempts: Mapped[int]
    next_try_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    error_code: Mapped[str | None]
    provider_id: Mapped[str | None]
    chosen_code: Mapped[str | None]
    template_version: Mapped[str | None]


class Receipt(Base):
    """What is known of a message after it left: that it reached its recipient, and that they had it before them."""

    __tablename__ = "receipt"
    __table_args__ = (UniqueConstraint("message_id", "step"),)
    holds = Holds(person="people", aged_by="at", identity="people", message="id message_id step how_code at")
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    message_id: Mapped[UUID] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"))
    people: Mapped[list[UUID]] = mapped_column(ARRAY(PG_UUID(as_uuid=True)))
    step: Mapped[str]
    how_code: Mapped[str]
    at: Mapped[datetime]


class PostStatus(Base):
    """What the event distributor told of a letter in Digital Post: once per status, by its own id."""

    __tablename__ = "post_status"
    __table_args__ = (Index("ix_post_status_message_id", "message_id"),)
    holds = Holds(person="people", aged_by="at", identity="people", message="id message_id state_code failure_code at")
    id: Mapped[UUID] = mapped_column(primary_key=True)
    message_id: Mapped[UUID] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"))
    people: Mapped[list[UUID]] = mapped_column(ARRAY(PG_UUID(as_uuid=True)))
    state_code: Mapped[str]
    failure_code: Mapped[str | None]
    at: Mapped[datetime]


class Line(Base):
    """A channel whose server did not answer: nothing is tried on it until then."""

    __tablename__ = "line"
    holds = Holds(technical="channel failures rests_until")
    channel: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    rests_until: Mapped[datetime]


class ChannelPause(Base):
    """A channel that operations have stopped: nothing leaves by it, and nothing is lost."""

    __tablename__ = "channel_pause"
    holds = Holds(technical="channel paused_at")
    channel: Mapped[str] = mapped_column(primary_key=True)
    paused_at: Mapped[datetime]


class CitizenMerge(Merge, Base):
    """Two records were one person's; no letter is sent about a talk that was given up then."""

    holds = Holds(person="id", identity="id into_id", log="at dropped", technical="freed_visitation_id")
    freed_visitation_id: Mapped[UUID | None]
