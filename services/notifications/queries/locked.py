"""What notifications alone can open, for the copy that a person can ask for."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.notifications.models import Address, Reply
from services.notifications.use_cases import numbers, returns


def cpr(session: Session, person_id: UUID, _secret: str) -> str | None:
    """The number that Digital Post is sent to, "010190-1234"."""
    digits = numbers.opened(session.info["settings"], session.get_one(Address, person_id))
    return f"{digits[:6]}-{digits[6:]}" if digits else None


def words(session: Session, reply_id: UUID, _secret: str) -> str:
    """What was answered to a letter."""
    return returns.words_of(session.info["settings"], session.get_one(Reply, reply_id))


OPENS = {"address.cpr_secret": ("cpr", cpr), "reply.words_sealed": ("words", words)}
