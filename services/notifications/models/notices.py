"""The inbox in the product: what waits for somebody, who has read it, and what tells whose it is."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from services.notifications.models.base import Base
from shared.database import new_id
from shared.retention import Holds


class Notice(Base):
    """A thing to do or to know, once for each that it is about; ids and codes only. Cleared by what settles it.

    For those of `roles`: `owner` alone where there is one, else the unit (`unit_code`, or the citizen's), the company
    of `cvr`, its place `p_number`, or whoever signs in as the mentor `mentor_id`. `told_at` is when it was told last,
    in the teller's time.
    """

    __tablename__ = "notice"
    holds = Holds(
        person="citizen_id",
        aged_by="told_at",
        identity="citizen_id",
        message="id kind cause_id owner roles unit_code told_at cleared_at cleared_code placement_id",
        company="cvr p_number mentor_id",
    )
    __table_args__ = (
        UniqueConstraint("kind", "cause_id"),
        Index("ix_notice_citizen_id", "citizen_id"),
        Index("ix_notice_open", "id", postgresql_where="cleared_at IS NULL"),
        Index("ix_notice_cvr", "cvr"),
        Index("ix_notice_mentor_id", "mentor_id"),
        Index("ix_notice_placement_id", "placement_id", postgresql_where="cleared_at IS NULL"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    cause_id: Mapped[UUID]
    citizen_id: Mapped[UUID | None]
    placement_id: Mapped[UUID | None]
    owner: Mapped[str | None]
    roles: Mapped[list[str]] = mapped_column(ARRAY(String))
    unit_code: Mapped[str | None]
    cvr: Mapped[str | None]
    p_number: Mapped[str | None]
    mentor_id: Mapped[UUID | None]
    told_at: Mapped[datetime]
    cleared_at: Mapped[datetime | None]
    cleared_code: Mapped[str | None]


class NoticeRead(Base):
    """Somebody has read a notice, until they say otherwise."""

    __tablename__ = "notice_read"
    holds = Holds(technical="notice_id reader read_at")
    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notice.id", ondelete="CASCADE"), primary_key=True)
    reader: Mapped[str] = mapped_column(primary_key=True)
    read_at: Mapped[datetime]


class NeedPlace(Base):
    """At which place of which company a need is, as matching told."""

    __tablename__ = "need_place"
    holds = Holds(company="id company_id p_number", technical="version")
    id: Mapped[UUID] = mapped_column(primary_key=True)
    company_id: Mapped[UUID]
    p_number: Mapped[str]
    version: Mapped[int]


class CaseOf(Base):
    """Whose case an agreement is, as follow-up told last."""

    __tablename__ = "case_of"
    holds = Holds(person="citizen_id", identity="citizen_id", placement="id owner", technical="version")
    __table_args__ = (Index("ix_case_of_owner", "owner"), Index("ix_case_of_citizen_id", "citizen_id"))
    id: Mapped[UUID] = mapped_column(primary_key=True)
    citizen_id: Mapped[UUID]
    owner: Mapped[str | None]
    version: Mapped[int]
