"""A course as it stands, what became of it, and the curve of its contacts."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.followup import rules
from services.followup.models import Contact, CourseChange
from services.followup.queries.placements import placement
from shared import calendar
from shared.auth import Principal

OF_CHANGE = ("id", "kind", "on_day", "until_on", "code", "asked_by", "made_by", "made_at", "version")


def course(session: Session, principal: Principal, placement_id: UUID) -> dict[str, Any]:
    """Everything about the plan; for staff."""
    found = placement(session, principal, placement_id)
    standing = CourseChange.placement_id == placement_id, CourseChange.taken_back_at.is_(None)
    changes = session.scalars(select(CourseChange).where(*standing).order_by(CourseChange.made_at, CourseChange.id))
    contacts = select(Contact.planned_at).where(Contact.placement_id == placement_id, Contact.withdrawn_at.is_(None))
    days = [calendar.danish_day(at) for at in session.scalars(contacts)]
    curve = rules.per_week(days, calendar.danish_day(found.first_day_at))
    return {
        "placement": found,
        "ends_on": found.ends_on,
        "agreed_ends_on": found.agreed_ends_on,
        "place_rule": found.place_rule,
        "changes": [{name: getattr(one, name) for name in OF_CHANGE} for one in changes],
        "curve": [{"week": week, "contacts": number} for week, number in curve],
    }
