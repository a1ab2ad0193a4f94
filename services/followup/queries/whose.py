"""Whose cases are whose."""

from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, exists, or_, select, true, tuple_
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from services.followup import rules
from services.followup.models import Colleague, HandOver, HandOverLine, NextStep, Placement
from shared import clock
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


def cases_of(principal: Principal, whose: str) -> ColumnElement[bool]:
    """Placements that are today the caller's, their unit's, nobody's, or anybody's, by who has or covers them.

    Covers are looked up once and not for every placement.
    """
    if whose in (rules.ALL, rules.UNASSIGNED):
        return among(principal, whose, Placement.owner)
    today, case_ = clock.today(), tuple_(Placement.id, Placement.owner)
    found = select(HandOverLine.placement_id, HandOver.from_owner, HandOver.to_owner)
    found = found.ext(distinct_on(HandOverLine.placement_id, HandOver.from_owner))
    found = found.join(HandOver, HandOver.id == HandOverLine.hand_over_id).where(
        HandOverLine.passed_at.is_not(None), HandOver.kind == rules.COVER, HandOver.withdrawn_at.is_(None),
        HandOver.from_on <= today, HandOver.until_on >= today,
    )  # fmt: skip
    newest = found.order_by(HandOverLine.placement_id, HandOver.from_owner, HandOver.made_at.desc()).subquery().c
    covered = select(newest.placement_id, newest.from_owner)
    theirs = and_(among(principal, whose, Placement.owner), case_.not_in(covered))
    return or_(theirs, case_.in_(covered.where(among(principal, whose, newest.to_owner))))


def next_steps_of(principal: Principal, whose: str) -> ColumnElement[bool]:
    """Next steps that are today the caller's, their unit's, nobody's, or anybody's.

    A step of whoever has the case goes with it, also to a cover.
    """
    if whose in (rules.ALL, rules.UNASSIGNED):
        return among(principal, whose, Placement.owner)
    own = and_(NextStep.owner == Placement.owner, cases_of(principal, whose))
    return or_(own, and_(NextStep.owner.is_distinct_from(Placement.owner), among(principal, whose, NextStep.owner)))


def own_any(principal: Principal) -> ColumnElement[bool]:
    """Whether any case is the caller's."""
    return exists().where(cases_of(principal, rules.MINE))
