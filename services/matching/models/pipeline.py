"""What happens to a need before a proposal: who is kept in mind, who has it, and what consultants are told."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from services.matching.models.copies import Base
from shared.database import Versioned, new_id
from shared.retention import Holds


class Shortlisted(Base):
    """Somebody who is kept in mind for a need; no company hears of it."""

    __tablename__ = "shortlisted"
    holds = Holds(person="citizen_id", identity="citizen_id", placement="id need_id added_by added_at")
    __table_args__ = (UniqueConstraint("need_id", "citizen_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    need_id: Mapped[UUID] = mapped_column(ForeignKey("need.id"))
    citizen_id: Mapped[UUID] = mapped_column(index=True)
    added_by: Mapped[str]
    added_at: Mapped[datetime]


class Pooled(Base):
    """Somebody who is kept in mind for the next need of an occupation."""

    __tablename__ = "pooled"
    holds = Holds(person="citizen_id", identity="citizen_id", placement="id occupation added_by added_at")
    __table_args__ = (UniqueConstraint("occupation", "citizen_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    occupation: Mapped[str]
    citizen_id: Mapped[UUID] = mapped_column(index=True)
    added_by: Mapped[str]
    added_at: Mapped[datetime]


class NeedHolder(Versioned, Base):
    """Which consultant has a need; `offered_at` while it waits for a colleague to take it over."""

    __tablename__ = "need_holder"
    holds = Holds(company="need_id held_by held_name since offered_at", technical="version")
    need_id: Mapped[UUID] = mapped_column(ForeignKey("need.id"), primary_key=True)
    held_by: Mapped[str] = mapped_column(index=True)
    held_name: Mapped[str]
    since: Mapped[datetime]
    offered_at: Mapped[datetime | None]


class Notice(Base):
    """What a consultant is told once of a match or a need: `about` is its id."""

    __tablename__ = "notice"
    holds = Holds(aged_by="at", log="id to_subject kind about need_id at seen_at")
    __table_args__ = (UniqueConstraint("to_subject", "kind", "about"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    to_subject: Mapped[str]
    kind: Mapped[str]
    about: Mapped[UUID]
    need_id: Mapped[UUID] = mapped_column(ForeignKey("need.id"))
    at: Mapped[datetime]
    seen_at: Mapped[datetime | None]


class NoMatch(Base):
    """Why nobody was proposed for a need, as one consultant saw it on a day; `excluded` says "travel 12"."""

    __tablename__ = "no_match"
    holds = Holds(company="id need_id on_day noted_by noted_at reasons excluded")
    __table_args__ = (UniqueConstraint("need_id", "on_day", "noted_by"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    need_id: Mapped[UUID] = mapped_column(ForeignKey("need.id"))
    on_day: Mapped[date]
    noted_by: Mapped[str]
    noted_at: Mapped[datetime]
    reasons: Mapped[list[str]] = mapped_column(ARRAY(String))
    excluded: Mapped[list[str]] = mapped_column(ARRAY(String))


class SavedSearch(Base):
    """What a consultant wants to hear of: needs of an occupation, or needs that fit a person."""

    __tablename__ = "saved_search"
    holds = Holds(
        person="citizen_id", identity="citizen_id",
        wishes="id owner occupation employment_forms weekly_hours_max saved_at",
    )  # fmt: skip
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    owner: Mapped[str] = mapped_column(index=True)
    citizen_id: Mapped[UUID | None] = mapped_column(index=True)
    occupation: Mapped[str | None]
    employment_forms: Mapped[list[str]] = mapped_column(ARRAY(String))
    weekly_hours_max: Mapped[float | None]
    saved_at: Mapped[datetime]
