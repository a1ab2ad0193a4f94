"""JSON doors to the closed forum: posts, seats, the dialogue through the municipality, and profiles with help."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.matching.api import CONSULTANTS, doors
from services.matching.api.portal_people import COMPANY
from services.matching.queries import forum as reads
from services.matching.queries import own_company
from services.matching.schemas import forum as schemas
from services.matching.schemas.profiles import ProfileAnswer, ShownBody
from services.matching.use_cases import assisted, forum
from shared import clock
from shared.auth import Principal
from shared.lookups import NOBODY, About, looked
from shared.paging import PageQuery

LINES = About("wishes", how="list", purpose="matching")
DECIDED = About("wishes", how="change", purpose="matching")
OWN = About("wishes", purpose="own_access")
OWN_CHANGE = About("wishes", how="change", purpose="own_access")
CITIZEN = ("citizen",)
WITH_CHANGE = About("wishes", "citizen_id", how="change", purpose="matching")
POSTERS = (*COMPANY, *CONSULTANTS)


@doors.get("/forum-posts", roles=POSTERS, about=NOBODY, query=PageQuery, answer=schemas.PostsAnswer)
def list_posts(session: Session, principal: Principal, query: dict[str, Any]) -> Any:
    """What is up now, events to come first."""
    company = None if principal.is_staff else own_company(session, principal)
    return _posts(reads.posts(session, clock.now(), company_id=company.id if company else None, **query))


def _posts(listed: tuple[list[reads.Posted], UUID | None]) -> dict[str, Any]:
    found, onward = listed
    names = ("id", "kind", "title", "text", "link", "starts_at")
    return {"items": [
        {name: getattr(one.post, name) for name in names} | {
            "company": one.company, "place_of_event": one.post.place, "seats_left": one.left,
            "waiting": one.waiting, "place": one.place,
        }
        for one in found
    ], "next": onward}  # fmt: skip


@doors.post("/forum-jobs", roles=COMPANY, about=NOBODY, body=schemas.JobPostBody, answer=schemas.PostIdAnswer)
def post_job(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """A job of the company's own."""
    return forum.post(session, principal, own_company(session, principal), **body)


