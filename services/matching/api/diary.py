"""JSON doors to the diary of needs for which nobody was proposed, and to the gaps that it shows."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.api import CONSULTANTS, doors
from services.matching.schemas import doors as schemas
from services.matching.use_cases import gaps, pipeline
from shared.auth import Principal
from shared.lookups import NOBODY

NOTES = "/needs/<uuid:need_id>/no-match-notes"


@doors.get(NOTES, roles=CONSULTANTS, about=NOBODY, answer=schemas.DiaryAnswer)
def read_diary(session: Session, _principal: Principal, need_id: UUID) -> Any:
    """Why nobody was proposed for a need, and what its list counts today."""
    need = queries.need(session, None, need_id)
    counted = {rule: gaps.shown(count) for rule, count in pipeline.counted(session, need).items()}
    return {"items": queries.diary(session, need_id), "counted": counted}


@doors.post(NOTES, roles=CONSULTANTS, about=NOBODY, body=schemas.NoMatchBody, answer=schemas.NoMatchAnswer)
def note_no_match(session: Session, principal: Principal, need_id: UUID, body: dict[str, Any]) -> Any:
    """Why nobody was proposed today; said again on the same day it replaces."""
    return pipeline.note_no_match(session, need_id, body["reasons"], principal.subject)


@doors.post(f"{NOTES}/<uuid:note_id>/undo", roles=CONSULTANTS, about=NOBODY, answer=schemas.DoneAnswer)
def take_note_back(session: Session, principal: Principal, need_id: UUID, note_id: UUID) -> Any:
    """The reasons were not meant so."""
    pipeline.take_note_back(session, need_id, note_id, principal.subject)
    return {"done": True}


@doors.get("/gaps", roles=CONSULTANTS, about=NOBODY, query=schemas.PeriodQuery, answer=schemas.GapsAnswer)
def list_gaps(session: Session, _principal: Principal, query: dict[str, Any]) -> Any:
    """What would have opened how many needs, the most first; a need counts once."""
    since, until = gaps.period(query["since"], query["until"])
    found, number = queries.gap_list(session, since, until)
    items = [{"kind": gap.kind, "code": gap.code, "needs": gap.needs, **gaps.named(gap)._asdict()} for gap in found]
    return {"since": since, "until": until, "needs": number, "items": items}
