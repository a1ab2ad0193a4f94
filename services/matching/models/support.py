"""What is applied for elsewhere beside an agreement: the national application's state, and support."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from services.matching.models.copies import Base
from shared.database import Versioned, new_id
from shared.retention import Holds


class NationalApplication(Versioned, Base):
    """The reference and state of an agreement in VITAS, as people note them; empty where they took the note
    away. We never apply by ourselves."""

    __tablename__ = "national_application"
    holds = Holds(
        person="placement_id", placement="id placement_id reference state noted_by noted_at", technical="version"
    )  # fmt: skip
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placement.id"), unique=True)
    reference: Mapped[str]
    state: Mapped[str]
    noted_by: Mapped[str]
    noted_at: Mapped[datetime]


class Support(Versioned, Base):
    """Help that somebody proposes for an agreement, with a reason, and that a person grants or declines."""

    __tablename__ = "support"
    holds = Holds(
        person="placement_id", health_function="kind reason_code", technical="version",
        placement="id placement_id weekly_hours starts_on ends_on state proposed_by proposed_at decided_by decided_at "
        "policy",
    )  # fmt: skip
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placement.id"), index=True)
    kind: Mapped[str]
    reason_code: Mapped[str]
    weekly_hours: Mapped[float | None]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    state: Mapped[str]
    proposed_by: Mapped[str]
    proposed_at: Mapped[datetime]
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    policy: Mapped[str | None]
