"""The doors of longer courses."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.followup import queries, schemas
from services.followup.api.base import FOLLOWERS, PLACEMENT, PLACEMENT_CHANGE, doors
from services.followup.use_cases import long_courses
from shared.auth import Principal

OF = "/placements/<uuid:placement_id>/long-course"


@doors.get(OF, roles=FOLLOWERS, about=PLACEMENT, answer=schemas.LongCourseAnswer)
def read_long_course(session: Session, principal: Principal, placement_id: UUID) -> Any:
    """A placement's part, and the citizen's whole course."""
    return queries.long_course(session, principal, placement_id)


@doors.post(f"{OF}/role", status=200, roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.RoleBody,
            answer=schemas.LongCourseAnswer)  # fmt: skip
def give_role(session: Session, principal: Principal, placement_id: UUID, body: dict[str, str | None]) -> Any:
    """First or last of several, or neither."""
    long_courses.give_role(session, principal, placement_id, **body)
    return queries.long_course(session, principal, placement_id)


@doors.post(f"{OF}/outcome", roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.ClarifiedBody,
            answer=schemas.LongCourseAnswer)  # fmt: skip
def clarify_course(session: Session, principal: Principal, placement_id: UUID, body: dict[str, Any]) -> Any:
    """What a person found at the end."""
    long_courses.clarify(session, principal, placement_id, **body)
    return queries.long_course(session, principal, placement_id)


@doors.post(f"{OF}/outcome/undo", status=200, roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.ClarifiedUndo,
            answer=schemas.LongCourseAnswer)  # fmt: skip
def take_clarification_back(session: Session, principal: Principal, placement_id: UUID, body: dict[str, int]) -> Any:
    """It was not found after all."""
    long_courses.take_back(session, placement_id, **body)
    return queries.long_course(session, principal, placement_id)
