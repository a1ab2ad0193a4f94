"""A week of attendance."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.followup.models import Attendance
from services.followup.queries.placements import placement
from shared import clock
from shared.auth import Principal

WEEK = 7


def week(session: Session, principal: Principal, placement_id: UUID, day: date | None) -> dict[str, Any]:
    """The days of the week that a day is in, each with what was noted, and whether it can be noted."""
    found = placement(session, principal, placement_id)
    day = day or min(max(clock.today(), found.starts_on), found.ends_on)
    monday = day - timedelta(days=day.weekday())
    days = [monday + timedelta(days=number) for number in range(WEEK)]
    wanted = select(Attendance).where(Attendance.placement_id == placement_id, Attendance.on_day.in_(days))
    noted = {row.on_day: row for row in session.scalars(wanted)}
    lines = [
        {
            "on": one, "state": noted[one].state if one in noted else None,
            "hours": noted[one].hours if one in noted else None,
            "open": found.starts_on <= one <= min(found.ends_on, clock.today()),
        }
        for one in days
    ]  # fmt: skip
    return {"placement": found, "placement_id": found.id, "monday": monday, "days": lines}
