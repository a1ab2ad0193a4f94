"""JSON doors to what is known of candidates and of needs, for staff who match."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.api import CONSULTANTS, doors
from services.matching.engine.points import Scales
from services.matching.schemas import knowledge as schemas
from services.matching.use_cases import POLICY, knowledge
from shared import clock
from shared.auth import Principal
from shared.errors import NotFound
from shared.lookups import NOBODY, About

KNOWN = About("wishes", "citizen_id", purpose="matching")
KNOWN_CHANGE = About("wishes", "citizen_id", "change", purpose="matching")
BY_ID = "/candidates/<uuid:citizen_id>/knowledge"


def _answer(session: Session, citizen_id: UUID) -> dict[str, Any]:
    today, row = clock.today(), queries.knowledge(session, citizen_id)
    candidate = queries.candidate(session, citizen_id, Scales.of(POLICY, today))
    unknown = queries.unknown(session, [candidate], POLICY, today).get(citizen_id, [])
    told = {name: getattr(row, name) for name in schemas.KnowledgeAnswer().fields if hasattr(row, name)}
    nothing = schemas.KnowledgeBody().load({}) | {"known_at": None}
    return {**nothing, **told, "citizen_id": citizen_id, "to_find_out": unknown}


@doors.get(BY_ID, roles=CONSULTANTS, about=KNOWN, answer=schemas.KnowledgeAnswer)
def read_knowledge(session: Session, _principal: Principal, citizen_id: UUID) -> Any:
    """What is known of a candidate; without a version where nothing was written down."""
    return _answer(session, citizen_id)


@doors.post(BY_ID, roles=CONSULTANTS, about=KNOWN_CHANGE, body=schemas.KnowledgeBody, answer=schemas.KnowledgeAnswer)
def write_knowledge(session: Session, principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> Any:
    """Write down what is known of a candidate, anew."""
    version = body.pop("version")
    return _answer(session, knowledge.write_down(session, citizen_id, version, body, principal.subject).citizen_id)


@doors.get("/needs/<uuid:need_id>/profile", roles=CONSULTANTS, about=NOBODY, answer=schemas.NeedProfileAnswer)
def read_need_profile(session: Session, _principal: Principal, need_id: UUID) -> Any:
    """What a need asks for beyond its hours."""
    row = queries.profile(session, need_id)
    if row is None:
        raise NotFound
    return row


@doors.post(
    "/needs/<uuid:need_id>/profile",
    roles=CONSULTANTS,
    about=NOBODY,
    body=schemas.NeedProfileBody,
    answer=schemas.NeedProfileAnswer,
)
def describe_need(session: Session, _principal: Principal, need_id: UUID, body: dict[str, Any]) -> Any:
    """Say what a need asks for beyond its hours, anew."""
    version = body.pop("version")
    return knowledge.describe_need(session, need_id, version, body)
