"""The doors of a course: what is agreed anew, and where people may meet."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.followup import queries, schemas
from services.followup.api.base import FOLLOWERS, PLACEMENT, PLACEMENT_CHANGE, doors
from services.followup.use_cases import courses
from shared.auth import Principal

COURSE = "/placements/<uuid:placement_id>/course"


@doors.get(COURSE, roles=FOLLOWERS, about=PLACEMENT, answer=schemas.CourseAnswer)
def read_course(session: Session, principal: Principal, placement_id: UUID) -> Any:
    """The course as it stands, what became of it, and how its contacts taper."""
    return queries.course(session, principal, placement_id)


@doors.post(f"{COURSE}/changes", roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.CourseChangeBody,
            answer=schemas.CourseAnswer)  # fmt: skip
def change_course(session: Session, principal: Principal, placement_id: UUID, body: dict[str, Any]) -> Any:
    """Longer, shorter, paused, going on, or another rhythm; the rest of the plan follows."""
    courses.agree(session, placement_id, made_by=principal.subject, **body)
    return queries.course(session, principal, placement_id)


@doors.post(f"{COURSE}/changes/undo", roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.CourseUndo,
            answer=schemas.CourseAnswer)  # fmt: skip
def take_change_back(session: Session, principal: Principal, placement_id: UUID, body: dict[str, Any]) -> Any:
    """The newest change was not agreed after all, on the day it was made."""
    courses.take_back(session, placement_id, **body)
    return queries.course(session, principal, placement_id)


@doors.post(f"{COURSE}/place-rule", roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.PlaceRuleBody,
            answer=schemas.CourseAnswer)  # fmt: skip
def set_place_rule(session: Session, principal: Principal, placement_id: UUID, body: dict[str, str]) -> Any:
    """Where people may meet from now on."""
    courses.set_place_rule(session, placement_id, **body)
    return queries.course(session, principal, placement_id)
