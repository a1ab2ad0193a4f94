"""A need's positions. Whoever takes or frees one queues up at the need's row; how many are taken is counted."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from services.matching.models import Match, Need, holds_position
from shared.errors import Refused


def taken(session: Session, need_id: UUID) -> int:
    """How many positions are taken; stays true where the caller holds the need's row."""
    return session.scalars(select(func.count(Match.id)).where(Match.need_id == need_id, holds_position())).one()


def take(session: Session, match: Match) -> None:
    """A position for the match; raises Refused where none is left or the need is closed."""
    need = session.get_one(Need, match.need_id, with_for_update=True)
    if need.state == "closed":
        raise need_not_open()
    if taken(session, need.id) >= need.positions:
        raise no_position_left()
    _renew(need)


def take_again(session: Session, match: Match) -> None:
    """The match's position once more, where a refused agreement freed it."""
    if session.scalar(select(Match.id).where(Match.id == match.id, holds_position())) is None:
        take(session, match)


def free(session: Session, need_id: UUID) -> None:
    """A position comes free; the need gets a new version, as what it shows may change."""
    _renew(session.get_one(Need, need_id, with_for_update=True))


def _renew(need: Need) -> None:
    flag_modified(need, "state")


def need_not_open() -> Refused:
    """Paused or closed."""
    return Refused("need_not_open", "Behovet er ikke åbent.", "The need is not open.")


def no_position_left() -> Refused:
    """As many said yes as there are positions."""
    return Refused("no_position_left", "Alle pladser er besat.", "All positions are taken.")
