"""A placement's part in a longer course, and what the course made clear at its end."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.followup.models.base import Base
from shared.database import Versioned, new_id
from shared.retention import Holds


class LongCourse(Versioned, Base):
    """First or last placement of several (C11), and what somebody found at its end; why is copied nowhere."""

    __tablename__ = "long_course"
    __table_args__ = (UniqueConstraint("placement_id"),)
    holds = Holds(
        person="placement_id", placement="id placement_id role role_by role_at",
        case="outcome_code outcome_by outcome_at", health_function="reasons", technical="version",
    )  # fmt: skip
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placement.id"))
    role: Mapped[str | None]
    role_by: Mapped[str]
    role_at: Mapped[datetime]
    outcome_code: Mapped[str | None]
    reasons: Mapped[str | None]
    outcome_by: Mapped[str | None]
    outcome_at: Mapped[datetime | None]
