"""Doors to what is noted in a talk."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.intake import queries, rules, schemas
from services.intake.api.desk import doors
from services.intake.use_cases import POLICY, cv, talk
from shared import clock
from shared.auth import STAFF, Principal
from shared.errors import NotFound
from shared.lookups import NOBODY, About

READ = About("case", "citizen_id", purpose="visitation")
CHANGE = About("case", "citizen_id", "change", purpose="visitation")
OWN_WORDS = About("health_function", "citizen_id", "change", purpose="visitation")
CONTACT = About("case", how="change", purpose="visitation")


@doors.get("/citizens/<uuid:citizen_id>/cv-deadline", roles=STAFF, about=READ, answer=schemas.CvDeadlineAnswer,
           etag=True)  # fmt: skip
def read_cv_deadline(session: Session, _principal: Principal, citizen_id: UUID) -> Any:
    """By when somebody's CV is to be there."""
    found = cv.newest(session, citizen_id)
    if found is None:
        raise NotFound
    return found


@doors.post("/citizens/<uuid:citizen_id>/cv-deadline/met", roles=STAFF, about=CHANGE, answer=schemas.CvDeadlineAnswer,
            status=200)  # fmt: skip
def meet_cv_deadline(session: Session, principal: Principal, citizen_id: UUID) -> Any:
    """Somebody saw that the CV is there."""
    met = cv.meet(session, citizen_id, by=principal.subject)
    session.flush()
    return met


@doors.post("/citizens/<uuid:citizen_id>/cv-deadline/not-met", roles=STAFF, about=CHANGE, status=200,
            answer=schemas.CvDeadlineAnswer)  # fmt: skip
def unmeet_cv_deadline(session: Session, _principal: Principal, citizen_id: UUID) -> Any:
    """It was a mistake that it was met."""
    found = cv.not_met(session, citizen_id)
    session.flush()
    return found


@doors.post("/citizens/<uuid:citizen_id>/assistance", roles=STAFF, about=CHANGE, body=schemas.AssistedItems,
            answer=schemas.AssistedList)  # fmt: skip
