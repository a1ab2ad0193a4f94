"""What a supplier has taken and nobody has marked as sent yet."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from services.notifications.models.base import Base
from shared.retention import Holds


class Handover(Base):
    """A message as it stood when it was taken. No reference to it: its row is locked while this is written."""

    __tablename__ = "handover"
    holds = Holds(technical="message_id version provider_id at")
    message_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    provider_id: Mapped[str]
    at: Mapped[datetime]
