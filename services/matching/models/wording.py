"""Words that stay in a company's text although the check found them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import String, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from services.matching.models.copies import Base
from shared.database import new_id
from shared.retention import Holds

# Whoever the transaction was opened for, so that no verb has to hand it down.
ACTOR = text("current_setting('jb.actor')")


class WordingKept(Base):
    """Staff kept `words` in the text of a need or draft (`kind`, with the id `about`), and why."""

    __tablename__ = "wording_kept"
    holds = Holds(company="id kind about words reason_code at kept_by")
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    about: Mapped[UUID] = mapped_column(index=True)
    words: Mapped[list[str]] = mapped_column(ARRAY(String))
    reason_code: Mapped[str]
    at: Mapped[datetime]
    kept_by: Mapped[str] = mapped_column(server_default=ACTOR)
