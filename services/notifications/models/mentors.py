"""Who signs in as which mentor, and which mentors are the same, as follow-up told."""

from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from services.notifications.models.base import Base
from shared.retention import Holds


class MentorLogin(Base):
    """Somebody took a mentor's link: by the opaque id they sign in with they are that mentor."""

    __tablename__ = "mentor_login"
    holds = Holds(company="id mentor_id subject", technical="version")
    __table_args__ = (Index("ix_mentor_login_subject", "subject"),)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    mentor_id: Mapped[UUID]
    subject: Mapped[str]
    version: Mapped[int]


class KnownMentor(Base):
    """The mentor whom an agreement calls by this id is that one of the register; None is not in it."""

    __tablename__ = "known_mentor"
    holds = Holds(company="id mentor_id", technical="version")
    id: Mapped[UUID] = mapped_column(primary_key=True)
    mentor_id: Mapped[UUID | None]
    version: Mapped[int]