@doors.post("/forum-posts", roles=CONSULTANTS, about=NOBODY, body=schemas.PostBody, answer=schemas.PostIdAnswer)
def post_for_all(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """An article, a video, an event or a job, by the municipality."""
    return forum.post(session, principal, None, **body)


@doors.post("/forum-posts/hidden", roles=POSTERS, about=NOBODY, body=schemas.HideBody, answer=schemas.PostIdAnswer)
def hide_post(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """A post taken down, or up again; a company's own, for the municipality any."""
    return forum.hide(session, None if principal.is_staff else own_company(session, principal), **body)


@doors.post("/forum-seats", roles=COMPANY, about=NOBODY, body=schemas.SeatBody, answer=schemas.SeatAnswer)
def sign_up(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """The company comes to an event, or waits for a seat."""
    return {"seat": forum.sign_up(session, body["post_id"], company=own_company(session, principal))}


@doors.post("/forum-seats/cancelled", roles=COMPANY, about=NOBODY, body=schemas.SeatBody, answer=schemas.SeatAnswer)
def sign_off(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """It does not come."""
    forum.cancel(session, body["post_id"], company=own_company(session, principal))
    return {"seat": False}


@doors.get("/forum-posts/<uuid:post_id>/seats", roles=CONSULTANTS, about=LINES, answer=schemas.AllSignedUpAnswer)
def list_seats(session: Session, _principal: Principal, post_id: UUID) -> Any:
    """Who signed up for the event, the first first."""
    found = reads.coming_to(session, [post_id]).get(post_id, [])
    return {"items": [{"citizen_id": citizen, "company": company} for citizen, company in found]}


@doors.get("/own-forum-posts", roles=CITIZEN, about=OWN, query=PageQuery, answer=schemas.PostsAnswer)
def list_posts_for_citizen(session: Session, principal: Principal, query: dict[str, Any]) -> Any:
    """What is up now, for a citizen."""
    looked(session, principal.citizen_id)
    return _posts(reads.posts(session, clock.now(), citizen_id=principal.citizen_id, **query))


@doors.post("/own-forum-seats", roles=CITIZEN, about=OWN_CHANGE, body=schemas.SeatBody, answer=schemas.SeatAnswer)
def sign_citizen_up(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """The citizen comes to an event, or waits for a seat."""
    looked(session, principal.citizen_id)
    return {"seat": forum.sign_up(session, body["post_id"], citizen_id=principal.citizen_id)}


@doors.post(
    "/own-forum-seats/cancelled", roles=CITIZEN, about=OWN_CHANGE, body=schemas.SeatBody, answer=schemas.SeatAnswer
)
def sign_citizen_off(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """The citizen does not come."""
    looked(session, principal.citizen_id)
    forum.cancel(session, body["post_id"], citizen_id=principal.citizen_id)
    return {"seat": False}


@doors.get("/own-dialogues", roles=CITIZEN, about=OWN, query=PageQuery, answer=schemas.OwnDialoguesAnswer)
def list_own_dialogues(session: Session, principal: Principal, query: dict[str, Any]) -> Any:
    """What companies wrote to the citizen's profile, and what they answered: the newest lines, older ones by `next`."""
    looked(session, principal.citizen_id)
    found, older = reads.lines_of_citizen(session, principal.citizen_id, **query)
    items = [{"company_id": one.id, "company": one.name, "lines": lines} for one, lines in found]
    return {"items": items, "next": older}


@doors.post("/own-dialogues", roles=CITIZEN, about=OWN_CHANGE, body=schemas.OwnLineBody, answer=schemas.ForumLineAnswer)
def answer_company_line(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """An answer that a consultant reads first."""
    looked(session, principal.citizen_id)
    return reads.line(session, forum.answer_company(session, principal.citizen_id, **body))


@doors.get("/forum-dialogues", roles=COMPANY, about=LINES, query=PageQuery, answer=schemas.DialoguesAnswer)
def list_dialogues(session: Session, principal: Principal, query: dict[str, Any]) -> Any:
    """What the company wrote to profiles, and what came back: the newest lines, older ones by `next`."""
    found, older = reads.lines_of_company(session, own_company(session, principal).id, **query)
    items = [{"profile_id": one, "available": there, "lines": lines} for one, there, lines in found]
    return {"items": items, "next": older}


@doors.post("/forum-lines", roles=COMPANY, about=LINES, body=schemas.ForumLineBody, answer=schemas.ForumLineAnswer)
def write_to_profile(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """A line that a consultant reads first."""
    return reads.line(session, forum.write_to_profile(session, own_company(session, principal), **body))


@doors.get("/forum-lines", roles=CONSULTANTS, about=LINES, query=PageQuery, answer=schemas.WaitingLinesAnswer)
def lines_to_decide(session: Session, principal: Principal, query: dict[str, Any]) -> Any:
    """A page of the lines that wait for somebody to pass them on."""
    found, after = reads.to_decide(session, principal, **query)
    return {"items": [line for line, _company in found], "next": after}


@doors.post(
    "/forum-lines/decided", roles=CONSULTANTS, about=DECIDED, body=schemas.DecisionBody, answer=schemas.ForumLineAnswer
)
def decide_line(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """Passed on, stopped, or back to waiting."""
    return reads.line(session, forum.decide(session, principal, **body))


@doors.post(
    "/candidates/<uuid:citizen_id>/assisted-profile",
    roles=CONSULTANTS,
    about=WITH_CHANGE,
    body=schemas.AssistedBody,
    answer=ProfileAnswer,
)
def write_assisted_profile(session: Session, principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> Any:
    """A profile written down with a citizen who has said yes to it."""
    return assisted.write(session, principal, citizen_id, **body)


@doors.post(
    "/candidates/<uuid:citizen_id>/assisted-profile/shown",
    roles=CONSULTANTS,
    about=WITH_CHANGE,
    body=ShownBody,
    answer=ProfileAnswer,
)
def show_assisted_profile(session: Session, _principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> Any:
    """Gone from every company at once when the citizen says so to us, or back."""
    return assisted.show(session, citizen_id, **body)
