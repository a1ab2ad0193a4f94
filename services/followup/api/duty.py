"""The doors of absence: registered, tried, heard, handed over. Days are proposed here and decided elsewhere."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.followup import queries, schemas
from services.followup.api.base import FOLLOWERS, doors
from services.followup.use_cases import duty
from shared.auth import Principal
from shared.lookups import About

CASE = About("case", purpose="follow_up")
CASE_CHANGE = About("case", how="change", purpose="follow_up")
OF_CITIZEN = About("case", "citizen_id", purpose="follow_up")
OF_CITIZEN_CHANGE = About("case", "citizen_id", how="change", purpose="follow_up")
DECIDERS = ("adviser",)
ALL, ONE = "/citizens/<uuid:citizen_id>/absences", "/absences/<uuid:absence_id>"


@doors.get(ALL, roles=FOLLOWERS, about=OF_CITIZEN, answer=schemas.AbsencesAnswer)
def list_absences(session: Session, principal: Principal, citizen_id: UUID) -> Any:
    """Somebody's absences, newest first."""
    return queries.absences(session, citizen_id)


@doors.post(ALL, roles=FOLLOWERS, about=OF_CITIZEN_CHANGE, body=schemas.AbsenceBody, answer=schemas.AbsenceAnswer)
def register_absence(session: Session, principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> Any:
    """Somebody did not come; the same day is registered once."""
    made = duty.register(session, citizen_id, made_by=principal.subject, **body)
    return queries.absence(session, made.id)


@doors.get(ONE, roles=FOLLOWERS, about=CASE, answer=schemas.AbsenceAnswer)
def read_absence(session: Session, principal: Principal, absence_id: UUID) -> Any:
    """One absence, and which days the rules of that day propose."""
    return queries.absence(session, absence_id)


@doors.post(f"{ONE}/attempts", roles=FOLLOWERS, about=CASE_CHANGE, body=schemas.AttemptBody,
            answer=schemas.AbsenceAnswer)  # fmt: skip
def try_contact(session: Session, principal: Principal, absence_id: UUID, body: dict[str, Any]) -> Any:
    """Somebody tried to reach the citizen."""
    duty.attempt(session, absence_id, made_by=principal.subject, **body)
    return queries.absence(session, absence_id)


@doors.post(f"{ONE}/restored", roles=FOLLOWERS, about=CASE_CHANGE, body=schemas.RestoredBody,
            answer=schemas.AbsenceAnswer)  # fmt: skip
def restore_contact(session: Session, principal: Principal, absence_id: UUID, body: dict[str, Any]) -> Any:
    """Contact is there again."""
    duty.restore(session, absence_id, **body)
    return queries.absence(session, absence_id)


@doors.post(f"{ONE}/ground", roles=FOLLOWERS, about=CASE_CHANGE, body=schemas.GroundBody,
            answer=schemas.AbsenceAnswer)  # fmt: skip
def judge_ground(session: Session, principal: Principal, absence_id: UUID, body: dict[str, Any]) -> Any:
    """Why, and whether a person finds that reasonable."""
    duty.judge_ground(session, absence_id, **body)
    return queries.absence(session, absence_id)


@doors.post(f"{ONE}/hearing", roles=DECIDERS, about=CASE_CHANGE, answer=schemas.AbsenceAnswer)
def open_hearing(session: Session, principal: Principal, absence_id: UUID) -> Any:
    """The citizen is heard, with a day to answer by."""
    duty.open_hearing(session, absence_id)
    return queries.absence(session, absence_id)


@doors.post(f"{ONE}/hearing/answer", roles=FOLLOWERS, about=CASE_CHANGE, body=schemas.HearingAnswerBody,
            answer=schemas.AbsenceAnswer)  # fmt: skip
def answer_hearing(session: Session, principal: Principal, absence_id: UUID, body: dict[str, Any]) -> Any:
    """What the citizen answered."""
    duty.answer(session, absence_id, **body)
    return queries.absence(session, absence_id)


@doors.post(f"{ONE}/handed-over", roles=DECIDERS, about=CASE_CHANGE, answer=schemas.AbsenceAnswer)
def hand_over(session: Session, principal: Principal, absence_id: UUID) -> Any:
    """To whoever decides; nothing is decided here."""
    duty.hand_over(session, absence_id, made_by=principal.subject)
    return queries.absence(session, absence_id)


@doors.post(f"{ONE}/closed", roles=FOLLOWERS, about=CASE_CHANGE, body=schemas.CloseBody, answer=schemas.AbsenceAnswer)
def close_absence(session: Session, principal: Principal, absence_id: UUID, body: dict[str, str]) -> Any:
    """Nothing more follows."""
    duty.close(session, absence_id, **body)
    return queries.absence(session, absence_id)


@doors.post(f"{ONE}/closed/undo", roles=FOLLOWERS, about=CASE_CHANGE, body=schemas.AbsenceUndo,
            answer=schemas.AbsenceAnswer)  # fmt: skip
def open_absence_again(session: Session, principal: Principal, absence_id: UUID, body: dict[str, int]) -> Any:
    """Closing was a mistake."""
    duty.open_again(session, absence_id, **body)
    return queries.absence(session, absence_id)
