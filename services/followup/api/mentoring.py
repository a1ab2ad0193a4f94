"""The doors of mentors: the register, room, meetings, a placement's mentor, hours bought free, the direct line."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.followup import queries, schemas
from services.followup.api.base import FOLLOWERS, PLACEMENT, PLACEMENT_CHANGE, doors
from services.followup.use_cases import mentor_support, mentoring, networks
from shared.auth import Principal
from shared.lookups import About

MENTORS = About("company", how="list", purpose="company_contact")
MENTOR_CHANGE = About("company", how="change", purpose="company_contact")
MENTORS_PEOPLE = About("placement", how="list", purpose="follow_up")
ONE, OF = "/mentors/<uuid:mentor_id>", "/placements/<uuid:placement_id>/mentor"


@doors.get("/mentors", roles=FOLLOWERS, about=MENTORS_PEOPLE, query=schemas.SinceQuery, answer=schemas.MentorsAnswer)
def list_mentors(session: Session, _principal: Principal, query: dict[str, Any]) -> Any:
    """The register, how much each has to do, the figures since a day, and who waits for a call."""
    return {
        "items": queries.mentors(session), "figures": queries.mentor_figures(session, query["since"]),
        "calls": queries.open_calls(session),
    }  # fmt: skip


@doors.post("/mentors", roles=FOLLOWERS, about=MENTOR_CHANGE, body=schemas.MentorBody, answer=schemas.MentorAnswer)
def register_mentor(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """Somebody new in the register."""
    return queries.mentor(session, mentoring.register(session, principal, **body).id)


@doors.get(ONE, roles=FOLLOWERS, about=MENTORS, answer=schemas.MentorAnswer)
def read_mentor(session: Session, _principal: Principal, mentor_id: UUID) -> Any:
    """One mentor with their calendar."""
    return queries.mentor(session, mentor_id)


@doors.post(ONE, status=200, roles=FOLLOWERS, about=MENTOR_CHANGE, body=schemas.MentorEdit,
            answer=schemas.MentorAnswer)  # fmt: skip
def change_mentor(session: Session, _principal: Principal, mentor_id: UUID, body: dict[str, Any]) -> Any:
    """What is different now."""
    mentoring.change(session, mentor_id, **body)
    return queries.mentor(session, mentor_id)


@doors.post(f"{ONE}/trained", status=200, roles=FOLLOWERS, about=MENTOR_CHANGE, body=schemas.TrainedBody,
            answer=schemas.MentorAnswer)  # fmt: skip
def train_mentor(session: Session, _principal: Principal, mentor_id: UUID, body: dict[str, Any]) -> Any:
    """They were trained; an empty day takes that back."""
    mentoring.train(session, mentor_id, **body)
    return queries.mentor(session, mentor_id)


@doors.post(f"{ONE}/places", roles=FOLLOWERS, about=MENTOR_CHANGE, body=schemas.RoomBody,
            answer=schemas.MentorAnswer)  # fmt: skip
def give_room(session: Session, principal: Principal, mentor_id: UUID, body: dict[str, Any]) -> Any:
    """How many at a time from a day on."""
    mentoring.give_room(session, principal, mentor_id, **body)
    return queries.mentor(session, mentor_id)


@doors.post(f"{ONE}/places/undo", status=200, roles=FOLLOWERS, about=MENTOR_CHANGE, body=schemas.RoomUndo,
            answer=schemas.MentorAnswer)  # fmt: skip
def take_room_back(session: Session, _principal: Principal, mentor_id: UUID, body: dict[str, Any]) -> Any:
    """What was said for that day counts no more."""
    mentoring.take_room_back(session, mentor_id, **body)
    return queries.mentor(session, mentor_id)


@doors.get("/network-meetings", roles=FOLLOWERS, about=MENTORS, answer=schemas.MeetingsAnswer)
def list_meetings(session: Session, _principal: Principal) -> Any:
    """The mentors' meetings, without their minutes."""
    return {"items": queries.network_meetings(session)}


