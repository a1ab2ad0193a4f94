"""Where a consultant's mail about saved searches goes."""

from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from services.matching.models.copies import Base
from shared.retention import Holds


class AlertMailbox(Base):
    """A consultant's own or function's mailbox; `told_until` is the last moment whose alerts a mail has told of."""

    __tablename__ = "alert_mailbox"
    holds = Holds(technical="owner mailbox told_until mailed_on")
    owner: Mapped[str] = mapped_column(primary_key=True)
    mailbox: Mapped[str]
    told_until: Mapped[datetime]
    mailed_on: Mapped[date | None]
