"""When a list showed somebody last, so that those whom no list shows come first now and then."""

from datetime import date
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.matching.models.copies import Base
from shared.database import new_id
from shared.retention import Holds


class Attention(Base):
    """The last day on which a list for a need showed a citizen, and the last day before that one."""

    __tablename__ = "attention"
    holds = Holds(person="citizen_id", identity="citizen_id", placement="shown_on shown_before")
    citizen_id: Mapped[UUID] = mapped_column(primary_key=True)
    shown_on: Mapped[date]
    shown_before: Mapped[date | None]


class AttentionNeed(Base):
    """A need that the newest night's look over all open needs took in."""

    __tablename__ = "attention_need"
    holds = Holds(technical="need_id")
    need_id: Mapped[UUID] = mapped_column(primary_key=True)


class AttentionPlace(Base):
    """Somebody long unseen whom that look brings forward at a need."""

    __tablename__ = "attention_place"
    __table_args__ = (UniqueConstraint("need_id", "citizen_id"),)
    holds = Holds(person="citizen_id", identity="citizen_id", placement="id need_id")
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    need_id: Mapped[UUID]
    citizen_id: Mapped[UUID] = mapped_column(index=True)
