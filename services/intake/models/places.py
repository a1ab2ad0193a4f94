"""Places at the municipality's workplaces, and guidance about education: what is given inside the talk."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from services.intake.models.base import Base
from shared.database import new_id
from shared.retention import Holds


class Place(Base):
    """One place at a host from a day to a day: held while somebody sits there, given when they are referred."""

    __tablename__ = "place"
    __table_args__ = (Index("ix_place_host_id", "host_id", "ends_on"),)
    holds = Holds(
        person="visitation_id", case="id visitation_id host_id starts_at starts_on ends_on", technical="held_until"
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    visitation_id: Mapped[UUID] = mapped_column(ForeignKey("visitation.id"), unique=True)
    host_id: Mapped[UUID] = mapped_column(ForeignKey("host.id"))
    starts_at: Mapped[datetime]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    held_until: Mapped[datetime | None]


class EducationGuidance(Base):
    """A young person is to talk with a guide about education, by a day."""

    __tablename__ = "education_guidance"
    holds = Holds(person="visitation_id", case="id visitation_id guide_code due_on policy")
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    visitation_id: Mapped[UUID] = mapped_column(ForeignKey("visitation.id"), unique=True)
    guide_code: Mapped[str]
    due_on: Mapped[date]
    policy: Mapped[str]
