"""JSON doors from a need to a proposal: the shortlist, people side by side, pools, who has it, and the own list."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.api import CONSULTANTS, FUNCTIONS, doors
from services.matching.schemas import doors as schemas
from services.matching.use_cases import comparing, pipeline
from shared.auth import Principal
from shared.errors import NotFound
from shared.lookups import NOBODY, About, looked

KEPT = About("placement", how="list", purpose="matching")
KEPT_CHANGE = About("placement", how="change", purpose="matching")
SHORTLIST, HOLDER = "/needs/<uuid:need_id>/shortlist", "/needs/<uuid:need_id>/holder"
POOL = "/occupation-pools/<uuid:occupation>"


def _people(session: Session, people: list[UUID]) -> dict[str, Any]:
    looked(session, *people)
    there = queries.taking_part(session, people)
    return {"items": [{"citizen_id": one, "taking_part": one in there} for one in people]}


@doors.get(SHORTLIST, roles=CONSULTANTS, about=KEPT, answer=schemas.PeopleAnswer)
def read_shortlist(session: Session, _principal: Principal, need_id: UUID) -> Any:
    """Who is kept in mind for a need."""
    queries.need(session, None, need_id)
    return _people(session, queries.shortlist(session, need_id))


@doors.post(SHORTLIST, roles=CONSULTANTS, about=KEPT_CHANGE, body=schemas.KeptBody, answer=schemas.PeopleAnswer)
def keep_on_shortlist(session: Session, principal: Principal, need_id: UUID, body: dict[str, Any]) -> Any:
    """On a need's shortlist, or off it; twice is once."""
    pipeline.keep_in_mind(session, need_id, body["citizen_id"], kept=body["kept"], by=principal.subject)
    return _people(session, queries.shortlist(session, need_id))


@doors.get(
    "/needs/<uuid:need_id>/comparison",
    roles=CONSULTANTS,
    about=FUNCTIONS,
    query=schemas.ComparisonQuery,
    answer=schemas.ComparisonAnswer,
)
def compare_candidates(session: Session, _principal: Principal, need_id: UUID, query: dict[str, Any]) -> Any:
    """People of the shortlist side by side, by the same factors; who takes part no more is left out."""
    need, listed = queries.need(session, None, need_id), queries.shortlist(session, need_id)
    chosen = [one for one in listed if one in query["citizen_id"]] or listed[: schemas.MOST_COMPARED]
    looked(session, *chosen)
    return {"items": comparing.side_by_side(session, need, chosen)}


@doors.get(HOLDER, roles=CONSULTANTS, about=NOBODY, answer=schemas.HolderAnswer)
def read_holder(session: Session, _principal: Principal, need_id: UUID) -> Any:
    """Which consultant has a need; not there where nobody has."""
    held = queries.holder(session, need_id)
    if held is None:
        raise NotFound
    return held


@doors.post(HOLDER, roles=CONSULTANTS, about=NOBODY, body=schemas.HolderBody, answer=schemas.HolderAnswer)
def hold_need(session: Session, principal: Principal, need_id: UUID, body: dict[str, Any]) -> Any:
    """Take a need, hand it on to whoever takes it, or keep it after all."""
    if body["act"] == "take":
        name = principal.name or principal.subject
        return pipeline.take(session, need_id, body["version"], by=principal.subject, name=name)
    offered = body["act"] == "offer"
    return pipeline.hand_on(session, need_id, body["version"] or 0, offered=offered, by=principal.subject)


@doors.get("/occupation-pools", roles=CONSULTANTS, about=NOBODY, answer=schemas.PoolsAnswer)
def list_pools(session: Session, _principal: Principal) -> Any:
    """The occupations that people are kept in mind for."""
    return {"items": [{"occupation": one, "title": title} for one, title in queries.pools(session)]}


@doors.get(POOL, roles=CONSULTANTS, about=KEPT, answer=schemas.PeopleAnswer)
def read_pool(session: Session, _principal: Principal, occupation: UUID) -> Any:
    """Who is kept in mind for the next need of an occupation."""
    return _people(session, queries.pool_of(session, str(occupation)))


@doors.post(POOL, roles=CONSULTANTS, about=KEPT_CHANGE, body=schemas.KeptBody, answer=schemas.PeopleAnswer)
def put_in_pool(session: Session, principal: Principal, occupation: UUID, body: dict[str, Any]) -> Any:
    """In the pool of an occupation, or out of it; twice is once."""
    pipeline.keep_in_pool(session, str(occupation), body["citizen_id"], kept=body["kept"], by=principal.subject)
    return _people(session, queries.pool_of(session, str(occupation)))


@doors.get("/own-list", roles=CONSULTANTS, about=NOBODY, answer=schemas.OwnListAnswer)
def read_own_list(session: Session, principal: Principal) -> Any:
    """What the caller is told, has, and could take over."""
    return {
        "notices": [notice for notice, _need, _company in queries.notices(session, principal.subject)],
        "held": [need for need, _company in queries.held_by(session, principal.subject)],
        "handed_on": [held for held, _need, _company in queries.handed_on(session)],
    }


@doors.post(
    "/notices/<uuid:notice_id>/seen",
    roles=CONSULTANTS,
    about=NOBODY,
    body=schemas.SeenBody,
    answer=schemas.NoticeAnswer,
)
def see_notice(session: Session, principal: Principal, notice_id: UUID, body: dict[str, Any]) -> Any:
    """Read, or not read after all."""
    return pipeline.mark_seen(session, notice_id, seen=body["seen"], by=principal.subject)
