"""Who somebody is a mentor as."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from services.followup.models.base import Base
from shared.database import new_id
from shared.retention import Holds


class MentorInvitation(Base):
    """A link that makes whoever takes it the mentor of placements; only its hash is kept, and it is taken once."""

    __tablename__ = "mentor_invitation"
    __table_args__ = (Index("ix_mentor_invitation_subject", "subject", "mentor_id"),)
    holds = Holds(company="mentor_id subject", technical="id code_hash made_by made_at ends_at taken_at")
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    mentor_id: Mapped[UUID]
    code_hash: Mapped[str] = mapped_column(unique=True)
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    subject: Mapped[str | None]
    taken_at: Mapped[datetime | None]
