"""A virksomhedscenter: standing places at a workplace by weekday and time, who has them, and who waits."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from services.matching.models.copies import Base
from shared.database import Versioned, new_id
from shared.retention import Holds

LIVE = ("waiting", "offered", "taken")


class Centre(Versioned, Base):
    """What a workplace is best as (`role`: first, last or either place), and if it rather has people from elsewhere."""

    __tablename__ = "centre"
    holds = Holds(company="id workplace_id role prefers_elsewhere", technical="version")
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    workplace_id: Mapped[UUID] = mapped_column(ForeignKey("workplace.id"), unique=True)
    role: Mapped[str]
    prefers_elsewhere: Mapped[bool]


class CentrePlace(Base):
    """One standing place, in those windows of every week; several may share it at different times."""

    __tablename__ = "centre_place"
    holds = Holds(company="id centre_id name windows")
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    centre_id: Mapped[UUID] = mapped_column(ForeignKey("centre.id"), index=True)
    name: Mapped[str]
    windows: Mapped[list[str]] = mapped_column(ARRAY(String))


class CentreStay(Versioned, Base):
    """Somebody who waits for a place in those windows, is offered one until `answer_by`, has one, or had.

    `talked_on` is when it was talked through why one goes on from here; `seen` whether who offered knows of a lapse.
    """

    __tablename__ = "centre_stay"
    holds = Holds(
        person="citizen_id", identity="citizen_id", technical="version",
        placement="id centre_id place_id windows state asked_by asked_at offered_by offered_at answer_by "
        "order_reason_code talked_on taken_at ended_at reason_code seen",
    )  # fmt: skip
    __table_args__ = (
        Index("uq_centre_stay_live", "centre_id", "citizen_id", unique=True,
              postgresql_where="state IN ('waiting', 'offered', 'taken')"),
    )  # fmt: skip
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    centre_id: Mapped[UUID] = mapped_column(ForeignKey("centre.id"), index=True)
    place_id: Mapped[UUID | None] = mapped_column(ForeignKey("centre_place.id"))
    citizen_id: Mapped[UUID] = mapped_column(index=True)
    windows: Mapped[list[str]] = mapped_column(ARRAY(String))
    state: Mapped[str]
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    offered_by: Mapped[str | None]
    offered_at: Mapped[datetime | None]
    answer_by: Mapped[date | None]
    order_reason_code: Mapped[str | None]
    talked_on: Mapped[date | None]
    taken_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    reason_code: Mapped[str | None]
    seen: Mapped[bool]
