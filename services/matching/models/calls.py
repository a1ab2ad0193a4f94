"""A company on the telephone: what was said and typed so far, kept until the call is over."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.matching.models.copies import Base
from shared.database import Versioned, new_id
from shared.retention import Holds


class Call(Versioned, Base):
    """A call; `state` is draft, done or thrown, and each consultant has one draft at most.

    `said` and `typed` (what the page's form holds, by its names) are emptied when the call is done. `read_back_until`
    is how long the company's link to what we wrote down works; `heard` is its word on it, confirmed or corrected.
    """

    __tablename__ = "call"
    holds = Holds(
        company="id owner company_id state said typed started_at saved_at need_id read_back_until heard heard_at",
        technical="version",
    )  # fmt: skip
    __table_args__ = (Index("uq_call_draft", "owner", unique=True, postgresql_where="state = 'draft'"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    owner: Mapped[str] = mapped_column(index=True)
    company_id: Mapped[UUID | None] = mapped_column(ForeignKey("company.id"))
    state: Mapped[str]
    said: Mapped[str]
    typed: Mapped[dict[str, Any]] = mapped_column(JSONB)
    started_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    need_id: Mapped[UUID | None] = mapped_column(ForeignKey("need.id"), index=True)
    read_back_until: Mapped[datetime | None]
    heard: Mapped[str | None]
    heard_at: Mapped[datetime | None]
