"""The closed forum: what is posted there, who comes to an event, and the dialogue that the municipality relays."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.matching.models.copies import Base
from shared.database import Versioned, new_id
from shared.retention import Holds


class ForumPost(Versioned, Base):
    """A job post of a company, or an article, a video or an event of the municipality; `hidden_at` once taken down."""

    __tablename__ = "forum_post"
    holds = Holds(
        company="id kind title text link company_id posted_by posted_at hidden_at starts_at place capacity",
        technical="version",
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    title: Mapped[str]
    text: Mapped[str]
    link: Mapped[str | None]
    company_id: Mapped[UUID | None] = mapped_column(ForeignKey("company.id"))
    posted_by: Mapped[str]
    posted_at: Mapped[datetime]
    hidden_at: Mapped[datetime | None]
    starts_at: Mapped[datetime | None]
    place: Mapped[str | None]
    capacity: Mapped[int | None]


class ForumSeat(Base):
    """Somebody who signed up for an event: a citizen, or a company. The first `capacity` have a seat, the rest wait."""

    __tablename__ = "forum_seat"
    holds = Holds(person="citizen_id", identity="citizen_id", wishes="id post_id company_id taken_at")
    __table_args__ = (
        UniqueConstraint("post_id", "citizen_id", name="uq_forum_seat_citizen"),
        UniqueConstraint("post_id", "company_id", name="uq_forum_seat_company"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    post_id: Mapped[UUID] = mapped_column(ForeignKey("forum_post.id"))
    citizen_id: Mapped[UUID | None]
    company_id: Mapped[UUID | None] = mapped_column(ForeignKey("company.id"))
    taken_at: Mapped[datetime]


class ForumLine(Versioned, Base):
    """A line between a company and whoever is behind a profile; sealed, and unread until the municipality passes it."""

    __tablename__ = "forum_line"
    holds = Holds(
        person="citizen_id", identity="citizen_id",
        wishes="id profile_id company_id by_company sealed at state decided_by decided_at", technical="version",
    )  # fmt: skip
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    citizen_id: Mapped[UUID] = mapped_column(index=True)
    profile_id: Mapped[UUID]
    company_id: Mapped[UUID] = mapped_column(ForeignKey("company.id"), index=True)
    by_company: Mapped[bool]
    sealed: Mapped[str]
    at: Mapped[datetime]
    state: Mapped[str]
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None]
