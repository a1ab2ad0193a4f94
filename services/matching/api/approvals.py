"""A citizen's own agreements: read, and said yes or no to."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.matching.api import doors
from services.matching.schemas import approvals as schemas
from services.matching.use_cases import answers
from shared.auth import Principal
from shared.lookups import About

OWN = About("placement", purpose="own_access")
OWN_CHANGE = About("placement", how="change", purpose="own_access")


@doors.get(
    "/own-placements/<uuid:placement_id>",
    roles=("citizen",),
    about=OWN,
    answer=schemas.OwnPlacementAnswer,
    etag=True,
)
def read_own_placement(session: Session, principal: Principal, placement_id: UUID) -> Any:
    """An agreement of one's own, and whose turn it is."""
    return answers.own(session, principal, placement_id)


@doors.post(
    "/own-placements/<uuid:placement_id>/answer",
    roles=("citizen",),
    about=OWN_CHANGE,
    body=schemas.OwnAnswerBody,
    answer=schemas.OwnPlacementAnswer,
)
def answer_own_placement(session: Session, principal: Principal, placement_id: UUID, body: dict[str, Any]) -> Any:
    """The citizen's yes or no to the terms that were read."""
    return answers.answer_own(session, principal, placement_id, **body)
