"""What a company does for people on the edge: the score card, promises in projects, how placements there ended."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from services.matching.models.copies import Base
from shared.database import Versioned, new_id
from shared.retention import Holds


class CsrAssessment(Base):
    """One look at a company's nine criteria; `evidence` stands in their order, empty where there is none."""

    __tablename__ = "csr_assessment"
    holds = Holds(company="id company_id assessed_on assessed_by assessed_name noted_at evidence")
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    company_id: Mapped[UUID] = mapped_column(ForeignKey("company.id"), index=True)
    assessed_on: Mapped[date]
    assessed_by: Mapped[str]
    assessed_name: Mapped[str]
    noted_at: Mapped[datetime]
    evidence: Mapped[list[str]] = mapped_column(ARRAY(String))


class Project(Versioned, Base):
    """An agreement on a project with what it aims at, from so many to so many; `social_clause` where a contract
    demands it."""

    __tablename__ = "project"
    holds = Holds(
        company="id name company_id starts_on ends_on social_clause jobs_min jobs_max apprentices_min apprentices_max "
        "placements_min placements_max made_by", technical="version",
    )  # fmt: skip
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    company_id: Mapped[UUID] = mapped_column(ForeignKey("company.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    social_clause: Mapped[bool]
    jobs_min: Mapped[int | None]
    jobs_max: Mapped[int | None]
    apprentices_min: Mapped[int | None]
    apprentices_max: Mapped[int | None]
    placements_min: Mapped[int | None]
    placements_max: Mapped[int | None]
    made_by: Mapped[str]


class ProjectPart(Base):
    """What a subcontractor promised in a project."""

    __tablename__ = "project_part"
    holds = Holds(company="id project_id company_id jobs apprentices placements")
    __table_args__ = (UniqueConstraint("project_id", "company_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    project_id: Mapped[UUID] = mapped_column(ForeignKey("project.id"))
    company_id: Mapped[UUID] = mapped_column(ForeignKey("company.id"), index=True)
    jobs: Mapped[int]
    apprentices: Mapped[int]
    placements: Mapped[int]


class ProjectNeed(Base):
    """A need that belongs to a project; whoever gets it counts there."""

    __tablename__ = "project_need"
    holds = Holds(company="need_id project_id")
    need_id: Mapped[UUID] = mapped_column(ForeignKey("need.id"), primary_key=True)
    project_id: Mapped[UUID] = mapped_column(ForeignKey("project.id"), index=True)


class PlacementOutcome(Base):
    """How a placement ended, as follow-up tells it: hire, next_area, next_place, nothing, or None for a mistake."""

    __tablename__ = "placement_outcome"
    holds = Holds(person="citizen_id", identity="citizen_id", placement="placement_id company_id outcome_code",
                  technical="version")  # fmt: skip
    placement_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    citizen_id: Mapped[UUID] = mapped_column(index=True)
    company_id: Mapped[UUID] = mapped_column(index=True)
    outcome_code: Mapped[str | None]


class Observation(Base):
    """What a workplace saw at the end of a placement, sealed: only the municipality's own people open it."""

    __tablename__ = "observation"
    holds = Holds(person="citizen_id", identity="citizen_id", case="id placement_id sealed told_by noted_by noted_at")
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placement.id"), index=True)
    citizen_id: Mapped[UUID] = mapped_column(index=True)
    sealed: Mapped[str]
    told_by: Mapped[str]
    noted_by: Mapped[str]
    noted_at: Mapped[datetime]
