"""Attendance, and what follows when somebody does not come."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.followup.models.base import Base
from shared.database import Versioned, new_id
from shared.retention import Holds


class Attendance(Versioned, Base):
    """One day of a placement: whether the citizen came, and for how many hours."""

    __tablename__ = "attendance"
    __table_args__ = (UniqueConstraint("placement_id", "on_day"),)
    holds = Holds(
        person="placement_id", placement="id placement_id on_day state hours noted_by noted_at", technical="version"
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placement.id"))
    on_day: Mapped[date]
    state: Mapped[str]
    hours: Mapped[float | None]
    noted_by: Mapped[str]
    noted_at: Mapped[datetime]


class Absence(Versioned, Base):
    """Somebody did not come to a talk or a placement, and what was done about it. Nothing here deducts anything.

    `ground_code` and `reasonable` are a person's word; `answer` is the citizen's own, and is copied nowhere.
    """

    __tablename__ = "absence"
    __table_args__ = (Index("ix_absence_citizen_id", "citizen_id", "on_day"),)
    holds = Holds(
        person="citizen_id", identity="citizen_id", health_function="ground_code answer",
        case="id kind on_day registered_by registered_at reasonable restored_on hearing_opened_at hearing_due "
        "hearing_policies answered_at handed_over_at handed_over_by closed_at closed_code",
        technical="version",
    )  # fmt: skip
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    citizen_id: Mapped[UUID]
    kind: Mapped[str]
    on_day: Mapped[date]
    registered_by: Mapped[str]
    registered_at: Mapped[datetime]
    ground_code: Mapped[str | None]
    reasonable: Mapped[bool | None]
    restored_on: Mapped[date | None]
    hearing_opened_at: Mapped[datetime | None]
    hearing_due: Mapped[date | None]
    hearing_policies: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    answer: Mapped[str | None]
    handed_over_at: Mapped[datetime | None]
    handed_over_by: Mapped[str | None]
    closed_at: Mapped[datetime | None]
    closed_code: Mapped[str | None]


class ContactAttempt(Base):
    """Somebody tried to reach the citizen."""

    __tablename__ = "contact_attempt"
    __table_args__ = (Index("ix_contact_attempt_absence_id", "absence_id", "at"),)
    holds = Holds(person="absence_id", case="id absence_id at way reached made_by")
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    absence_id: Mapped[UUID] = mapped_column(ForeignKey("absence.id"))
    at: Mapped[datetime]
    way: Mapped[str]
    reached: Mapped[bool]
    made_by: Mapped[str]
