"""Next steps that are due, and the cases at risk."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from services.followup import rules
from services.followup.models import CourseChange, NextStep, Placement
from services.followup.queries.placements import names_of, values_of
from services.followup.queries.whose import cases_of, next_steps_of
from services.followup.use_cases import POLICY
from shared import clock
from shared.auth import Principal
from shared.errors import NotFound
from shared.lookups import looked

OF_STEP = ("id", "placement_id", "code", "due_on", "owner", "done_at", "version")


def steps_due(
    session: Session, principal: Principal, whose: str, until: date, *, cursor: UUID | None = None, limit: int
) -> dict[str, Any]:
    """A page of next steps to be done by a day, oldest first; raises NotFound where `cursor` is no step."""
    wanted = select(NextStep).where(NextStep.done_at.is_(None), NextStep.due_on <= until)
    wanted = wanted.join(Placement, Placement.id == NextStep.placement_id)
    wanted = wanted.where(next_steps_of(principal, whose))
    if cursor is not None:
        before = session.get(NextStep, cursor)
        if before is None:
            raise NotFound
        wanted = wanted.where(tuple_(NextStep.due_on, NextStep.id) > (before.due_on, before.id))
    found = session.scalars(wanted.order_by(NextStep.due_on, NextStep.id).limit(limit + 1)).all()
    return {"items": _steps(session, found[:limit]), "next": found[limit - 1].id if len(found) > limit else None}


def _steps(session: Session, found: Sequence[NextStep]) -> list[dict[str, Any]]:
    looked(session, *(one.placement.citizen_id for one in found))
    return [values_of(one, *OF_STEP) | names_of(one.placement) | _late(one.due_on) for one in found]


def _late(due_on: date) -> dict[str, Any]:
    return {"days_late": (clock.today() - due_on).days}


def steps_in(session: Session, placement_id: UUID) -> list[dict[str, Any]]:
    """What is to be done in one placement."""
    wanted = select(NextStep).where(NextStep.placement_id == placement_id, NextStep.done_at.is_(None))
    return _steps(session, session.scalars(wanted.order_by(NextStep.due_on, NextStep.id)).all())


def at_risk(
    session: Session, principal: Principal, whose: str, *, cursor: UUID | None = None, limit: int
) -> dict[str, Any]:
    """A page of placements under way whose contact something made closer of late, newest reason first.

    Raises NotFound where the placement `cursor` has no reason any more.
    """
    today = clock.today()
    since = today - timedelta(days=POLICY.row("board.risk_days", today).value)
    newest = select(CourseChange).ext(distinct_on(CourseChange.placement_id))
    newest = newest.where(CourseChange.kind == rules.TIGHTENED, CourseChange.taken_back_at.is_(None)).order_by(
        CourseChange.placement_id, CourseChange.on_day.desc(), CourseChange.made_at.desc()
    )
    risks = newest.where(CourseChange.on_day >= since).subquery()
    wanted = select(Placement, risks.c.code, risks.c.on_day).join(risks, risks.c.placement_id == Placement.id)
    wanted = wanted.where(Placement.ends_on >= today, cases_of(principal, whose))
    if cursor is not None:
        before = session.scalar(newest.where(CourseChange.placement_id == cursor))
        if before is None:
            raise NotFound
        later = (risks.c.on_day == before.on_day) & (Placement.id > cursor)
        wanted = wanted.where((risks.c.on_day < before.on_day) | later)
    found = session.execute(wanted.order_by(risks.c.on_day.desc(), Placement.id).limit(limit + 1)).all()
    shown = found[:limit]
    looked(session, *(row.Placement.citizen_id for row in shown))
    return {
        "items": [_risk(row.Placement, row.code, row.on_day) for row in shown],
        "next": shown[-1].Placement.id if len(found) > limit else None,
    }


def _risk(of: Placement, code: str, on_day: date) -> dict[str, Any]:
    return {"placement_id": of.id, "owner": of.owner, "why_code": code, "since": on_day} | names_of(of)
