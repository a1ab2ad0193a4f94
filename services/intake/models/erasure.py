"""What keeps a person from being erased, and what is announced to go."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, String
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from services.intake.models.base import Base
from shared.database import new_id
from shared.retention import Holds


class Engagement(Base):
    """A match or a placement as matching last told: while it lasts, and for years after, its citizen is not erased."""

    __tablename__ = "engagement"
    holds = Holds(person="citizen_id", identity="citizen_id", placement="id is_open last_at", technical="version")
    id: Mapped[UUID] = mapped_column(primary_key=True)
    citizen_id: Mapped[UUID] = mapped_column(index=True)
    is_open: Mapped[bool]
    last_at: Mapped[datetime]
    version: Mapped[int]


class Erasure(Base):
    """Classes of data about a citizen that go on a day: announced, perhaps stopped by a person, at last done."""

    __tablename__ = "erasure"
    __table_args__ = (Index("ix_erasure_open", "due_on", "id", postgresql_where="erased_at IS NULL"),)
    holds = Holds(
        person="citizen_id",
        identity="citizen_id",
        log="id classes policies reason_code announced_at announced_by due_on stopped_at stopped_by stop_reason_code "
        "erased_at",
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    citizen_id: Mapped[UUID] = mapped_column(index=True)
    classes: Mapped[list[str]] = mapped_column(ARRAY(String))
    policies: Mapped[list[str]] = mapped_column(ARRAY(String))
    reason_code: Mapped[str]
    announced_at: Mapped[datetime]
    announced_by: Mapped[str | None]
    due_on: Mapped[date]
    stopped_at: Mapped[datetime | None]
    stopped_by: Mapped[str | None]
    stop_reason_code: Mapped[str | None]
    erased_at: Mapped[datetime | None]