@doors.post("/network-meetings", roles=FOLLOWERS, about=MENTOR_CHANGE, body=schemas.MeetingBody,
            answer=schemas.MeetingsAnswer)  # fmt: skip
def note_meeting(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """Mentors met."""
    networks.note(session, principal, **body)
    return {"items": queries.network_meetings(session)}


@doors.get(OF, roles=FOLLOWERS, about=PLACEMENT, answer=schemas.PlacementMentor)
def read_placement_mentor(session: Session, principal: Principal, placement_id: UUID) -> Any:
    """Who the mentor is, and hours bought free."""
    return queries.placement_mentor(session, principal, placement_id)


@doors.post(OF, roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.ChosenMentor, answer=schemas.AssignedAnswer)
def assign_mentor(session: Session, principal: Principal, placement_id: UUID, body: dict[str, UUID]) -> Any:
    """Another mentor from now on; a week with too many is advice."""
    over = mentoring.assign(session, principal, placement_id, **body)
    return queries.placement_mentor(session, principal, placement_id) | {"over_from": over and over.monday}


@doors.post(f"{OF}/undo", status=200, roles=FOLLOWERS, about=PLACEMENT_CHANGE, answer=schemas.PlacementMentor)
def take_mentor_back(session: Session, principal: Principal, placement_id: UUID) -> Any:
    """The mentor of before, on the same day."""
    mentoring.take_back(session, placement_id)
    return queries.placement_mentor(session, principal, placement_id)


@doors.post(f"{OF}/recognised", roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.ChosenMentor,
            answer=schemas.PlacementMentor)  # fmt: skip
def recognise_mentor(session: Session, principal: Principal, placement_id: UUID, body: dict[str, UUID]) -> Any:
    """The agreement's mentor is this one of the register."""
    mentoring.recognise(session, principal, placement_id, **body)
    return queries.placement_mentor(session, principal, placement_id)


@doors.post(f"{OF}/recognised/undo", status=200, roles=FOLLOWERS, about=PLACEMENT_CHANGE,
            answer=schemas.PlacementMentor)  # fmt: skip
def forget_mentor(session: Session, principal: Principal, placement_id: UUID) -> Any:
    """They are somebody else after all."""
    mentoring.forget(session, principal, placement_id)
    return queries.placement_mentor(session, principal, placement_id)


@doors.post(f"{OF}/support", roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.SupportBody,
            answer=schemas.PlacementMentor)  # fmt: skip
def grant_support(session: Session, principal: Principal, placement_id: UUID, body: dict[str, Any]) -> Any:
    """Hours are bought free."""
    mentor_support.grant(session, principal, placement_id, **body)
    return queries.placement_mentor(session, principal, placement_id)


@doors.post(f"{OF}/support/undo", status=200, roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.SupportUndo,
            answer=schemas.PlacementMentor)  # fmt: skip
def take_support_back(session: Session, principal: Principal, placement_id: UUID, body: dict[str, Any]) -> Any:
    """They were not granted after all."""
    mentor_support.take_back(session, placement_id, **body)
    return queries.placement_mentor(session, principal, placement_id)


@doors.post(f"{OF}/call", roles=("mentor",), about=PLACEMENT_CHANGE, body=schemas.CallBody,
            answer=schemas.CallLine)  # fmt: skip
def ask_for_call(session: Session, principal: Principal, placement_id: UUID, body: dict[str, str]) -> Any:
    """The mentor wants to be rung up."""
    return mentor_support.ask(session, principal, placement_id, **body)


@doors.post("/mentor-calls/<uuid:call_id>/answered", status=200, roles=FOLLOWERS, about=PLACEMENT_CHANGE,
            body=schemas.AnsweredBody, answer=schemas.CallLine)  # fmt: skip
def answer_call(session: Session, principal: Principal, call_id: UUID, body: dict[str, bool]) -> Any:
    """The mentor was rung up."""
    return mentor_support.answer(session, principal, call_id, **body)
