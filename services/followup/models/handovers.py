"""Cases on their way to a colleague, for good or for a holiday, with every promise that goes along."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.followup.models.base import Base
from services.followup.models.placements import Placement
from shared.database import Versioned, new_id
from shared.retention import Holds


class HandOver(Versioned, Base):
    """Somebody asks a colleague to take cases: `give` for good, `cover` from a day until one, then back by itself."""

    __tablename__ = "hand_over"
    __table_args__ = (Index("ix_hand_over_to_owner", "to_owner"), Index("ix_hand_over_from_owner", "from_owner"))
    holds = Holds(technical="id kind from_owner to_owner from_on until_on made_by made_at withdrawn_at version")
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    from_owner: Mapped[str]
    to_owner: Mapped[str]
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class HandOverLine(Base):
    """One promise in a case (or the case itself), which the receiver accepts line by line.

    `passed_at` stands on the case's own line once all its lines are accepted.
    """

    __tablename__ = "hand_over_line"
    __table_args__ = (
        Index("ix_hand_over_line_hand_over_id", "hand_over_id", "placement_id"),
        Index("ix_hand_over_line_placement_id", "placement_id"),
    )
    holds = Holds(
        person="placement_id",
        placement="id hand_over_id placement_id kind subject_id due_on state answered_at passed_at",
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    hand_over_id: Mapped[UUID] = mapped_column(ForeignKey("hand_over.id"))
    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placement.id"))
    kind: Mapped[str]
    subject_id: Mapped[UUID]
    due_on: Mapped[date | None]
    state: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    passed_at: Mapped[datetime | None]

    placement: Mapped[Placement] = relationship(viewonly=True, lazy="joined", innerjoin=True)
