"""Cohorts of young people who try educations together (13U), and each one's way through (C3)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from services.followup.models.base import Base
from services.followup.models.copies import Citizen
from shared.database import Versioned, new_id
from shared.retention import Holds


class Cohort(Versioned, Base):
    """A course for a number of people at a time; the last `placement_weeks` of it can be a placement."""

    __tablename__ = "cohort"
    holds = Holds(
        company="mentor_id",
        technical="id name tracks starts_on ends_on capacity placement_weeks made_by made_at version",
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    tracks: Mapped[list[str]] = mapped_column(ARRAY(String))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    capacity: Mapped[int]
    placement_weeks: Mapped[int]
    mentor_id: Mapped[UUID | None]
    made_by: Mapped[str]
    made_at: Mapped[datetime]


class CohortQuota(Versioned, Base):
    """How many of a cohort's places are a municipality's; without any quota all may fill all of them."""

    __tablename__ = "cohort_quota"
    __table_args__ = (UniqueConstraint("cohort_id", "municipality"),)
    holds = Holds(technical="id cohort_id municipality places version")
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    cohort_id: Mapped[UUID] = mapped_column(ForeignKey("cohort.id"))
    municipality: Mapped[str]
    places: Mapped[int]


class CohortMember(Versioned, Base):
    """Somebody's way through a cohort; the outcome is a person's word. Withdrawn, they have no seat."""

    __tablename__ = "cohort_member"
    __table_args__ = (Index("ix_cohort_member_cohort_id", "cohort_id"),)
    holds = Holds(
        person="citizen_id", identity="citizen_id age_at_start",
        case="id cohort_id municipality age_policy track placement_from placement_until outcome_code outcome_on "
        "enrolled_by enrolled_at withdrawn_at",
        technical="version",
    )  # fmt: skip
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    cohort_id: Mapped[UUID] = mapped_column(ForeignKey("cohort.id"))
    citizen_id: Mapped[UUID] = mapped_column(index=True)
    municipality: Mapped[str]
    age_at_start: Mapped[int]
    age_policy: Mapped[str]
    track: Mapped[str | None]
    placement_from: Mapped[date | None]
    placement_until: Mapped[date | None]
    outcome_code: Mapped[str | None]
    outcome_on: Mapped[date | None]
    enrolled_by: Mapped[str]
    enrolled_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    citizen: Mapped[Citizen | None] = relationship(
        primaryjoin=lambda: foreign(CohortMember.citizen_id) == Citizen.id, viewonly=True, lazy="joined"
    )


class CohortVisit(Base):
    """An education that somebody visited."""

    __tablename__ = "cohort_visit"
    __table_args__ = (Index("ix_cohort_visit_member_id", "member_id", "on_day"),)
    holds = Holds(person="member_id", case="id member_id on_day education noted_by")
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("cohort_member.id"))
    on_day: Mapped[date]
    education: Mapped[str]
    noted_by: Mapped[str]


class CohortEntry(Versioned, Base):
    """The mentor's entry about somebody on a day of the course; its words are copied nowhere."""

    __tablename__ = "cohort_entry"
    __table_args__ = (UniqueConstraint("member_id", "on_day"),)
    holds = Holds(
        person="member_id", case="id member_id on_day state noted_by noted_at", health_function="words",
        technical="version",
    )  # fmt: skip
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("cohort_member.id"))
    on_day: Mapped[date]
    state: Mapped[str]
    words: Mapped[str | None]
    noted_by: Mapped[str]
    noted_at: Mapped[datetime]
