"""How a company is looked after: by whom, what it was promised, who was in touch, and when it wants peace."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from services.matching.models.copies import Base
from shared.database import Versioned, new_id
from shared.retention import Holds


class CompanyPromise(Versioned, Base):
    """What a company was told that it would hear or get; `due_on` is none where no time is configured.

    Nobody's (`owner` none) until a consultant does it or has the company. `broken_at` is when it was found not kept.
    """

    __tablename__ = "company_promise"
    holds = Holds(
        company="id company_id need_id kind due_on owner owner_name made_at done_at done_by broken_at",
        technical="version",
    )  # fmt: skip
    __table_args__ = (Index("ix_company_promise_open", "due_on", postgresql_where="done_at IS NULL"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    company_id: Mapped[UUID] = mapped_column(ForeignKey("company.id"), index=True)
    need_id: Mapped[UUID | None] = mapped_column(ForeignKey("need.id"))
    kind: Mapped[str]
    due_on: Mapped[date | None]
    owner: Mapped[str | None]
    owner_name: Mapped[str | None]
    made_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    done_by: Mapped[str | None]
    broken_at: Mapped[datetime | None]


class CompanyConsultant(Versioned, Base):
    """The one consultant whom a company knows; `offered_at` while a colleague is to take it over."""

    __tablename__ = "company_consultant"
    holds = Holds(company="company_id subject name since offered_at", technical="version")
    company_id: Mapped[UUID] = mapped_column(ForeignKey("company.id"), primary_key=True)
    subject: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    since: Mapped[datetime]
    offered_at: Mapped[datetime | None]


class ConsultantCover(Base):
    """Somebody who is away from a day to a day, and the colleague who looks after their companies meanwhile."""

    __tablename__ = "consultant_cover"
    holds = Holds(company="id absent absent_name cover cover_name from_on until_on made_at")
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    absent: Mapped[str] = mapped_column(index=True)
    absent_name: Mapped[str]
    cover: Mapped[str]
    cover_name: Mapped[str]
    from_on: Mapped[date]
    until_on: Mapped[date]
    made_at: Mapped[datetime]


class CompanyContact(Base):
    """Somebody of a team was in touch with a company, or the company with us."""

    __tablename__ = "company_contact"
    holds = Holds(company="id company_id at by_subject by_name team way direction outcome over_budget_reason")
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    company_id: Mapped[UUID] = mapped_column(ForeignKey("company.id"), index=True)
    at: Mapped[datetime]
    by_subject: Mapped[str]
    by_name: Mapped[str]
    team: Mapped[str | None]
    way: Mapped[str]
    direction: Mapped[str]
    outcome: Mapped[str]
    over_budget_reason: Mapped[str | None]


class CompanyPause(Versioned, Base):
    """Until when a company is not to be approached, and why; after that day it can be again."""

    __tablename__ = "company_pause"
    holds = Holds(company="company_id until_on reason_code made_by", technical="version")
    company_id: Mapped[UUID] = mapped_column(ForeignKey("company.id"), primary_key=True)
    until_on: Mapped[date | None]
    reason_code: Mapped[str]
    made_by: Mapped[str]
