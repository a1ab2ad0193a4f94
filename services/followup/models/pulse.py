"""How it goes, asked of citizen, company and mentor at once; each answers with one tap."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.followup.models.base import Base
from shared.database import Versioned, new_id
from shared.retention import Holds


class Pulse(Versioned, Base):
    """One question to all three, answered until `ends_at`."""

    __tablename__ = "pulse"
    __table_args__ = (Index("ix_pulse_placement_id", "placement_id", "asked_at"),)
    holds = Holds(
        person="placement_id", placement="id placement_id asked_by asked_at ends_at withdrawn_at", technical="version"
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placement.id"))
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class PulseAnswer(Versioned, Base):
    """One party's answer; their link leads to `id` and is signed, so that no key of it is kept."""

    __tablename__ = "pulse_answer"
    __table_args__ = (UniqueConstraint("pulse_id", "party"),)
    holds = Holds(person="pulse_id", health_function="answer", placement="id pulse_id party answered_at",
                  technical="version")  # fmt: skip
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    pulse_id: Mapped[UUID] = mapped_column(ForeignKey("pulse.id"))
    party: Mapped[str]
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]
