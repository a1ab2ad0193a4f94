"""Who lives in a housing area, as far as work there needs it, and what subcontractors promised (C12)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, String
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from services.followup.models.base import Base
from shared.database import Versioned, new_id
from shared.retention import Holds


class AreaResident(Versioned, Base):
    """Somebody of an area: what they live by, when the right to dagpenge ends, and what they can, all as codes.

    Nobody with a protected address is here.
    """

    __tablename__ = "area_resident"
    __table_args__ = (Index("ix_area_resident_area_code", "area_code"),)
    holds = Holds(
        person="citizen_id", identity="citizen_id",
        case="id area_code benefit dagpenge_until qualifications noted_by noted_at left_at", technical="version",
    )  # fmt: skip
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    citizen_id: Mapped[UUID] = mapped_column(index=True)
    area_code: Mapped[str]
    benefit: Mapped[str]
    dagpenge_until: Mapped[date | None]
    qualifications: Mapped[list[str]] = mapped_column(ARRAY(String))
    noted_by: Mapped[str]
    noted_at: Mapped[datetime]
    left_at: Mapped[datetime | None]


class AreaPromise(Versioned, Base):
    """What a subcontractor of a building project promised: so many, of which so many are kept."""

    __tablename__ = "area_promise"
    __table_args__ = (Index("ix_area_promise_area_code", "area_code"),)
    holds = Holds(
        company="id company_id area_code project kind promised kept due_on made_at taken_back_at",
        technical="made_by version",
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    company_id: Mapped[UUID] = mapped_column(index=True)
    area_code: Mapped[str]
    project: Mapped[str]
    kind: Mapped[str]
    promised: Mapped[int]
    kept: Mapped[int]
    due_on: Mapped[date]
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]
