"""JSON doors to the meeting before an agreement, to taking back what was said, and a citizen's own proposals."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.api import CANDIDATE_SIDE, CONSULTANTS, FUNCTION_CHANGE, MATCH_CHANGE, PLACEMENT_CHANGE, doors
from services.matching.queries import own
from services.matching.schemas import doors as schemas
from services.matching.schemas.matches import CitizenMatchAnswer, CompanyMatchAnswer, MatchAnswer, MeetingBody
from services.matching.schemas.placements import PlacementAnswer
from services.matching.schemas.plans import LineUndoForm
from services.matching.use_cases import meetings, own_proposals, plans, undoing
from shared.auth import Principal
from shared.lookups import About, looked

OWN = About("health_function", purpose="own_access")
LISTED = ("proposed", "consented", "accepted")


@doors.get("/own-matches", roles=("citizen",), about=OWN, answer=schemas.OwnMatchesAnswer)
def list_own_matches(session: Session, principal: Principal) -> Any:
    """A citizen's own proposals: to whom, for what, exactly what is told there, and until when to answer."""
    citizen_id = principal.citizen_id
    looked(session, citizen_id)
    found = own_proposals.proposals(session, queries.matches_of(session, citizen_id, *LISTED))
    return {"items": [_own(one) for one in found]}


def _own(one: own_proposals.OwnProposal) -> dict[str, Any]:
    return {
        "id": one.match.id,
        "state": one.match.state,
        "company": one.company.name,
        "title": one.need.title,
        "occupation": one.need.occupation,
        "answer_due": one.match.answer_due,
        "meeting_at": one.match.meeting_at,
        "functional_needs": one.told,
        "weekly_hours_min": one.hours[0],
        "weekly_hours_max": one.hours[1],
        "version": one.match.version,
    }


@doors.post(
    "/matches/<uuid:match_id>/undo",
    roles=CONSULTANTS,
    about=MATCH_CHANGE,
    body=schemas.VersionBody,
    answer=MatchAnswer,
)
def withdraw_proposal(session: Session, principal: Principal, match_id: UUID, body: dict[str, Any]) -> Any:
    """Nobody was put forward after all; by whoever did, before anybody has answered."""
    return undoing.withdraw_proposal(session, match_id, by=principal.subject, **body)


@doors.post(
    "/matches/<uuid:match_id>/meeting",
    roles=CONSULTANTS,
    about=MATCH_CHANGE,
    body=MeetingBody,
    answer=MatchAnswer,
)
def arrange_meeting(session: Session, _principal: Principal, match_id: UUID, body: dict[str, Any]) -> Any:
    """When citizen and company meet, after both said yes and before the agreement; null for no more."""
    return meetings.arrange(session, match_id, body["version"], body["starts_at"])


@doors.post(
    "/matches/<uuid:match_id>/consent/undo",
    roles=(*CANDIDATE_SIDE, "citizen"),
    about=MATCH_CHANGE,
    body=schemas.VersionBody,
    answer=CitizenMatchAnswer,
)
def take_consent_back(session: Session, principal: Principal, match_id: UUID, body: dict[str, Any]) -> Any:
    """The candidate's answer was not meant so; by whoever gave or noted it."""
    match = undoing.take_answer_back(session, match_id, side="citizen", by=principal.subject, **body)
    need = queries.need(session, None, match.need_id)
    answer = {name: getattr(match, name) for name in ("id", "state", "version")}
    return answer | {"title": need.title, "occupation": need.occupation}


@doors.post(
    "/matches/<uuid:match_id>/answer/undo",
    roles=(*CONSULTANTS, "company_employee"),
    about=FUNCTION_CHANGE,
    body=schemas.VersionBody,
    answer=CompanyMatchAnswer,
)
def take_answer_back(session: Session, principal: Principal, match_id: UUID, body: dict[str, Any]) -> Any:
    """The company's answer was not meant so; by whoever gave or noted it."""
    queries.company_match(session, own(principal), match_id)
    match = undoing.take_answer_back(session, match_id, side="company", by=principal.subject, **body)
    session.flush()
    return queries.without_person(session, [match])[0]


@doors.post(
    "/placements/<uuid:placement_id>/undo",
    roles=CONSULTANTS,
    about=PLACEMENT_CHANGE,
    body=schemas.VersionBody,
    answer=PlacementAnswer,
)
def take_placement_back(session: Session, principal: Principal, placement_id: UUID, body: dict[str, Any]) -> Any:
    """An agreement that nobody has spoken on yet comes to nothing; by whoever made it."""
    return undoing.take_placement_back(session, placement_id, by=principal.subject, **body)


@doors.post("/plan-approvals/undo", roles=CONSULTANTS, about=MATCH_CHANGE, body=LineUndoForm, answer=MatchAnswer)
def withdraw_line(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """The proposal that was made of a plan's line was none after all, and the line waits again."""
    return plans.withdraw_line(session, by=principal.subject, **body)
