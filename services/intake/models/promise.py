"""Why a promise was not kept, as a person judged it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
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
