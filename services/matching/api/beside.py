"""Doors for what is applied for beside an agreement."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.matching.api import CONSULTANTS, doors
from services.matching.schemas import beside as schemas
from services.matching.use_cases import beside
from shared.auth import Principal
from shared.fields import UndoForm
from shared.lookups import about_each

PREPARED, _, NOTED = about_each("placement", purpose="agreement")
HELP, _, HELP_CHANGE = about_each("health_function", purpose="agreement")
ONE = "/placements/<uuid:placement_id>"


@doors.get(f"{ONE}/national-application", roles=CONSULTANTS, about=PREPARED, answer=schemas.NationalAnswer)
def read_national(session: Session, _principal: Principal, placement_id: UUID) -> Any:
    """The fields of the national application (VITAS) as they are to be typed there, and what is noted of it."""
    return beside.national(session, placement_id)


@doors.post(
    f"{ONE}/national-application",
    roles=CONSULTANTS,
    about=NOTED,
    body=schemas.NewNational,
    answer=schemas.NationalAnswer,
)
def note_national(session: Session, principal: Principal, placement_id: UUID, body: dict[str, Any]) -> Any:
    """Note the reference and state that somebody saw in VITAS; nothing is sent there."""
    return beside.note_national(session, placement_id, by=principal.subject, **body)


@doors.post(f"{ONE}/national-application/removal", roles=CONSULTANTS, about=NOTED, body=UndoForm, status=200,
            answer=schemas.NationalAnswer)  # fmt: skip
def forget_national(session: Session, principal: Principal, placement_id: UUID, body: dict[str, Any]) -> Any:
    """It was noted by mistake: nothing is noted."""
    return beside.forget_national(session, placement_id, by=principal.subject, **body)


@doors.get(f"{ONE}/supports", roles=CONSULTANTS, about=HELP, answer=schemas.SupportList)
def list_supports(session: Session, _principal: Principal, placement_id: UUID) -> Any:
    """Support that is proposed for an agreement."""
    return {"items": beside.supports_of(session, placement_id)}


@doors.post(f"{ONE}/supports", roles=CONSULTANTS, about=HELP_CHANGE, body=schemas.NewSupport,
            answer=schemas.SupportAnswer)  # fmt: skip
def propose_support(session: Session, principal: Principal, placement_id: UUID, body: dict[str, Any]) -> Any:
    """Propose mentor hours, personal assistance, an aid or an interpreter, within the limits that are known."""
    return beside.propose_support(session, placement_id, by=principal.subject, **body)


@doors.post(
    f"{ONE}/supports/decision",
    roles=("adviser",),
    about=HELP_CHANGE,
    body=schemas.Decision,
    answer=schemas.SupportAnswer,
)
def decide_support(session: Session, principal: Principal, placement_id: UUID, body: dict[str, Any]) -> Any:
    """Grant or decline it: a person's decision."""
    return beside.decide_support(session, placement_id, by=principal.subject, **body)
