"""Next steps that are due, and the cases at risk."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from services.followup import rules
from services.followup.models import CourseChange, NextStep, Placement
from services.followup.queries.placements import names_of, values_of
from services.followup.queries.whose import cases_of, next_steps_of
from services.followup.use_cases import POLICY
from shared import clock
from shared.auth import Principal
from shared.lookups import looked

OF_STEP = ("id", "placement_id", "code", "due_on", "owner", "done_at", "version")


def steps_due(
    session: Session, principal: Principal, whose: str, until: date, limit: int = 200
) -> list[dict[str, Any]]:
    """Next steps to be done by a day, oldest first."""
    wanted = select(NextStep).where(NextStep.done_at.is_(None), NextStep.due_on <= until)
    wanted = wanted.join(Placement, Placement.id == NextStep.placement_id)
    wanted = wanted.where(next_steps_of(principal, whose))
    return _steps(session, wanted.order_by(NextStep.due_on, NextStep.id).limit(limit))


def _steps(session: Session, wanted: Select[NextStep]) -> list[dict[str, Any]]:
    found = session.scalars(wanted).all()
    looked(session, *(one.placement.citizen_id for one in found))
    return [values_of(one, *OF_STEP) | names_of(one.placement) | _late(one.due_on) for one in found]


def _late(due_on: date) -> dict[str, Any]:
    return {"days_late": (clock.today() - due_on).days}


def steps_in(session: Session, placement_id: UUID) -> list[dict[str, Any]]:
    """What is to be done in one placement."""
    wanted = select(NextStep).where(NextStep.placement_id == placement_id, NextStep.done_at.is_(None))
    return _steps(session, wanted.order_by(NextStep.due_on, NextStep.id))


def at_risk(session: Session, principal: Principal, whose: str, limit: int | None = None) -> list[dict[str, Any]]:
    """Placements under way whose contact something made closer of late, with the newest reason."""
    today = clock.today()
    since = today - timedelta(days=POLICY.row("board.risk_days", today).value)
    newest = select(CourseChange).ext(distinct_on(CourseChange.placement_id))
    newest = newest.where(
        CourseChange.kind == rules.TIGHTENED, CourseChange.on_day >= since, CourseChange.taken_back_at.is_(None)
    ).order_by(CourseChange.placement_id, CourseChange.on_day.desc(), CourseChange.made_at.desc())
    risks = newest.subquery()
    wanted = select(Placement, risks.c.code, risks.c.on_day).join(risks, risks.c.placement_id == Placement.id)
    wanted = wanted.where(Placement.ends_on >= today, cases_of(principal, whose))
    found = session.execute(wanted.order_by(risks.c.on_day.desc(), Placement.id).limit(limit)).all()
    looked(session, *(row.Placement.citizen_id for row in found))
    return [
        {"placement_id": row.Placement.id, "owner": row.Placement.owner, "why_code": row.code, "since": row.on_day}
        | names_of(row.Placement)
        for row in found
    ]
