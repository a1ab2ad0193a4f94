"""Whose cases are whose."""

from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, exists, select, true
from sqlalchemy.orm import Session

from services.followup import rules
from services.followup.models import Colleague, Placement
from shared.auth import Principal


def colleagues(session: Session) -> dict[str, str]:
    """Everybody who follows placements, by name in the order of names."""
    rows = session.execute(select(Colleague.subject, Colleague.name).order_by(Colleague.name, Colleague.subject))
    return {row.subject: row.name for row in rows}


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
    return bool(session.scalar(select(exists().where(Placement.owner == principal.subject))))
