"""Intake's tables: citizens, first contacts, slots, visitations, what was referred and what is wished for."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shared.database import ServiceBase, Versioned, new_id, service_metadata


class Base(ServiceBase):
    """Intake's own metadata."""

    __abstract__ = True
    metadata = service_metadata()


class Citizen(Versioned, Base):
    """A person known to the desk. The CPR number is ciphertext bound to this row, found by a keyed index."""

    __tablename__ = "citizen"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    cpr_secret: Mapped[str]
    cpr_index: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    birth_date: Mapped[date]
    name: Mapped[str]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    language: Mapped[str]
    interpreter: Mapped[bool]
    digital_post_exempt: Mapped[bool]
    protected: Mapped[bool]
    postal_code: Mapped[str]
    municipality_code: Mapped[str]
    category: Mapped[str | None]
    registered_at: Mapped[datetime]


class FirstContact(Base):
    """One time somebody came about help, with both deadlines and the rows they were judged by."""

    __tablename__ = "first_contact"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    citizen_id: Mapped[UUID] = mapped_column(ForeignKey("citizen.id"), index=True)
    at: Mapped[datetime]
    channel: Mapped[str]
    applied_for: Mapped[str]
    guidance_version: Mapped[str]
    guidance_written: Mapped[bool]
    qualifying_education: Mapped[bool]
    local_goal_due: Mapped[date]
    local_goal_policy: Mapped[str]
    statutory_due: Mapped[date | None]
    statutory_policy: Mapped[str | None]


class Slot(Base):
    """A stretch of one consultant's time; free while it has no visitation."""

    __tablename__ = "slot"
    __table_args__ = (
        UniqueConstraint("consultant", "starts_at"),
        Index("ix_slot_free", "starts_at", "id", postgresql_where="visitation_id IS NULL"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    consultant: Mapped[str]
    place_code: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    visitation_id: Mapped[UUID | None] = mapped_column(unique=True)


class Visitation(Versioned, Base):
    """The triage talk: booked, then held with a decision that a person made."""

    __tablename__ = "visitation"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("first_contact.id"), unique=True)
    citizen_id: Mapped[UUID] = mapped_column(ForeignKey("citizen.id"), index=True)
    state: Mapped[str]
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    place_code: Mapped[str]
    within_local_goal: Mapped[bool]
    held_at: Mapped[datetime | None]
    default_category: Mapped[str | None]
    category: Mapped[str | None]
    category_policy: Mapped[str | None]
    override_reason_code: Mapped[str | None]
    decided_by: Mapped[str | None]

    referral: Mapped["Referral | None"] = relationship(lambda: Referral, viewonly=True, uselist=False)


class Host(Base):
    """A workplace that activation at once can be referred to."""

    __tablename__ = "host"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    public: Mapped[bool]
    place_code: Mapped[str]


class Referral(Base):
    """Activation at once, given inside the visitation."""

    __tablename__ = "referral"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    visitation_id: Mapped[UUID] = mapped_column(ForeignKey("visitation.id"), unique=True)
    offer_type: Mapped[str]
    host_code: Mapped[str] = mapped_column(ForeignKey("host.code"))
    starts_at: Mapped[datetime]
    weeks: Mapped[int]
    policy: Mapped[str | None]


class JobWishes(Versioned, Base):
    """What the citizen can and wants, in codes; needs are functional, never a reason for them."""

    __tablename__ = "job_wishes"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    citizen_id: Mapped[UUID] = mapped_column(ForeignKey("citizen.id"), unique=True)
    occupations: Mapped[list[str]] = mapped_column(ARRAY(String))
    forms: Mapped[list[str]] = mapped_column(ARRAY(String))
    weekly_hours_min: Mapped[float]
    weekly_hours_max: Mapped[float]
    availability: Mapped[list[str]] = mapped_column(ARRAY(String))
    travel_km_max: Mapped[int]
    licences: Mapped[list[str]] = mapped_column(ARRAY(String))
    needs: Mapped[list[str]] = mapped_column(ARRAY(String))
    mentor_wanted: Mapped[bool]
    changes: Mapped[int] = mapped_column(default=0)
    consent_to_matching: Mapped[bool]