def give_assistance(session: Session, principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> Any:
    """Tick what somebody was helped with today."""
    return {"items": talk.assist(session, citizen_id, **body, by=principal.subject)}


@doors.post("/citizens/<uuid:citizen_id>/assistance/mistake", roles=STAFF, about=CHANGE,
            body=schemas.AssistedItemName, answer=schemas.AssistedList, status=200)  # fmt: skip
def take_assistance_back(session: Session, _principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> Any:
    """Untick what was ticked today by mistake."""
    talk.unassist(session, citizen_id, **body)
    return {"items": talk.assisted_on(session, citizen_id, clock.today())}


@doors.post("/citizens/<uuid:citizen_id>/work-duty", roles=("adviser",), about=CHANGE, body=schemas.NewWorkDuty,
            answer=schemas.WorkDutyAnswer)  # fmt: skip
def decide_work_duty(session: Session, principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> Any:
    """An adviser's word on the weekly hours from a day, 0 for an exemption."""
    return talk.decide_duty(session, citizen_id, **body, by=principal.subject)


@doors.post("/citizens/<uuid:citizen_id>/work-hours", roles=STAFF, about=OWN_WORDS, body=schemas.NewWorkHours,
            answer=schemas.WorkHoursAnswer)  # fmt: skip
def note_work_hours(session: Session, principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> Any:
    """Note hours of a week."""
    return talk.note_hours(session, citizen_id, **body, by=principal.subject)


@doors.post("/citizens/<uuid:citizen_id>/work-hours/<uuid:hours_id>/mistake", roles=STAFF, about=OWN_WORDS,
            answer=schemas.WorkHoursAnswer, status=200)  # fmt: skip
def strike_work_hours(session: Session, _principal: Principal, citizen_id: UUID, hours_id: UUID) -> Any:
    """They were noted by mistake."""
    return talk.strike_hours(session, citizen_id, hours_id)


@doors.post("/citizens/<uuid:citizen_id>/work-hours/<uuid:hours_id>/confirm", roles=STAFF, about=OWN_WORDS,
            answer=schemas.WorkHoursAnswer, status=200)  # fmt: skip
def confirm_work_hours(session: Session, principal: Principal, citizen_id: UUID, hours_id: UUID) -> Any:
    """Hours that the citizen noted are as they say."""
    return talk.confirm_hours(session, citizen_id, hours_id, by=principal.subject)


@doors.get("/citizens/<uuid:citizen_id>/work-week", roles=STAFF, query=schemas.DayQuery, answer=schemas.WeekAnswer,
           about=About("health_function", "citizen_id", purpose="visitation"))  # fmt: skip
def read_work_week(session: Session, _principal: Principal, citizen_id: UUID, query: dict[str, Any]) -> Any:
    """A week's account: what counts, what is missing; no consequence follows."""
    day = query["day"] or clock.today()
    account, entries = talk.week(session, citizen_id, day)
    if account is None:
        empty: dict[str, Any] = {"counted": None, "required_hours": None, "missing": None, "policies": []}
        return {"configured": False, "monday": rules.monday_of(day), "entries": entries, **empty}
    return {"configured": True, "required_hours": account.required, "entries": entries, **asdict(account)}


@doors.post("/first-contacts/<uuid:contact_id>/outcome", roles=STAFF, about=CONTACT, body=schemas.NewOutcome,
            answer=schemas.OutcomeAnswer)  # fmt: skip
def close_at_door(session: Session, principal: Principal, contact_id: UUID, body: dict[str, Any]) -> Any:
    """How a first contact ended; said again it is corrected. Nobody's application is stopped by it."""
    return talk.close(session, contact_id, **body, by=principal.subject)


@doors.post("/first-contacts/<uuid:contact_id>/outcome/mistake", roles=STAFF, about=CONTACT, answer=schemas.Reopened,
            status=200)  # fmt: skip
def reopen_at_door(session: Session, _principal: Principal, contact_id: UUID) -> Any:
    """The outcome holds no more."""
    talk.reopen(session, contact_id)
    return {"contact_id": contact_id}


@doors.post("/citizens/<uuid:citizen_id>/knowledge", roles=STAFF, about=OWN_WORDS, body=schemas.Knowledge,
            answer=schemas.KnowledgeSaved)  # fmt: skip
def note_knowledge(session: Session, _principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> Any:
    """What somebody knows of themselves, the whole of it anew; the words go out by no door."""
    return talk.know(session, citizen_id, body)


@doors.post("/citizens/<uuid:citizen_id>/found", roles=STAFF, body=schemas.NewFound, answer=schemas.FoundAnswer,
            about=About("wishes", "citizen_id", "change", purpose="visitation"))  # fmt: skip
def note_found(session: Session, _principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> Any:
    """A job or an education that the person found."""
    return talk.found(session, citizen_id, **body)


@doors.post("/citizens/<uuid:citizen_id>/found/<uuid:found_id>/removal", roles=STAFF, answer=schemas.FoundAnswer,
            about=About("wishes", "citizen_id", "change", purpose="visitation"), status=200)  # fmt: skip
def remove_found(session: Session, _principal: Principal, citizen_id: UUID, found_id: UUID) -> Any:
    """It is of interest no more."""
    return talk.forget_found(session, citizen_id, found_id)


@doors.get("/citizens/<uuid:citizen_id>/found", roles=STAFF, answer=schemas.FoundList,
           about=About("wishes", "citizen_id", purpose="visitation"))  # fmt: skip
def list_found(session: Session, _principal: Principal, citizen_id: UUID) -> Any:
    """What the person found."""
    return {"items": queries.found_by(session, citizen_id)}


@doors.get("/calculator", roles=STAFF, about=NOBODY, query=schemas.CalculatorQuery, answer=schemas.CalculatorAnswer)
def calculate(_session: Session, _principal: Principal, query: dict[str, Any]) -> Any:
    """Pay beside benefit, before tax, by configured rates only."""
    row = POLICY.find("calculator.benefit_month", clock.today(), query["benefit"])
    return asdict(rules.compare(query["hourly_pay"], query["weekly_hours"], row))
