"""Talks of the contact course, beside the first one at the desk, and who is not in it as others are."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.followup.models.base import Base
from shared.database import Versioned, new_id
from shared.retention import Holds


class Interview(Versioned, Base):
    """A talk about work that took place; one that did not after all stays and counts for nothing."""

    __tablename__ = "interview"
    __table_args__ = (Index("ix_interview_citizen_id", "citizen_id", "held_on"),)
    holds = Holds(
        person="citizen_id", identity="citizen_id", case="id held_on form noted_by noted_at withdrawn_at",
        technical="version",
    )  # fmt: skip
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    citizen_id: Mapped[UUID]
    held_on: Mapped[date]
    form: Mapped[str]
    noted_by: Mapped[str]
    noted_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class InterviewStanding(Versioned, Base):
    """A person judged that somebody finds work alone, or has left the course; without a code they are in it.

    `booking_code` says that a person has exempted them from booking their talks, or taken the right away.
    """

    __tablename__ = "interview_standing"
    __table_args__ = (UniqueConstraint("citizen_id"),)
    holds = Holds(
        person="citizen_id", identity="citizen_id", case="id code set_by set_at booking_code booking_by booking_at",
        technical="version",
    )  # fmt: skip
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    citizen_id: Mapped[UUID]
    code: Mapped[str | None]
    set_by: Mapped[str]
    set_at: Mapped[datetime]
    booking_code: Mapped[str | None]
    booking_by: Mapped[str | None]
    booking_at: Mapped[datetime | None]
