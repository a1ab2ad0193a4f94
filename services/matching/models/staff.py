"""A workplace's staff as the company told it."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.matching.models.copies import Base
from shared.database import new_id
from shared.retention import Holds


class StaffMonth(Base):
    """One month's staff of a workplace in full-time equivalents, as the company told it."""

    __tablename__ = "staff_month"
    holds = Holds(company="id workplace_id month fte subsidised_fte")
    __table_args__ = (UniqueConstraint("workplace_id", "month"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    workplace_id: Mapped[UUID] = mapped_column(ForeignKey("workplace.id"))
    month: Mapped[date]
    fte: Mapped[float]
    subsidised_fte: Mapped[float]
