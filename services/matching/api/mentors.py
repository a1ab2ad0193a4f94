"""JSON doors to the mentors of a workplace, for staff who match."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.api import CONSULTANTS, doors
from services.matching.schemas import mentors as schemas
from services.matching.schemas.doors import DoneAnswer
from services.matching.use_cases import mentors
from shared.auth import Principal
from shared.errors import NotFound
from shared.lookups import NOBODY

PLACE = "/workplaces/<int(fixed_digits=10):p_number>/mentors"


@doors.get(PLACE, roles=CONSULTANTS, about=NOBODY, answer=schemas.MentorList)
def list_mentors(session: Session, _principal: Principal, p_number: int) -> Any:
    """Who can be a mentor there, and when."""
    place = queries.find_workplace(session, f"{p_number:010d}")
    if place is None:
        raise NotFound
    return {"items": queries.mentors_at(session, place.id)}


@doors.post(PLACE, roles=CONSULTANTS, about=NOBODY, body=schemas.MentorBody, answer=schemas.MentorAnswer)
def tell_of_mentor(session: Session, _principal: Principal, p_number: int, body: dict[str, Any]) -> Any:
    """Write down that somebody can be a mentor there; lists follow at once."""
    return mentors.tell_of(session, f"{p_number:010d}", **body)


@doors.post(f"{PLACE}/<uuid:mentor_id>/remove", roles=CONSULTANTS, about=NOBODY, answer=DoneAnswer)
def remove_mentor(session: Session, _principal: Principal, p_number: int, mentor_id: UUID) -> Any:
    """They can be a mentor there no more."""
    mentors.take_away(session, f"{p_number:010d}", mentor_id)
    return {"done": True}
