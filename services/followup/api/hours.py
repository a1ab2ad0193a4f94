"""The doors of hours as they are worked: weeks, the brake, the level that lasts, the gate, tasks that become paid."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.followup import queries, schemas
from services.followup.api.base import FOLLOWERS, PLACEMENT, PLACEMENT_CHANGE, doors
from services.followup.use_cases import real_hours
from shared.auth import Principal

HOURS = "/placements/<uuid:placement_id>/hours-course"


@doors.get(HOURS, roles=FOLLOWERS, about=PLACEMENT, answer=schemas.HoursCourseAnswer)
def read_hours(session: Session, principal: Principal, placement_id: UUID) -> Any:
    """Hours agreed beside hours worked, and what brakes them."""
    return queries.hours_course(session, principal, placement_id)


@doors.post(f"{HOURS}/weeks", roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.WeekHoursBody,
            answer=schemas.HoursCourseAnswer)  # fmt: skip
def tell_week_hours(session: Session, principal: Principal, placement_id: UUID, body: dict[str, Any]) -> Any:
    """How many hours a week had."""
    real_hours.tell_week(session, principal, placement_id, **body)
    return queries.hours_course(session, principal, placement_id)


@doors.post(f"{HOURS}/sustainable", roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.SustainableBody,
            answer=schemas.HoursCourseAnswer)  # fmt: skip
def set_sustainable_level(session: Session, principal: Principal, placement_id: UUID, body: dict[str, Any]) -> Any:
    """The level that lasts."""
    real_hours.set_sustainable(session, placement_id, **body)
    return queries.hours_course(session, principal, placement_id)


@doors.post(f"{HOURS}/hidden", roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.HiddenBody,
            answer=schemas.HoursCourseAnswer)  # fmt: skip
def hide_hours(session: Session, principal: Principal, placement_id: UUID, body: dict[str, Any]) -> Any:
    """Whether the citizen's own pages show hours."""
    real_hours.hide_hours(session, placement_id, **body)
    return queries.hours_course(session, principal, placement_id)


@doors.post(f"{HOURS}/gate", roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.GateBody,
            answer=schemas.HoursCourseAnswer)  # fmt: skip
def pass_gate(session: Session, principal: Principal, placement_id: UUID, body: dict[str, Any]) -> Any:
    """What has to be on file is there."""
    real_hours.pass_gate(session, principal, placement_id, **body)
    return queries.hours_course(session, principal, placement_id)


@doors.post(f"{HOURS}/tasks", roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.TaskBody,
            answer=schemas.HoursCourseAnswer)  # fmt: skip
def add_task(session: Session, principal: Principal, placement_id: UUID, body: dict[str, Any]) -> Any:
    """A task that somebody is learning."""
    real_hours.add_task(session, placement_id, **body)
    return queries.hours_course(session, principal, placement_id)


@doors.post(f"{HOURS}/reviews/<uuid:review_id>", roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.SeenBody,
            answer=schemas.HoursCourseAnswer)  # fmt: skip
def look_at_week(
    session: Session, principal: Principal, placement_id: UUID, review_id: UUID, body: dict[str, Any]
) -> Any:
    """Adviser or coordinator has looked at a week above the step."""
    real_hours.look_at(session, principal, placement_id, review_id, **body)
    return queries.hours_course(session, principal, placement_id)


@doors.post(f"{HOURS}/tasks/<uuid:task_id>/mastered", roles=FOLLOWERS, about=PLACEMENT_CHANGE,
            body=schemas.MasteredBody, answer=schemas.HoursCourseAnswer)  # fmt: skip
def master_task(session: Session, principal: Principal, placement_id: UUID, task_id: UUID, body: dict[str, Any]) -> Any:
    """The task's hours are paid from a day on."""
    real_hours.master(session, placement_id, task_id, **body)
    return queries.hours_course(session, principal, placement_id)
