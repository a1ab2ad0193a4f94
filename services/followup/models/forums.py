"""How a family's meeting was noted before somebody noted it otherwise."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.followup.models.base import Base
from shared.database import new_id
from shared.retention import Holds


class ForumBefore(Base):
    """A meeting's day, decisions and who was there (side, name) as they stood until `replaced_at`."""

    __tablename__ = "forum_before"
    holds = Holds(
        person="forum_id", case="id forum_id held_on there noted_by noted_at replaced_at", health_function="decisions"
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    forum_id: Mapped[UUID] = mapped_column(ForeignKey("family_forum.id"), index=True)
    held_on: Mapped[date]
    decisions: Mapped[str | None]
    there: Mapped[list[list[str]]] = mapped_column(JSONB)
    noted_by: Mapped[str]
    noted_at: Mapped[datetime]
    replaced_at: Mapped[datetime]
