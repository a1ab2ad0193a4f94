"""The job guarantee: a paid job at the end, where usual demands are met (C4), and how those were judged on the way."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.followup.models.base import Base
from shared.database import Versioned, new_id
from shared.retention import Holds


class JobGuarantee(Versioned, Base):
    """So many paid hours at the end. It is concluded from `earliest_end` on and by `latest_end`, never left open."""

    __tablename__ = "job_guarantee"
    __table_args__ = (
        UniqueConstraint("placement_id"),
        Index("ix_job_guarantee_open", "latest_end", postgresql_where="concluded_on IS NULL"),
    )
    holds = Holds(
        person="placement_id",
        placement="id placement_id starts_on target_hours earliest_end latest_end policies agreed_by agreed_at "
        "assessed_at concluded_on concluded_by outcome_code reason_code",
        technical="version",
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placement.id"))
    starts_on: Mapped[date]
    target_hours: Mapped[float]
    earliest_end: Mapped[date]
    latest_end: Mapped[date]
    policies: Mapped[str]
    agreed_by: Mapped[str]
    agreed_at: Mapped[datetime]
    assessed_at: Mapped[datetime | None]
    concluded_on: Mapped[date | None]
    concluded_by: Mapped[str | None]
    outcome_code: Mapped[str | None]
    reason_code: Mapped[str | None]


class GuaranteeAssessment(Base):
    """Whether one of the three demands was met on a day, as a person saw it; said again that day, the later counts."""

    __tablename__ = "guarantee_assessment"
    __table_args__ = (UniqueConstraint("guarantee_id", "on_day", "criterion"),)
    holds = Holds(person="guarantee_id", placement="id guarantee_id on_day criterion met made_by made_at")
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    guarantee_id: Mapped[UUID] = mapped_column(ForeignKey("job_guarantee.id"))
    on_day: Mapped[date]
    criterion: Mapped[str]
    met: Mapped[bool]
    made_by: Mapped[str]
    made_at: Mapped[datetime]
