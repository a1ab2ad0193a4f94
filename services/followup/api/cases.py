"""The doors of whose case it is, of next steps, and of what is at risk."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.followup import queries, schemas
from services.followup.api.base import FOLLOWERS, PLACEMENT_CHANGE, PLACEMENTS, doors
from services.followup.use_cases import cases
from shared import clock
from shared.auth import Principal


@doors.post("/placements/<uuid:placement_id>/taken", status=200, roles=FOLLOWERS, about=PLACEMENT_CHANGE,
            answer=schemas.OwnerAnswer)  # fmt: skip
def take_case(session: Session, principal: Principal, placement_id: UUID) -> Any:
    """The case is the caller's."""
    return cases.take(session, principal, placement_id)[0]


@doors.post("/placements/<uuid:placement_id>/owner", status=200, roles=FOLLOWERS, about=PLACEMENT_CHANGE,
            body=schemas.OwnerBody, answer=schemas.OwnerAnswer)  # fmt: skip
def assign_case(session: Session, principal: Principal, placement_id: UUID, body: dict[str, Any]) -> Any:
    """The case is a colleague's, or nobody's."""
    return cases.assign(session, placement_id, **body)[0]


@doors.get("/next-steps", roles=FOLLOWERS, about=PLACEMENTS, query=schemas.WhoseQuery, answer=schemas.StepPage)
def list_steps(session: Session, principal: Principal, query: dict[str, Any]) -> Any:
    """A page of next steps that are due today or late, oldest first."""
    return queries.steps_due(session, principal, until=clock.today(), **query)


@doors.post("/next-steps/<uuid:step_id>/done", status=200, roles=FOLLOWERS, about=PLACEMENT_CHANGE,
            answer=schemas.StepDone)  # fmt: skip
def finish_step(session: Session, principal: Principal, step_id: UUID) -> Any:
    """It is done."""
    return cases.finish_step(session, step_id, done_by=principal.subject)


@doors.post("/next-steps/<uuid:step_id>/undo", status=200, roles=FOLLOWERS, about=PLACEMENT_CHANGE,
            answer=schemas.StepDone)  # fmt: skip
def unfinish_step(session: Session, principal: Principal, step_id: UUID) -> Any:
    """It is not done after all."""
    return cases.finish_step(session, step_id, done_by=None)


@doors.get("/at-risk", roles=FOLLOWERS, about=PLACEMENTS, query=schemas.WhoseQuery, answer=schemas.RiskPage)
def list_at_risk(session: Session, principal: Principal, query: dict[str, Any]) -> Any:
    """A page of placements whose contact something made closer of late, newest first."""
    return queries.at_risk(session, principal, **query)


@doors.post("/contacts/<uuid:contact_id>/interpreter", status=200, roles=FOLLOWERS, about=PLACEMENT_CHANGE,
            body=schemas.InterpreterBody, answer=schemas.ContactAnswer)  # fmt: skip
def book_interpreter(session: Session, principal: Principal, contact_id: UUID, body: dict[str, bool]) -> Any:
    """An interpreter comes to the talk, or not after all."""
    return cases.book_interpreter(session, contact_id, booked_by=principal.subject if body["booked"] else None)
