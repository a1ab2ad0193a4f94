"""The doors of attendance."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.followup import queries, schemas
from services.followup.api.base import PLACEMENT, PLACEMENT_CHANGE, WITH_MENTOR, doors
from services.followup.use_cases import attendance
from shared.auth import Principal

DAYS = "/placements/<uuid:placement_id>/attendance"


@doors.get(DAYS, roles=WITH_MENTOR, about=PLACEMENT, query=schemas.WeekQuery, answer=schemas.AttendanceAnswer)
def read_attendance(session: Session, principal: Principal, placement_id: UUID, query: dict[str, Any]) -> Any:
    """A week of attendance; a mentor's own placements only."""
    return queries.week(session, principal, placement_id, query["day"])


@doors.post(DAYS, roles=WITH_MENTOR, about=PLACEMENT_CHANGE, body=schemas.AttendanceBody,
            answer=schemas.AttendanceAnswer)  # fmt: skip
def note_attendance(session: Session, principal: Principal, placement_id: UUID, body: dict[str, Any]) -> Any:
    """Who came on which day, and for how many hours."""
    days = {one["on"]: one for one in body["days"]}
    attendance.note(session, principal, placement_id, days)
    return queries.week(session, principal, placement_id, min(days))
