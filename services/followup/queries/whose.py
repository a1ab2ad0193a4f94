"""Whose cases are whose."""

from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, case, exists, func, select, true
from sqlalchemy.orm import Session

from services.followup import rules
from services.followup.models import Colleague, HandOver, HandOverLine, NextStep, Placement
from shared import clock
from shared.auth import Principal


def colleagues(session: Session) -> dict[str, str]:
    """Everybody who follows placements, by name in the order of names."""
    rows = session.execute(select(Colleague.subject, Colleague.name).order_by(Colleague.name, Colleague.subject))
    return {row.subject: row.name for row in rows}


def responsible() -> SQLColumnExpression[Any]:
    """Whose a placement's case is today: whoever covers for its owner, else the owner."""
    today = clock.today()
    cover = select(HandOver.to_owner).join(HandOverLine, HandOverLine.hand_over_id == HandOver.id)
    cover = cover.where(
        HandOverLine.placement_id == Placement.id, HandOverLine.passed_at.is_not(None), HandOver.kind == rules.COVER,
        HandOver.withdrawn_at.is_(None), HandOver.from_on <= today, HandOver.until_on >= today,
        HandOver.from_owner == Placement.owner,
    )  # fmt: skip
    newest = cover.order_by(HandOver.made_at.desc()).limit(1).correlate(Placement).scalar_subquery()
    return func.coalesce(newest, Placement.owner)


def step_owner() -> SQLColumnExpression[Any]:
    """Who does a next step today: a cover does those of whoever has the case."""
    return case((NextStep.owner == Placement.owner, responsible()), else_=NextStep.owner)


def among(principal: Principal, whose: str, owner: SQLColumnExpression[Any]) -> ColumnElement[bool]:
    """The rows whose owner is the caller, somebody of the caller's unit, or nobody."""
    if whose == rules.MINE:
        return owner == principal.subject
    if whose == rules.UNASSIGNED:
        return owner.is_(None)
    if whose == rules.TEAM:
        return owner.in_(select(Colleague.subject).where(Colleague.unit_code == principal.organisation))
    return true()


def own_any(session: Session, principal: Principal) -> bool:
    """Whether any case is the caller's."""
    return bool(session.scalar(select(exists().where(responsible() == principal.subject))))
