"""JSON doors to the check of texts: what it would say of one, and what staff kept."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.api import CONSULTANTS, WITH_COMPANY, doors
from services.matching.queries.wording import kept_words
from services.matching.rules import wording
from services.matching.schemas import wording as schemas
from shared.auth import Principal
from shared.lookups import NOBODY


@doors.post(
    "/wording-checks", roles=WITH_COMPANY, about=NOBODY, body=schemas.WordingBody, answer=schemas.FindingsAnswer
)
def check_wording(_session: Session, _principal: Principal, body: dict[str, Any]) -> Any:
    """What in a text says who somebody should be in place of what they should do."""
    return {"items": wording.findings(body["text"])}


@doors.get("/needs/<uuid:need_id>/kept-words", roles=CONSULTANTS, about=NOBODY, answer=schemas.KeptListAnswer)
def list_kept_words(session: Session, _principal: Principal, need_id: UUID) -> Any:
    """Words that staff kept in a need's text, why, when and who."""
    queries.need(session, None, need_id)
    return {"items": kept_words(session, need_id)}
