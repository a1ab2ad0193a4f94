"""The job bank: seasons in which a workplace asks as it did before, and former people who want to be asked again."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from services.matching.models.copies import Base
from shared.database import Versioned, new_id
from shared.retention import Holds


class Season(Versioned, Base):
    """Months ("03") in which a workplace needs so many more, on the terms of the need it asked for before."""

    __tablename__ = "season"
    holds = Holds(company="id workplace_id name months positions pattern_need_id last_need_id", technical="version")
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    workplace_id: Mapped[UUID] = mapped_column(ForeignKey("workplace.id"), index=True)
    name: Mapped[str]
    months: Mapped[list[str]] = mapped_column(ARRAY(String))
    positions: Mapped[int]
    pattern_need_id: Mapped[UUID] = mapped_column(ForeignKey("need.id"))
    last_need_id: Mapped[UUID | None] = mapped_column(ForeignKey("need.id"))


class Alumnus(Base):
    """Somebody who was at a company and said that it may ask for them again; without a yes there is no row."""

    __tablename__ = "alumnus"
    holds = Holds(person="citizen_id", identity="citizen_id", wishes="id company_id said_at how heard_by")
    __table_args__ = (UniqueConstraint("citizen_id", "company_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    citizen_id: Mapped[UUID] = mapped_column(index=True)
    company_id: Mapped[UUID] = mapped_column(ForeignKey("company.id"), index=True)
    said_at: Mapped[datetime]
    how: Mapped[str]
    heard_by: Mapped[str | None]
