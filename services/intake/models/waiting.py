"""The waiting room: who came when, whom they were given to, and the numbers of a day."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.intake.models.base import Base
from shared.database import Versioned, new_id
from shared.retention import Holds


class Arrival(Versioned, Base):
    """Somebody came on a day, or did not come to the talk they had: each step with its own time.

    `unit_code` is the unit of the desk that ticked, empty for none. `called_to` is a desk or a room; nobody was
    called where a talk began by itself. `typed_at` marks what was written on paper first. `no_show_at` stays where
    somebody came late after all; a no-show, or a stay that was over, whose talk was moved within the day stands without
    the talk, and so does a stay that ended before it.
    """

    __tablename__ = "arrival"
    __table_args__ = (UniqueConstraint("visitation_id", "on_day"), UniqueConstraint("unit_code", "on_day", "number"))
    holds = Holds(
        person="citizen_id",
        identity="citizen_id",
        case="id visitation_id unit_code on_day number state arrived_at called_at called_to called_by talk_at done_at "
        "left_at no_show_at typed_at typed_by",
        technical="version",
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    citizen_id: Mapped[UUID] = mapped_column(index=True)
    visitation_id: Mapped[UUID | None] = mapped_column(ForeignKey("visitation.id"))
    unit_code: Mapped[str]
    on_day: Mapped[date] = mapped_column(index=True)
    number: Mapped[int | None]
    state: Mapped[str]
    arrived_at: Mapped[datetime | None]
    called_at: Mapped[datetime | None]
    called_to: Mapped[str | None]
    called_by: Mapped[str | None]
    talk_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    no_show_at: Mapped[datetime | None]
    typed_at: Mapped[datetime | None]
    typed_by: Mapped[str | None]


class HandOver(Versioned, Base):
    """A waiting person is given to another desk or consultant, for a coded reason, and taken over by somebody.

    Whoever was called in already waits again; the call is kept here, so that it can stand again.
    """

    __tablename__ = "hand_over"
    holds = Holds(
        person="arrival_id",
        case="id arrival_id to_code reason_code given_at given_by acknowledged_at acknowledged_by called_at called_to "
        "called_by",
        technical="version",
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    arrival_id: Mapped[UUID] = mapped_column(ForeignKey("arrival.id"), index=True)
    to_code: Mapped[str]
    reason_code: Mapped[str]
    given_at: Mapped[datetime]
    given_by: Mapped[str]
    acknowledged_at: Mapped[datetime | None]
    acknowledged_by: Mapped[str | None]
    called_at: Mapped[datetime | None]
    called_to: Mapped[str | None]
    called_by: Mapped[str | None]


class NumberSeries(Base):
    """The last number that a unit gave on a day; a number that was taken back is not given again."""

    __tablename__ = "number_series"
    holds = Holds(technical="unit_code on_day last")
    unit_code: Mapped[str] = mapped_column(primary_key=True)
    on_day: Mapped[date] = mapped_column(primary_key=True)
    last: Mapped[int]
