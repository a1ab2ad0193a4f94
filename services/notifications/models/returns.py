"""What comes back: mails that bounced, answers to letters, and what was read of the mailbox they come to."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.orm import Mapped, mapped_column

from services.notifications.models.base import Base
from shared.database import new_id
from shared.retention import Holds


class Bounce(Base):
    """A server's word that a mail did not get there; `kind` is permanent, expired (tried in vain) or delayed."""

    __tablename__ = "bounce"
    __table_args__ = (UniqueConstraint("message_id", "kind"),)
    holds = Holds(person="people", aged_by="at", identity="people", message="id message_id kind status at")
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    message_id: Mapped[UUID] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"))
    people: Mapped[list[UUID]] = mapped_column(ARRAY(PG_UUID(as_uuid=True)))
    kind: Mapped[str]
    status: Mapped[str]
    at: Mapped[datetime]


class Reply(Base):
    """An answer to a letter, its words sealed to this service; without a message nobody knows to which.

    `from_known`: it came from the address that the letter went to. `files`: something hung on it that was not taken.
    """

    __tablename__ = "reply"
    holds = Holds(
        person="people", aged_by="received_at", identity="people",
        message="id message_id words_sealed from_known files received_at",
    )  # fmt: skip
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    message_id: Mapped[UUID | None] = mapped_column(ForeignKey("message.id", ondelete="SET NULL"))
    people: Mapped[list[UUID]] = mapped_column(ARRAY(PG_UUID(as_uuid=True)))
    words_sealed: Mapped[str]
    from_known: Mapped[bool]
    files: Mapped[bool]
    received_at: Mapped[datetime]


class ReturnedMail(Base):
    """A mail of the mailbox that was read, by the mailbox's own number; kept so that none counts twice.

    `tries`: how often it could not be dealt with. One that is put aside stays in the mailbox.
    """

    __tablename__ = "returned_mail"
    holds = Holds(technical="key kind tries read_at")
    key: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    tries: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    read_at: Mapped[datetime]
