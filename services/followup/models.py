"""Follow-up's tables: its own copies of people and companies, and the placements it follows.

The copies have no foreign keys between them: an event about a placement may arrive before the company's own.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from shared.database import ServiceBase, Versioned, new_id, service_metadata


class Base(ServiceBase):
    """Follow-up's own metadata."""

    __abstract__ = True
    metadata = service_metadata()


class Citizen(Base):
    """Copy of a person as intake last told; no name where the address is protected."""

    __tablename__ = "citizen"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    language: Mapped[str]
    interpreter: Mapped[bool]
    version: Mapped[int]


class Company(Base):
    """Copy of a company as matching last told."""

    __tablename__ = "company"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    contact_name: Mapped[str | None]
    version: Mapped[int]


class FirstContact(Base):
    """Copy of a first contact, where a person's story begins."""

    __tablename__ = "first_contact"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    citizen_id: Mapped[UUID] = mapped_column(index=True)
    at: Mapped[datetime]
    channel: Mapped[str]
    statutory_due: Mapped[date | None]
    version: Mapped[int]


class Guidance(Base):
    """Guidance given at the first contact `id`; without a written one nothing can be proposed (LAS § 35(1))."""

    __tablename__ = "guidance"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    citizen_id: Mapped[UUID] = mapped_column(index=True)
    guidance_version: Mapped[str]
    written: Mapped[bool]
    given_at: Mapped[datetime]
    version: Mapped[int]


class Visitation(Base):
    """Copy of a triage talk that was held."""

    __tablename__ = "visitation"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    citizen_id: Mapped[UUID] = mapped_column(index=True)
    held_at: Mapped[datetime]
    version: Mapped[int]


class Readiness(Base):
    """The category of the citizen `id` as decided last; `version` is the citizen's own in intake."""

    __tablename__ = "readiness"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    category: Mapped[str]
    policy: Mapped[str]
    assessed_at: Mapped[datetime]
    version: Mapped[int]


class Placement(Versioned, Base):
    """A placement that is followed; `version` counts what follow-up did with it, not matching's versions."""

    __tablename__ = "placement"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    citizen_id: Mapped[UUID] = mapped_column(index=True)
    company_id: Mapped[UUID] = mapped_column(index=True)
    mentor_id: Mapped[UUID] = mapped_column(index=True)
    mentor_name: Mapped[str | None]
    p_number: Mapped[str]
    offer_type: Mapped[str]
    occupation: Mapped[str]
    purpose_code: Mapped[str]
    cadence: Mapped[str]
    cadence_policy: Mapped[str]
    hire_preagreed: Mapped[bool]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    first_day_at: Mapped[datetime]

    citizen: Mapped[Citizen | None] = relationship(
        primaryjoin=lambda: foreign(Placement.citizen_id) == Citizen.id, viewonly=True, lazy="joined"
    )
    company: Mapped[Company | None] = relationship(
        primaryjoin=lambda: foreign(Placement.company_id) == Company.id, viewonly=True, lazy="joined"
    )


class Contact(Versioned, Base):
    """One contact: planned, then held. `due_on` is the day it belongs to, `planned_at` when people meet."""

    __tablename__ = "contact"
    __table_args__ = (
        UniqueConstraint("placement_id", "kind", "due_on"),
        Index("ix_contact_open", "planned_at", "id", postgresql_where="held_at IS NULL"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placement.id"))
    kind: Mapped[str]
    form: Mapped[str]
    due_on: Mapped[date]
    planned_at: Mapped[datetime]
    policy: Mapped[str]
    moved_reason_code: Mapped[str | None]
    held_at: Mapped[datetime | None]
    held_by: Mapped[str | None]
    recorded_at: Mapped[datetime | None]
    outcome_code: Mapped[str | None]
    next_step_code: Mapped[str | None]

    placement: Mapped[Placement] = relationship(viewonly=True, lazy="joined", innerjoin=True)


class ChecklistItem(Base):
    """One thing to see to around the first day, and who ticked it."""

    __tablename__ = "checklist_item"
    __table_args__ = (UniqueConstraint("placement_id", "code"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placement.id"))
    code: Mapped[str]
    position: Mapped[int]
    policy: Mapped[str]
    done_at: Mapped[datetime | None]
    done_by: Mapped[str | None]


class HourAgreement(Versioned, Base):
    """Weekly hours from a day on, placement hours and paid hours apart (A20)."""

    __tablename__ = "hour_agreement"
    __table_args__ = (UniqueConstraint("placement_id", "starts_on"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placement.id"))
    starts_on: Mapped[date]
    placement_hours: Mapped[float]
    paid_hours: Mapped[float]
    reason_code: Mapped[str]
    asked_by: Mapped[str]
    agreed_at: Mapped[datetime]
