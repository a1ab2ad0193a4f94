"""What each party says halfway and at the end, and what follows when the placement ends."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.followup.models.base import Base
from shared.database import Versioned, new_id
from shared.retention import Holds


class Evaluation(Versioned, Base):
    """One party's word on one evaluation: a verdict and their own words, which are copied nowhere."""

    __tablename__ = "evaluation"
    __table_args__ = (UniqueConstraint("placement_id", "kind", "party"),)
    holds = Holds(
        person="placement_id", placement="id placement_id kind party verdict noted_by noted_at",
        health_function="words", technical="version",
    )  # fmt: skip
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placement.id"))
    kind: Mapped[str]
    party: Mapped[str]
    verdict: Mapped[str]
    words: Mapped[str | None]
    noted_by: Mapped[str]
    noted_at: Mapped[datetime]


class Conclusion(Versioned, Base):
    """What was agreed to follow, by a person, once everybody was heard; taken back it stays, and nobody is shown it."""

    __tablename__ = "conclusion"
    __table_args__ = (UniqueConstraint("placement_id"),)
    holds = Holds(
        person="placement_id", placement="id placement_id outcome_code since made_by made_at taken_back_at",
        technical="version",
    )  # fmt: skip
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placement.id"))
    outcome_code: Mapped[str]
    since: Mapped[date | None]
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]
