"""What the other services told that is counted and has no other place here."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from services.followup.models.base import Base
from shared.retention import Holds


class Fact(Base):
    """A thing that happened on a Danish day, by what it counts as. It leads to no person: `id` is the thing's own."""

    __tablename__ = "fact"
    holds = Holds(technical="figure id day version")
    figure: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    day: Mapped[date]
    version: Mapped[int]
