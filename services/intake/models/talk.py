"""What a talk leads to besides jobs and places: CV days, help given, hours that count, own words, an outcome."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.intake.models.base import Base
from shared.database import Versioned, new_id
from shared.retention import Holds


class CvDeadline(Versioned, Base):
    """By when somebody's CV is to be on Jobnet, for the group they belong to."""

    __tablename__ = "cv_deadline"
    __table_args__ = (Index("ix_cv_deadline_state", "state", "due_on", "id"),)
    holds = Holds(
        person="citizen_id",
        identity="citizen_id",
        case="id contact_id group_code due_on policy state set_at reminded_at met_at met_by missed_at",
        technical="version",
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    citizen_id: Mapped[UUID] = mapped_column(index=True)
    contact_id: Mapped[UUID] = mapped_column(unique=True)
    group_code: Mapped[str]
    due_on: Mapped[date]
    policy: Mapped[str]
    state: Mapped[str]
    set_at: Mapped[datetime]
    reminded_at: Mapped[datetime | None]
    met_at: Mapped[datetime | None]
    met_by: Mapped[str | None]
    missed_at: Mapped[datetime | None]


class AssistedItem(Base):
    """One thing that somebody was helped with at the desk, ticked with its time."""

    __tablename__ = "assisted_item"
    __table_args__ = (UniqueConstraint("citizen_id", "item_code", "on_day"),)
    holds = Holds(person="citizen_id", identity="citizen_id", case="id item_code on_day given_at given_by")
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    citizen_id: Mapped[UUID]
    item_code: Mapped[str]
    on_day: Mapped[date]
    given_at: Mapped[datetime]
    given_by: Mapped[str]


class WorkDuty(Base):
    """From a day on somebody has a work duty of so many hours a week, as an adviser decided; none is an exemption."""

    __tablename__ = "work_duty"
    __table_args__ = (UniqueConstraint("citizen_id", "from_on"),)
    holds = Holds(
        person="citizen_id", identity="citizen_id", case="id from_on weekly_hours policy decided_at decided_by"
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    citizen_id: Mapped[UUID]
    from_on: Mapped[date]
    weekly_hours: Mapped[float]
    policy: Mapped[str]
    decided_at: Mapped[datetime]
    decided_by: Mapped[str]


class WorkHours(Base):
    """Hours of a week that are said to count; the kind may tell of treatment, so it is kept as a need is.

    What a citizen noted (`noted_by` is "citizen") counts once staff have confirmed it.
    """

    __tablename__ = "work_hours"
    __table_args__ = (Index("ix_work_hours_week", "citizen_id", "monday"),)
    holds = Holds(
        person="citizen_id", identity="citizen_id",
        case="id monday hours source_code noted_at noted_by confirmed_at confirmed_by",
        health_function="kind_code",
    )  # fmt: skip
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    citizen_id: Mapped[UUID]
    monday: Mapped[date]
    kind_code: Mapped[str]
    hours: Mapped[float]
    source_code: Mapped[str]
    noted_at: Mapped[datetime]
    noted_by: Mapped[str]
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[str | None]


class DoorOutcome(Base):
    """How a first contact ended at the door, in a neutral code."""

    __tablename__ = "door_outcome"
    holds = Holds(person="citizen_id", identity="citizen_id", case="id contact_id outcome_code noted_at noted_by")
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    citizen_id: Mapped[UUID] = mapped_column(index=True)
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("first_contact.id"), unique=True)
    outcome_code: Mapped[str]
    noted_at: Mapped[datetime]
    noted_by: Mapped[str]


class OwnKnowledge(Versioned, Base):
    """What somebody knows of themselves as a worker, in their own words; it may hold anything and stays here."""

    __tablename__ = "own_knowledge"
    holds = Holds(
        person="citizen_id",
        identity="citizen_id",
        health_function="id tasks hours times_of_day transport licences languages adjustments noted_at",
        technical="version",
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    citizen_id: Mapped[UUID] = mapped_column(unique=True)
    tasks: Mapped[str | None]
    hours: Mapped[str | None]
    times_of_day: Mapped[str | None]
    transport: Mapped[str | None]
    licences: Mapped[str | None]
    languages: Mapped[str | None]
    adjustments: Mapped[str | None]
    noted_at: Mapped[datetime]


class FoundOpening(Base):
    """A job or an education that the person found themselves."""

    __tablename__ = "found_opening"
    holds = Holds(person="citizen_id", identity="citizen_id", wishes="id kind title place noted_at")
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    citizen_id: Mapped[UUID] = mapped_column(index=True)
    kind: Mapped[str]
    title: Mapped[str]
    place: Mapped[str]
    noted_at: Mapped[datetime]
