"""Who at a workplace can be a mentor, when, and for how many."""

from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from services.matching.models.copies import Base
from shared.database import Versioned, new_id
from shared.retention import Holds


class MentorHours(Versioned, Base):
    """One of a company's people who can be a mentor in those windows, for so many at once."""

    __tablename__ = "mentor_hours"
    holds = Holds(company="id workplace_id name windows at_once", technical="version")
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    workplace_id: Mapped[UUID] = mapped_column(ForeignKey("workplace.id"), index=True)
    name: Mapped[str]
    windows: Mapped[list[str]] = mapped_column(ARRAY(String))
    at_once: Mapped[int]
