"""Why a promise was not kept, as a person judged it, and the alarms before the legal limit."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.intake.models.base import Base
from shared.database import Versioned, new_id
from shared.retention import Holds


class BreachCause(Versioned, Base):
    """The cause of a breach of one promise (`local` goal or `statutory` limit) to one contact."""

    __tablename__ = "breach_cause"
    __table_args__ = (UniqueConstraint("contact_id", "promise"),)
    holds = Holds(person="contact_id", case="id contact_id promise cause chosen_by chosen_at", technical="version")
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("first_contact.id"))
    promise: Mapped[str]
    cause: Mapped[str]
    chosen_by: Mapped[str]
    chosen_at: Mapped[datetime]


class PromiseAlarm(Versioned, Base):
    """The legal limit on a day is in danger for people of a unit (empty for none); it names nobody.

    `quiet_since` is when nobody was in danger any more; only after a while is it over.
    """

    __tablename__ = "promise_alarm"
    __table_args__ = (
        Index(
            "uq_promise_alarm_open", "unit_code", "due", unique=True, postgresql_where="over_at IS NULL"
        ),
    )  # fmt: skip
    holds = Holds(technical="id unit_code due raised_at quiet_since over_at reason_code version")
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    unit_code: Mapped[str]
    due: Mapped[date]
    raised_at: Mapped[datetime]
    quiet_since: Mapped[datetime | None]
    over_at: Mapped[datetime | None]
    reason_code: Mapped[str | None]
