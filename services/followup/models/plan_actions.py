"""The plan of a single placement as the citizen sees it: who does what by when, and what the citizen says to it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.followup.models.base import Base
from shared.database import Versioned, new_id
from shared.retention import Holds


class PlanAction(Versioned, Base):
    """One thing that one party does by a day. `answer` is the citizen's, to the words as they stand; nothing of it is
    copied anywhere.
    """

    __tablename__ = "plan_action"
    __table_args__ = (Index("ix_plan_action_placement_id", "placement_id"),)
    holds = Holds(
        person="placement_id", health_function="what answer_words",
        placement="id placement_id party due_on made_by made_at done_at done_by withdrawn_at answer answered_at",
        technical="version",
    )  # fmt: skip
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placement.id"))
    what: Mapped[str | None]
    party: Mapped[str]
    due_on: Mapped[date | None]
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    done_by: Mapped[str | None]
    withdrawn_at: Mapped[datetime | None]
    answer: Mapped[str | None]
    answer_words: Mapped[str | None]
    answered_at: Mapped[datetime | None]


class PlanSharing(Versioned, Base):
    """The citizen lets this mentor see what is agreed in the plan, until they say otherwise; a new mentor is asked
    for anew.
    """

    __tablename__ = "plan_sharing"
    __table_args__ = (UniqueConstraint("placement_id", "mentor_id"),)
    holds = Holds(
        person="placement_id", placement="id placement_id given_at withdrawn_at", company="mentor_id",
        technical="version",
    )  # fmt: skip
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placement.id"))
    mentor_id: Mapped[UUID]
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
