"""The doors of the job guarantee."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.followup import queries, schemas
from services.followup.api.base import FOLLOWERS, PLACEMENT, PLACEMENT_CHANGE, doors
from services.followup.use_cases import guarantees
from shared.auth import Principal

OF = "/placements/<uuid:placement_id>/guarantee"


@doors.get(OF, roles=FOLLOWERS, about=PLACEMENT, answer=schemas.GuaranteeAnswer)
def read_guarantee(session: Session, principal: Principal, placement_id: UUID) -> Any:
    """What was promised, month by month."""
    return queries.guarantee(session, principal, placement_id)


@doors.post(OF, roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.GuaranteeBody, answer=schemas.GuaranteeAnswer)
def agree_guarantee(session: Session, principal: Principal, placement_id: UUID, body: dict[str, Any]) -> Any:
    """A job is promised."""
    guarantees.agree(session, placement_id, agreed_by=principal.subject, **body)
    return queries.guarantee(session, principal, placement_id)


@doors.post(f"{OF}/assessments", roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.AssessmentBody,
            answer=schemas.GuaranteeAnswer)  # fmt: skip
def assess_guarantee(session: Session, principal: Principal, placement_id: UUID, body: dict[str, bool]) -> Any:
    """How the three demands are met today."""
    guarantees.assess(session, placement_id, met=body, made_by=principal.subject)
    return queries.guarantee(session, principal, placement_id)


@doors.post(f"{OF}/conclusion", roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.GuaranteeEnd,
            answer=schemas.GuaranteeAnswer)  # fmt: skip
def conclude_guarantee(session: Session, principal: Principal, placement_id: UUID, body: dict[str, Any]) -> Any:
    """Kept, or not and why."""
    guarantees.conclude(session, placement_id, made_by=principal.subject, **body)
    return queries.guarantee(session, principal, placement_id)


@doors.post(f"{OF}/conclusion/undo", status=200, roles=FOLLOWERS, about=PLACEMENT_CHANGE,
            body=schemas.GuaranteeUndo, answer=schemas.GuaranteeAnswer)  # fmt: skip
def reopen_guarantee(session: Session, principal: Principal, placement_id: UUID, body: dict[str, int]) -> Any:
    """It was not concluded after all."""
    guarantees.reopen(session, placement_id, **body)
    return queries.guarantee(session, principal, placement_id)
