"""Jobs that a citizen was told to apply for, how far the letters about them got, and what was said about it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.intake.models.base import Base
from shared.database import Versioned, new_id
from shared.retention import Holds


class JobReferral(Versioned, Base):
    """A job to apply for by a day. `said` is the citizen's own words: they may hold anything, and stay here."""

    __tablename__ = "job_referral"
    __table_args__ = (Index("ix_job_referral_state", "state", "due_on", "id"),)
    holds = Holds(
        person="citizen_id",
        identity="citizen_id",
        case="id opening_ref title employer apply_at made_at made_by due_on due_policy state result_code answered_at "
        "answered_by lapsed_at followed_up_at followed_up_by contacted_at contacted_by contact_code",
        health_function="said",
        technical="version",
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    citizen_id: Mapped[UUID] = mapped_column(index=True)
    opening_ref: Mapped[UUID | None]
    title: Mapped[str]
    employer: Mapped[str]
    apply_at: Mapped[str | None]
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    due_on: Mapped[date]
    due_policy: Mapped[str | None]
    state: Mapped[str]
    result_code: Mapped[str | None]
    said: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str | None]
    lapsed_at: Mapped[datetime | None]
    followed_up_at: Mapped[datetime | None]
    followed_up_by: Mapped[str | None]
    contacted_at: Mapped[datetime | None]
    contacted_by: Mapped[str | None]
    contact_code: Mapped[str | None]

    letters: Mapped[list["LetterFact"]] = relationship(
        lambda: LetterFact, viewonly=True, order_by=lambda: (LetterFact.at, LetterFact.id)
    )
    request: Mapped["ReasonRequest | None"] = relationship(lambda: ReasonRequest, viewonly=True, uselist=False)


class ReasonRequest(Versioned, Base):
    """The citizen is asked why, in writing, and may answer until a day. `said` is their own words."""

    __tablename__ = "reason_request"
    holds = Holds(
        person="job_referral_id",
        case="id job_referral_id asked_at asked_by due_on due_policy ground_code answered_at answered_by",
        health_function="said",
        technical="version",
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    job_referral_id: Mapped[UUID] = mapped_column(ForeignKey("job_referral.id"), unique=True)
    asked_at: Mapped[datetime]
    asked_by: Mapped[str]
    due_on: Mapped[date]
    due_policy: Mapped[str]
    ground_code: Mapped[str | None]
    said: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str | None]


class LetterFact(Base):
    """One step of a letter about a job referral, as notifications told it: sent, given up, delivered, read."""

    __tablename__ = "letter_fact"
    __table_args__ = (UniqueConstraint("message_id", "channel", "step"),)
    holds = Holds(person="job_referral_id", case="id job_referral_id message_id template channel step detail_code at")
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    job_referral_id: Mapped[UUID] = mapped_column(ForeignKey("job_referral.id"), index=True)
    message_id: Mapped[UUID]
    template: Mapped[str]
    channel: Mapped[str]
    step: Mapped[str]
    detail_code: Mapped[str | None]
    at: Mapped[datetime]
