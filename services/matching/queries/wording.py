"""Words that stay in a text although the check found them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.matching.models import WordingKept


def kept_words(session: Session, about: UUID) -> Sequence[WordingKept]:
    """What was kept in a need's or draft's text, newest first."""
    rows = select(WordingKept).where(WordingKept.about == about)
    return session.scalars(rows.order_by(WordingKept.at.desc(), WordingKept.id.desc())).all()
