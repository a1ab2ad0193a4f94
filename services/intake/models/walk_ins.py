"""What is followed after a first contact, and whom somebody was told apart from when they were registered."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from services.intake.models.base import Base
from shared.database import new_id
from shared.retention import Holds


class ApplicationStep(Base):
    """A word on the digital application after the first contact, and what was said before it."""

    __tablename__ = "application_step"
    holds = Holds(
        person="citizen_id", identity="citizen_id", case="id contact_id state before noted_at noted_by"
    )  # fmt: skip
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("first_contact.id"), index=True)
    citizen_id: Mapped[UUID] = mapped_column(index=True)
    state: Mapped[str]
    before: Mapped[str | None]
    noted_at: Mapped[datetime]
    noted_by: Mapped[str]


class ToldApart(Base):
    """Somebody who looked like another was registered as another person: a clerk's choice, with the reason."""

    __tablename__ = "told_apart"
    holds = Holds(
        person="citizen_id", identity="citizen_id other_id", case="id reason_code chosen_at chosen_by"
    )  # fmt: skip
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    citizen_id: Mapped[UUID] = mapped_column(ForeignKey("citizen.id", ondelete="CASCADE"), index=True)
    other_id: Mapped[UUID] = mapped_column(ForeignKey("citizen.id", ondelete="CASCADE"), index=True)
    reason_code: Mapped[str]
    chosen_at: Mapped[datetime]
    chosen_by: Mapped[str]
