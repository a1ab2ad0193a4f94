"""When a list showed somebody last, so that those whom no list shows come first now and then."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from services.matching.models.copies import Base
from shared.retention import Holds


class Attention(Base):
    """The last day on which a list for a need showed a citizen, and the last day before that one."""

    __tablename__ = "attention"
    holds = Holds(person="citizen_id", identity="citizen_id", placement="shown_on shown_before")
    citizen_id: Mapped[UUID] = mapped_column(primary_key=True)
    shown_on: Mapped[date]
    shown_before: Mapped[date | None]
