"""JSON doors to saved searches, weights to try, and the same from the person's side: needs, offers, and why not."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.api import CANDIDATE_SIDE, CONSULTANTS, FUNCTIONS, doors
from services.matching.schemas import doors as schemas
from services.matching.schemas.pipeline import MailboxBody, SearchBody
from services.matching.use_cases import POLICY, alert_mail, comparing, matches, searches, why_not
from shared import clock, merges
from shared.auth import Principal
from shared.lookups import NOBODY, About, looked

SEARCHES = About("wishes", how="list", purpose="matching")
SEARCH_CHANGE = About("wishes", how="change", purpose="matching")
KNOWN = About("wishes", "citizen_id", purpose="matching")
FITTING = 50


@doors.get("/saved-searches", roles=CONSULTANTS, about=SEARCHES, answer=schemas.SearchesAnswer)
def list_searches(session: Session, principal: Principal) -> Any:
    """What the caller wants to hear of."""
    found = queries.searches(session, principal.subject)
    looked(session, *(one.citizen_id for one in found if one.citizen_id))
    return {"items": found}


@doors.post("/saved-searches", roles=CONSULTANTS, about=SEARCH_CHANGE, body=SearchBody, answer=schemas.SearchAnswer)
def save_search(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """Hear of more: needs of an occupation, or needs that fit a person."""
    return searches.save(session, principal.subject, body)


@doors.post(
    "/saved-searches/<uuid:search_id>/removal", roles=CONSULTANTS, about=SEARCH_CHANGE, answer=schemas.DoneAnswer
)
def drop_search(session: Session, principal: Principal, search_id: UUID) -> Any:
    """Hear of it no more."""
    told = searches.drop(session, search_id, principal.subject)
    if told["citizen_id"]:
        looked(session, told["citizen_id"])
    return {"done": True}


@doors.get("/alert-mailbox", roles=CONSULTANTS, about=NOBODY, answer=MailboxBody)
def read_alert_mailbox(session: Session, principal: Principal) -> Any:
    """Where the morning's mail about the caller's searches goes; null where none is wanted."""
    return {"mailbox": alert_mail.mailbox_of(session, principal.subject)}


@doors.post("/alert-mailbox", roles=CONSULTANTS, about=NOBODY, body=MailboxBody, answer=MailboxBody)
def choose_alert_mailbox(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """From now there, one mail a day at most; null for none."""
    alert_mail.write_to(session, principal.subject, body["mailbox"])
    return body


@doors.get(
    "/needs/<uuid:need_id>/what-if",
    roles=CONSULTANTS,
    about=FUNCTIONS,
    query=schemas.TriedQuery,
    answer=schemas.WhatIfAnswer,
)
def try_weights(session: Session, _principal: Principal, need_id: UUID, query: dict[str, Any]) -> Any:
    """How a need's order would be by other weights; saved nowhere."""
    now, then = comparing.what_if(session, queries.need(session, None, need_id), query)
    return {"now": now, "then": then}


@doors.get("/candidates/<uuid:citizen_id>/needs", roles=CONSULTANTS, about=KNOWN, answer=schemas.FittingNeedsAnswer)
def rank_needs(session: Session, _principal: Principal, citizen_id: UUID) -> Any:
    """The open needs that fit a citizen today; none for who takes no part."""
    return {"items": matches.ranked_needs(session, merges.survivor(session, citizen_id), FITTING)}


@doors.get("/candidates/<uuid:citizen_id>/offers", roles=CONSULTANTS, about=KNOWN, answer=schemas.OffersAnswer)
def list_offers(session: Session, _principal: Principal, citizen_id: UUID) -> Any:
    """All that somebody was put forward for, and whether it goes round without more hours."""
    citizen_id = merges.survivor(session, citizen_id)
    turns = queries.in_carousel(session, [citizen_id], POLICY, clock.today())
    items = [
        {
            "match_id": match.id,
            "need_id": need.id,
            "company_id": company.id,
            **{name: getattr(match, name) for name in ("state", "proposed_at", "decliner", "reason_code")},
            "placement_id": placement.id if placement else None,
        }
        for match, need, company, placement in queries.offers_of(session, citizen_id)
    ]
    return {"items": items, "turns": turns.get(citizen_id, 0)}


@doors.get(
    "/candidates/<uuid:citizen_id>/why-not",
    roles=CONSULTANTS,
    about=KNOWN,
    query=schemas.NeedIdQuery,
    answer=schemas.CausesAnswer,
)
def explain_absence(session: Session, principal: Principal, citizen_id: UUID, query: dict[str, Any]) -> Any:
    """Why a need's list leaves somebody out; who serves companies is not told which adjustment it is."""
    may_know = bool(set(principal.roles) & set(CANDIDATE_SIDE))
    citizen_id = merges.survivor(session, citizen_id)
    causes = why_not.causes(session, query["need_id"], citizen_id, open_causes=may_know)
    return {"causes": [cause._asdict() for cause in causes]}
