"""JSON doors to virksomhedscentre."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.matching.api import CONSULTANTS, PLACEMENT_CHANGE, PLACEMENTS, doors
from services.matching.queries import centres as reads
from services.matching.schemas import centres as schemas
from services.matching.schemas.doors import DoneAnswer, VersionBody
from services.matching.use_cases import centres
from shared.auth import Principal
from shared.lookups import NOBODY

AT = "/workplaces/<int(fixed_digits=10):p_number>/centre"
STAY = "/centre-stays/<uuid:stay_id>"


@doors.get(AT, roles=CONSULTANTS, about=PLACEMENTS, answer=schemas.CentreAnswer)
def read_centre(session: Session, _principal: Principal, p_number: int) -> Any:
    """Standing places, who is there and who waits, in order."""
    return reads.centre_answer(session, f"{p_number:010d}")


@doors.post(AT, roles=CONSULTANTS, about=NOBODY, body=schemas.CentreBody, answer=schemas.CentreOnlyAnswer)
def set_up_centre(session: Session, _principal: Principal, p_number: int, body: dict[str, Any]) -> Any:
    """Make a workplace a centre, or say anew what it is best as."""
    return centres.set_up(session, f"{p_number:010d}", body.pop("version"), **body)


@doors.post(f"{AT}/places", roles=CONSULTANTS, about=NOBODY, body=schemas.PlaceBody, answer=schemas.PlaceAnswer)
def add_centre_place(session: Session, _principal: Principal, p_number: int, body: dict[str, Any]) -> Any:
    """One more standing place."""
    return centres.add_place(session, f"{p_number:010d}", **body)


@doors.post(f"{AT}/places/<uuid:place_id>/remove", roles=CONSULTANTS, about=NOBODY, answer=DoneAnswer)
def remove_centre_place(session: Session, _principal: Principal, p_number: int, place_id: UUID) -> Any:
    """The place is there no more."""
    centres.take_place_away(session, f"{p_number:010d}", place_id)
    return {"done": True}


@doors.post(f"{AT}/stays", roles=CONSULTANTS, about=PLACEMENT_CHANGE, body=schemas.StayBody, answer=schemas.StayAnswer)
def ask_for_place(session: Session, principal: Principal, p_number: int, body: dict[str, Any]) -> Any:
    """Somebody waits for a place at those times; an hour a week is enough."""
    return centres.ask(session, f"{p_number:010d}", **body, by=principal.subject)


@doors.post(
    f"{STAY}/offer", status=200, roles=CONSULTANTS, about=PLACEMENT_CHANGE, body=schemas.OfferBody,
    answer=schemas.StayAnswer)  # fmt: skip
def offer_place(session: Session, principal: Principal, stay_id: UUID, body: dict[str, Any]) -> Any:
    """Offer a place until a day; the order of the line holds unless there is a reason."""
    return centres.offer(session, stay_id, body.pop("version"), **body, by=principal.subject)


@doors.post(
    f"{STAY}/answer", status=200, roles=CONSULTANTS, about=PLACEMENT_CHANGE, body=schemas.StayAnswerBody,
    answer=schemas.StayAnswer)  # fmt: skip
def answer_offer(session: Session, _principal: Principal, stay_id: UUID, body: dict[str, Any]) -> Any:
    """What the citizen said of the offer."""
    return centres.answer(session, stay_id, body.pop("version"), **body)


@doors.post(
    f"{STAY}/end", status=200, roles=CONSULTANTS, about=PLACEMENT_CHANGE, body=schemas.EndBody,
    answer=schemas.StayAnswer)  # fmt: skip
def end_stay(session: Session, _principal: Principal, stay_id: UUID, body: dict[str, Any]) -> Any:
    """They have the place, or wait for one, no more."""
    return centres.end(session, stay_id, **body)


@doors.post(
    f"{STAY}/undo", status=200, roles=CONSULTANTS, about=PLACEMENT_CHANGE, body=VersionBody, answer=schemas.StayAnswer
)
def undo_stay(session: Session, _principal: Principal, stay_id: UUID, body: dict[str, Any]) -> Any:
    """The last step was not meant so."""
    return centres.undo(session, stay_id, **body)
