"""Hours agreed beside hours worked, what brakes them, and what has to be on file."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.followup import rules
from services.followup.models import Attendance, DocumentGate, HourAgreement, HourReview, Placement, WeekHours, WorkTask
from services.followup.queries.placements import placement
from services.followup.use_cases import POLICY
from shared import clock
from shared.auth import Principal
from shared.errors import NotFound
from shared.lookups import looked

OF_REVIEW = ("id", "monday", "agreed", "worked", "adviser_at", "coordinator_at", "version")
OF_GATE = ("gate_code", "document_ref", "passed_at")
OF_TASK = ("id", "name", "weekly_hours", "mastered_on")


def steps_of(session: Session, placement_id: UUID) -> list[rules.Step]:
    """What is agreed, in order."""
    standing = HourAgreement.placement_id == placement_id, HourAgreement.taken_back_at.is_(None)
    rows = session.scalars(select(HourAgreement).where(*standing).order_by(HourAgreement.starts_on))
    return [rules.Step(row.starts_on, row.placement_hours, row.paid_hours) for row in rows]


def worked_weeks(
    session: Session, since: date, before: date, placement_id: UUID | None = None
) -> dict[tuple[UUID, date], float]:
    """Hours worked by placement and Monday: what somebody told of the week, else the sum of its days."""
    days = select(Attendance).where(
        Attendance.on_day >= since, Attendance.on_day < before, Attendance.hours.is_not(None)
    )
    told = select(WeekHours).where(WeekHours.monday >= since, WeekHours.monday < before)
    if placement_id is not None:
        days, told = (
            days.where(Attendance.placement_id == placement_id),
            told.where(WeekHours.placement_id == placement_id),
        )
    found: dict[tuple[UUID, date], float] = {}
    for day in session.scalars(days):
        key = (day.placement_id, rules.monday_of(day.on_day))
        found[key] = found.get(key, 0.0) + (day.hours or 0.0)
    return found | {(week.placement_id, week.monday): week.hours for week in session.scalars(told)}


def open_gates(session: Session, placement_id: UUID) -> list[str]:
    """What still has to be on file."""
    wanted = DocumentGate.placement_id == placement_id, DocumentGate.passed_at.is_(None)
    return list(session.scalars(select(DocumentGate.gate_code).where(*wanted)))


def hours_course(session: Session, principal: Principal, placement_id: UUID) -> dict[str, Any]:
    """Everything about a placement's hours, for staff."""
    found, today = placement(session, principal, placement_id), clock.today()
    steps = steps_of(session, placement_id)
    until = min(today, found.ends_on)
    monday = rules.monday_of(found.starts_on)
    worked = worked_weeks(session, monday, until + timedelta(days=7), placement_id)
    by_week = {one: hours for (_id, one), hours in worked.items()}
    alarm = POLICY.find("hours.unmoved_weeks", today)
    unmoved = rules.unmoved_for(steps, today) if found.starts_on <= today <= found.ends_on else 0
    reviews = select(HourReview).where(HourReview.placement_id == placement_id).order_by(HourReview.monday.desc())
    gates = select(DocumentGate).where(DocumentGate.placement_id == placement_id).order_by(DocumentGate.gate_code)
    tasks = select(WorkTask).where(WorkTask.placement_id == placement_id).order_by(WorkTask.made_at, WorkTask.id)
    return {
        "placement": found,
        "hours_hidden": found.hours_hidden,
        "sustainable_hours": found.sustainable_hours,
        "sustainable_from": found.sustainable_from,
        "weeks": [
            {"monday": week.monday, "agreed": week.agreed, "worked": week.worked, "missed": week.missed}
            for week in rules.weeks(steps, by_week, until)
        ],
        "unmoved_weeks": unmoved,
        "unmoved_too_long": bool(alarm and found.sustainable_hours is None and unmoved >= alarm.value),
        "reviews": _lines(session.scalars(reviews), OF_REVIEW),
        "gates": _lines(session.scalars(gates), OF_GATE),
        "tasks": _lines(session.scalars(tasks), OF_TASK),
    }


def own_placement(session: Session, principal: Principal, placement_id: UUID) -> Placement:
    """The citizen's own; raises NotFound where it is another's."""
    found = session.get(Placement, placement_id)
    if found is None or found.citizen_id != principal.citizen_id:
        raise NotFound
    looked(session, found.citizen_id)
    return found


def _lines(rows: Any, names: tuple[str, ...]) -> list[dict[str, Any]]:
    return [{name: getattr(row, name) for name in names} for row in rows]
