"""Who can be a mentor at a workplace: told by the company, written down by staff."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.models.mentors import MentorHours
from services.matching.rules.week import read_week
from shared.database import new_id
from shared.errors import NotFound


def tell_of(session: Session, p_number: str, *, name: str, windows: list[str], at_once: int) -> MentorHours:
    """Somebody can be a mentor there; raises NotFound for a workplace that nobody knows, Invalid for wrong windows."""
    place = queries.find_workplace(session, p_number)
    if place is None:
        raise NotFound
    read_week(tuple(windows))
    row = MentorHours(id=new_id(), workplace_id=place.id, name=name, windows=windows, at_once=at_once)
    session.add(row)
    session.flush()
    return row


def take_away(session: Session, p_number: str, mentor_id: UUID) -> dict[str, Any]:
    """They can be a mentor there no more; returns what would tell of them again."""
    place, row = queries.find_workplace(session, p_number), session.get(MentorHours, mentor_id)
    if place is None or row is None or row.workplace_id != place.id:
        raise NotFound
    told = {"name": row.name, "windows": row.windows, "at_once": row.at_once}
    session.delete(row)
    return told
