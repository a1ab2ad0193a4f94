"""Hours as they were, the brake, what has to be on file first, and tasks that become paid once mastered."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.followup.models.base import Base
from shared.database import Versioned, new_id
from shared.retention import Holds


class WeekHours(Versioned, Base):
    """How many hours somebody told of for the week of a Monday; it goes before the sum of the days' attendance."""

    __tablename__ = "week_hours"
    __table_args__ = (UniqueConstraint("placement_id", "monday"),)
    holds = Holds(
        person="placement_id", placement="id placement_id monday hours told_by noted_by noted_at", technical="version"
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placement.id"))
    monday: Mapped[date]
    hours: Mapped[float]
    told_by: Mapped[str]
    noted_by: Mapped[str]
    noted_at: Mapped[datetime]


class HourReview(Versioned, Base):
    """The brake: a week above the agreed step, for adviser and coordinator to look at. It changes no plan."""

    __tablename__ = "hour_review"
    __table_args__ = (
        UniqueConstraint("placement_id", "monday"),
        Index("ix_hour_review_open", "placement_id", postgresql_where="adviser_at IS NULL OR coordinator_at IS NULL"),
    )
    holds = Holds(
        person="placement_id",
        placement="id placement_id monday agreed worked made_at adviser_at adviser_by coordinator_at coordinator_by",
        technical="version",
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placement.id"))
    monday: Mapped[date]
    agreed: Mapped[float]
    worked: Mapped[float]
    made_at: Mapped[datetime]
    adviser_at: Mapped[datetime | None]
    adviser_by: Mapped[str | None]
    coordinator_at: Mapped[datetime | None]
    coordinator_by: Mapped[str | None]


class DocumentGate(Versioned, Base):
    """Something that has to be on file before hours are agreed; here stands only that it is there, and where (C7)."""

    __tablename__ = "document_gate"
    __table_args__ = (UniqueConstraint("placement_id", "gate_code"),)
    holds = Holds(
        person="placement_id",
        case="id placement_id gate_code policy document_ref passed_at passed_by",
        technical="version",
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placement.id"))
    gate_code: Mapped[str]
    policy: Mapped[str]
    document_ref: Mapped[str | None]
    passed_at: Mapped[datetime | None]
    passed_by: Mapped[str | None]


class WorkTask(Versioned, Base):
    """A task with its weekly hours, which become paid from the day it is mastered (C4)."""

    __tablename__ = "work_task"
    __table_args__ = (Index("ix_work_task_placement_id", "placement_id"),)
    holds = Holds(
        person="placement_id", placement="id placement_id name weekly_hours mastered_on made_at", technical="version"
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placement.id"))
    name: Mapped[str]
    weekly_hours: Mapped[float]
    mastered_on: Mapped[date | None]
    made_at: Mapped[datetime]
