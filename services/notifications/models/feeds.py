"""A consultant's talks, and the private address at which a calendar fetches them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from services.notifications.models.base import Base
from shared.retention import Holds


class Talk(Base):
    """A talk of an agreement as follow-up told last; planned, held or off. `told_at` is in the teller's time."""

    __tablename__ = "talk"
    __table_args__ = (Index("ix_talk_placement_id", "placement_id"), Index("ix_talk_citizen_id", "citizen_id"))
    holds = Holds(
        person="citizen_id",
        identity="citizen_id",
        placement="id placement_id company_id starts_at form state told_at",
        technical="sequence",
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    placement_id: Mapped[UUID]
    citizen_id: Mapped[UUID]
    company_id: Mapped[UUID]
    starts_at: Mapped[datetime]
    form: Mapped[str]
    state: Mapped[str]
    sequence: Mapped[int]
    told_at: Mapped[datetime]


class CalendarFeed(Base):
    """Somebody's private address: its hash alone. A new one ends the one before."""

    __tablename__ = "calendar_feed"
    holds = Holds(technical="owner code_hash made_at off_at")
    owner: Mapped[str] = mapped_column(primary_key=True)
    code_hash: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    off_at: Mapped[datetime | None]
