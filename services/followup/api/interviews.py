"""The doors of the contact course."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.followup import queries, schemas
from services.followup.api.base import FOLLOWERS, doors
from services.followup.use_cases import interviews
from shared.auth import Principal
from shared.lookups import About

REPORT = About("case", how="list", purpose="follow_up")
COURSE, COURSE_CHANGE = (About("case", "citizen_id", how=how, purpose="follow_up") for how in ("read", "change"))
OF = "/citizens/<uuid:citizen_id>/interviews"


@doors.get("/interviews", roles=FOLLOWERS, about=REPORT, answer=schemas.InterviewReport)
def read_interview_report(session: Session, _principal: Principal) -> Any:
    """Months and groups of the last year, and who has had too few talks."""
    return queries.interview_report(session)


@doors.get(OF, roles=FOLLOWERS, about=COURSE, answer=schemas.InterviewsAnswer)
def read_interviews(session: Session, _principal: Principal, citizen_id: UUID) -> Any:
    """Somebody's contact course."""
    return queries.interviews(session, citizen_id)


@doors.post(OF, roles=FOLLOWERS, about=COURSE_CHANGE, body=schemas.InterviewBody, answer=schemas.InterviewsAnswer)
def note_interview(session: Session, principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> Any:
    """A talk took place."""
    interviews.note(session, principal, citizen_id, **body)
    return queries.interviews(session, citizen_id)


@doors.post(f"{OF}/<uuid:interview_id>/undo", status=200, roles=FOLLOWERS, about=COURSE_CHANGE,
            body=schemas.InterviewUndo, answer=schemas.InterviewsAnswer)  # fmt: skip
def take_interview_back(
    session: Session, _principal: Principal, citizen_id: UUID, interview_id: UUID, body: dict[str, int]
) -> Any:
    """It did not take place after all."""
    interviews.take_back(session, citizen_id, interview_id, **body)
    return queries.interviews(session, citizen_id)


@doors.post("/citizens/<uuid:citizen_id>/interview-standing", status=200, roles=FOLLOWERS, about=COURSE_CHANGE,
            body=schemas.InterviewCodeBody, answer=schemas.InterviewsAnswer)  # fmt: skip
def judge_interviews(session: Session, principal: Principal, citizen_id: UUID, body: dict[str, str | None]) -> Any:
    """Somebody finds work alone, has left, or neither."""
    interviews.judge(session, principal, citizen_id, **body)
    return queries.interviews(session, citizen_id)
