"""Times that staff open for talks of the contact course, and the talks that are to come."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.followup.models.base import Base
from shared.database import Versioned, new_id
from shared.retention import Holds


class InterviewSlot(Versioned, Base):
    """A time at which one of the staff can talk with a citizen; closed ones can be booked no more."""

    __tablename__ = "interview_slot"
    __table_args__ = (UniqueConstraint("opened_by", "starts_at"),)
    holds = Holds(technical="id starts_at opened_by opened_at closed_at version")
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    starts_at: Mapped[datetime]
    opened_by: Mapped[str]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class InterviewCall(Versioned, Base):
    """A talk to come: the citizen books it until `book_by`, or is summoned to `starts_at`; one at a time is open.

    `policies` are the rows by which it was asked for. `outcome` is what became of it.
    """

    __tablename__ = "interview_call"
    __table_args__ = (
        Index("ix_interview_call_citizen_id", "citizen_id"),
        Index("uq_interview_call_slot_id", "slot_id", unique=True, postgresql_where="cancelled_at IS NULL"),
        Index("ix_interview_call_open", "id", postgresql_where="cancelled_at IS NULL AND outcome IS NULL"),
    )
    holds = Holds(
        person="citizen_id", identity="citizen_id",
        case="id slot_id book_by starts_at form booked_at made_by made_at cancelled_at outcome interview_id absence_id "
        "policies",
        technical="version",
    )  # fmt: skip
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    citizen_id: Mapped[UUID]
    slot_id: Mapped[UUID | None] = mapped_column(ForeignKey("interview_slot.id"))
    book_by: Mapped[date | None]
    starts_at: Mapped[datetime | None]
    form: Mapped[str | None]
    booked_at: Mapped[datetime | None]
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    interview_id: Mapped[UUID | None]
    absence_id: Mapped[UUID | None]
    policies: Mapped[str]
