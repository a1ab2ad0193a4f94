"""Who works when, where there is room, and the slots that come of it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from services.intake.models.base import Base
from shared.database import Versioned, new_id
from shared.retention import Holds


class Consultant(Versioned, Base):
    """Somebody who holds talks. `hours` are "mon 09:00-15:00", as many a day as there are; slots name the code."""

    __tablename__ = "consultant"
    holds = Holds(technical="id code name hours active version")
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    hours: Mapped[list[str]] = mapped_column(ARRAY(String))
    active: Mapped[bool]


class Absence(Base):
    """A consultant is not there; why is nobody's business here."""

    __tablename__ = "absence"
    holds = Holds(technical="id consultant_id starts_at ends_at")
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    consultant_id: Mapped[UUID] = mapped_column(ForeignKey("consultant.id"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class Room(Versioned, Base):
    """A room with places for so many talks at a time."""

    __tablename__ = "room"
    holds = Holds(technical="id code name place_code places active version")
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    place_code: Mapped[str]
    places: Mapped[int]
    active: Mapped[bool]


class Slot(Base):
    """A stretch of one consultant's time at one place of a room; free while nobody has it and nobody holds it.

    `hold_id` is whoever stands at a desk and decides; after `held_until` it means nothing. `off_calendar` marks a
    slot that was given away and that the calendars no longer give.
    """

    __tablename__ = "slot"
    holds = Holds(
        case="visitation_id",
        technical="id consultant room_code seat place_code starts_at ends_at hold_id held_until off_calendar",
    )
    __table_args__ = (
        UniqueConstraint("consultant", "starts_at"),
        UniqueConstraint("room_code", "seat", "starts_at"),
        Index("ix_slot_free", "starts_at", "id", postgresql_where="visitation_id IS NULL"),
        Index("ix_slot_hold_id", "hold_id", postgresql_where="hold_id IS NOT NULL"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    consultant: Mapped[str]
    room_code: Mapped[str]
    seat: Mapped[int]
    place_code: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    visitation_id: Mapped[UUID | None] = mapped_column(unique=True)
    hold_id: Mapped[UUID | None]
    held_until: Mapped[datetime | None]
    off_calendar: Mapped[bool] = mapped_column(default=False)
