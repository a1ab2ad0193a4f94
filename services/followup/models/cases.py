"""Whose case a placement is, and what was agreed to happen next."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.followup.models.base import Base
from services.followup.models.placements import Placement
from shared.database import Versioned, new_id
from shared.retention import Holds


class Colleague(Base):
    """Somebody who follows placements, as the pages met them last."""

    __tablename__ = "colleague"
    holds = Holds(technical="subject name unit_code seen_at")
    subject: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    unit_code: Mapped[str | None]
    seen_at: Mapped[datetime]


class NextStep(Versioned, Base):
    """What somebody is to do by a day, agreed in a talk (`contact_id`) or when something else was settled."""

    __tablename__ = "next_step"
    __table_args__ = (
        Index("ix_next_step_placement_id", "placement_id"),
        Index("ix_next_step_contact_id", "contact_id"),
        Index("ix_next_step_open", "due_on", "id", postgresql_where="done_at IS NULL"),
    )
    holds = Holds(
        person="placement_id",
        placement="id placement_id contact_id code due_on owner made_by made_at done_at done_by",
        technical="version",
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placement.id"))
    contact_id: Mapped[UUID | None] = mapped_column(ForeignKey("contact.id"))
    code: Mapped[str]
    due_on: Mapped[date]
    owner: Mapped[str]
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    done_by: Mapped[str | None]

    placement: Mapped[Placement] = relationship(viewonly=True, lazy="joined", innerjoin=True)
