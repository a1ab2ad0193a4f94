"""The doors of evaluations, and of what follows."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.followup import queries, schemas
from services.followup.api.base import FOLLOWERS, PLACEMENT, PLACEMENT_CHANGE, doors
from services.followup.use_cases import evaluations
from shared.auth import Principal

OF = "/placements/<uuid:placement_id>/evaluations"
ENDING = "/placements/<uuid:placement_id>/conclusion"


@doors.get(OF, roles=FOLLOWERS, about=PLACEMENT, answer=schemas.EvaluationsAnswer)
def read_evaluations(session: Session, principal: Principal, placement_id: UUID) -> Any:
    """What all parties said halfway and at the end, without their words."""
    return queries.evaluations(session, principal, placement_id)


@doors.post(OF, roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.PartysWord, answer=schemas.EvaluationsAnswer)
def hear_party(session: Session, principal: Principal, placement_id: UUID, body: dict[str, Any]) -> Any:
    """What a party said; said again, the later word counts."""
    evaluations.say(session, principal, placement_id, **body)
    return queries.evaluations(session, principal, placement_id)


@doors.post(ENDING, roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.ConclusionBody,
            answer=schemas.EvaluationsAnswer)  # fmt: skip
def conclude_placement(session: Session, principal: Principal, placement_id: UUID, body: dict[str, Any]) -> Any:
    """What was agreed happens."""
    evaluations.conclude(session, placement_id, made_by=principal.subject, **body)
    return queries.evaluations(session, principal, placement_id)


@doors.post(f"{ENDING}/undo", roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.ConclusionUndo,
            answer=schemas.EvaluationsAnswer)  # fmt: skip
def take_conclusion_back(session: Session, principal: Principal, placement_id: UUID, body: dict[str, int]) -> Any:
    """It was not agreed after all."""
    evaluations.take_back(session, placement_id, **body)
    return queries.evaluations(session, principal, placement_id)
