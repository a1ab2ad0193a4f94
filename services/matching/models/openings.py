"""What consultants find on visits: tasks that were never advertised, and who does them today."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from services.matching.models.copies import Base
from shared.database import Versioned, new_id
from shared.retention import Holds


class Visit(Base):
    """A consultant was at a workplace on a day."""

    __tablename__ = "visit"
    holds = Holds(company="id company_id p_number visited_on noted_by noted_name noted_at")
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    company_id: Mapped[UUID] = mapped_column(ForeignKey("company.id"), index=True)
    p_number: Mapped[str] = mapped_column(ForeignKey("workplace.p_number"), index=True)
    visited_on: Mapped[date] = mapped_column(index=True)
    noted_by: Mapped[str]
    noted_name: Mapped[str]
    noted_at: Mapped[datetime]


class SpottedOpening(Versioned, Base):
    """A task that somebody could have: spotted on a visit, made into a need alone or with others, or dropped.

    `done_by` is a function, never a person; `skilled_hours` are theirs in a week. `known_before` is whether the company
    knew that it had the need.
    """

    __tablename__ = "spotted_opening"
    holds = Holds(
        company="id visit_id p_number task windows done_by skilled_hours known_before unadvertised state reason_code "
        "need_id", technical="version",
    )  # fmt: skip
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"), index=True)
    p_number: Mapped[str] = mapped_column(ForeignKey("workplace.p_number"), index=True)
    task: Mapped[str]
    windows: Mapped[list[str]] = mapped_column(ARRAY(String))
    done_by: Mapped[str | None]
    skilled_hours: Mapped[float | None]
    known_before: Mapped[bool]
    unadvertised: Mapped[bool]
    state: Mapped[str]
    reason_code: Mapped[str | None]
    need_id: Mapped[UUID | None] = mapped_column(ForeignKey("need.id"), index=True)
