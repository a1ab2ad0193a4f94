"""Which words letters were made of, and since when."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from services.notifications.models.base import Base
from shared.retention import Holds


class TemplateVersion(Base):
    """A template's files had this content from then on, as the service first saw it."""

    __tablename__ = "template_version"
    holds = Holds(technical="name version first_seen_at")
    name: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[str] = mapped_column(primary_key=True)
    first_seen_at: Mapped[datetime]
