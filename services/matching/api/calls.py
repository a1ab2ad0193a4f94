"""JSON doors to a consultant's call: kept while it lasts, thrown away or finished with a need."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.matching.api import CONSULTANTS, FUNCTIONS, doors
from services.matching.queries import calls as asked
from services.matching.schemas import calls as schemas
from services.matching.use_cases import calls
from shared.auth import Principal
from shared.lookups import NOBODY

CALLS = "/calls"
MOST = 5


@doors.get(f"{CALLS}/draft", roles=CONSULTANTS, about=NOBODY, answer=schemas.CallOrNone)
def read_draft(session: Session, principal: Principal) -> Any:
    """The call that the consultant is in, none where there is none."""
    return {"call": asked.draft(session, principal.subject)}


@doors.post(f"{CALLS}/draft", roles=CONSULTANTS, about=NOBODY, body=schemas.CallBody, answer=schemas.CallAnswer)
def keep_draft(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """What is known so far, kept until the call is over; the first time begins it."""
    return calls.keep(session, principal.subject, **body)


@doors.post(
    f"{CALLS}/<uuid:call_id>/candidates", status=200, roles=CONSULTANTS, about=FUNCTIONS, body=schemas.CallNeedBody,
    answer=schemas.CallCandidates,
)  # fmt: skip
def rank_for_call(session: Session, principal: Principal, call_id: UUID, body: dict[str, Any]) -> Any:
    """Who might come in question for a need that is still being told."""
    body.pop("read_back")
    return calls.candidates(session, asked.call(session, principal.subject, call_id), body, MOST)


@doors.post(
    f"{CALLS}/<uuid:call_id>/finish", roles=CONSULTANTS, about=NOBODY, body=schemas.CallNeedBody,
    answer=schemas.CallEnded,
)  # fmt: skip
def finish_call(session: Session, principal: Principal, call_id: UUID, body: dict[str, Any]) -> Any:
    """The need is received, and what was said is forgotten."""
    call, need = calls.finish(session, principal.subject, call_id, body, name=principal.name or principal.subject)
    return {"call": call, "need": need}


@doors.post(f"{CALLS}/<uuid:call_id>/throw-away", roles=CONSULTANTS, about=NOBODY, answer=schemas.CallAnswer)
def throw_draft_away(session: Session, principal: Principal, call_id: UUID) -> Any:
    """It came to nothing."""
    return calls.throw_away(session, principal.subject, call_id)


@doors.post(f"{CALLS}/<uuid:call_id>/take-back", roles=CONSULTANTS, about=NOBODY, answer=schemas.CallAnswer)
def take_draft_back(session: Session, principal: Principal, call_id: UUID) -> Any:
    """It goes on after all."""
    return calls.take_back(session, principal.subject, call_id)
