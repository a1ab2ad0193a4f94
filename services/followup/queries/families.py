"""A family's plan, as far as the reader's department may see it; whoever it is about sees all of it."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.followup import rules
from services.followup.models import (
    Family,
    FamilyAction,
    FamilyConsent,
    FamilyForum,
    FamilyGrant,
    FamilyMember,
    FamilyMilestone,
    ForumAttendance,
)
from services.followup.use_cases import POLICY
from shared import clock
from shared.auth import Principal
from shared.errors import NotFound
from shared.lookups import looked

OF_ACTION = (
    "id", "what", "department", "responsible", "due_on", "after_code", "done_at", "version",
)  # fmt: skip


def department_of(principal: Principal) -> str:
    """The department that a unit belongs to; where no row says so, the labour market's."""
    row = POLICY.find("family.department", clock.today(), principal.organisation)
    return str(row.value) if row else rules.DEPARTMENTS[0]


def family_of(session: Session, citizen_id: UUID) -> UUID | None:
    """The plan somebody is part of."""
    return session.scalar(
        select(FamilyMember.family_id).where(FamilyMember.citizen_id == citizen_id, FamilyMember.left_at.is_(None))
    )


def _members(session: Session, family_id: UUID) -> list[FamilyMember]:
    rows = select(FamilyMember).where(FamilyMember.family_id == family_id, FamilyMember.left_at.is_(None))
    return list(session.scalars(rows.order_by(FamilyMember.added_at, FamilyMember.id)))


def family_row(session: Session, family_id: UUID, *, lock: bool = False) -> Family:
    """The plan itself; everybody in it is looked at. Raises NotFound."""
    found = session.get(Family, family_id, with_for_update=lock)
    if found is None:
        raise NotFound
    looked(session, *(one.citizen_id for one in _members(session, family_id)))
    return found


def _consents(session: Session, members: list[FamilyMember]) -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = {one.id: set() for one in members}
    rows = select(FamilyConsent).where(FamilyConsent.member_id.in_(found), FamilyConsent.withdrawn_at.is_(None))
    for one in session.scalars(rows):
        found[one.member_id].add(one.department)
    return found


def sees_whole(session: Session, principal: Principal, family: Family) -> bool:
    """True where the reader's department may see the whole plan."""
    consents = _consents(session, _members(session, family.id))
    return rules.sees_all(department_of(principal), family.lead_department, consents.values())


def milestones_reached(session: Session, family_id: UUID) -> set[str]:
    """What is in place."""
    rows = select(FamilyMilestone.code).where(
        FamilyMilestone.family_id == family_id, FamilyMilestone.reached_on.is_not(None)
    )
    return set(session.scalars(rows))


def family(session: Session, principal: Principal, family_id: UUID) -> dict[str, Any]:
    """The plan for staff: the whole of it, or their own department's actions and how many they do not see."""
    found = family_row(session, family_id)
    own = department_of(principal)
    members = _members(session, family_id)
    consents = _consents(session, members)
    whole = rules.sees_all(own, found.lead_department, consents.values())
    return _plan(session, found, own, members, consents, whole=whole)


def own_family(session: Session, principal: Principal) -> dict[str, Any] | None:
    """The plan of whoever is signed in: all of it, as it is about them."""
    known = family_of(session, principal.citizen_id)
    found = session.get(Family, known) if known else None
    if found is None:
        return None
    looked(session, principal.citizen_id)
    members = _members(session, found.id)
    plan = _plan(session, found, "", members, _consents(session, members), whole=True)
    [me] = [one for one in plan["members"] if one["citizen_id"] == principal.citizen_id]
    return plan | {"me": me}


def _plan(
    session: Session,
    found: Family,
    own: str,
    members: list[FamilyMember],
    consents: dict[UUID, set[str]],
    *,
    whole: bool,
) -> dict[str, Any]:
    milestones = session.scalars(select(FamilyMilestone).where(FamilyMilestone.family_id == found.id)).all()
    reached = {one.code: one.reached_on for one in milestones if one.reached_on is not None}
    rows = select(FamilyAction).where(FamilyAction.family_id == found.id, FamilyAction.withdrawn_at.is_(None))
    actions = session.scalars(rows.order_by(FamilyAction.done_at.is_not(None), FamilyAction.due_on, FamilyAction.id))
    seen = [one for one in actions.all() if whole or one.department == own]
    every = len(session.scalars(rows.with_only_columns(FamilyAction.id)).all())
    return {
        "id": found.id, "version": found.version, "lead_name": found.lead_name, "whole": whole, "own": own,
        "lead_department": found.lead_department, "hidden": every - len(seen), "children": found.children,
        "dream": found.dream if whole else None, "next_dream": found.next_dream if whole else None,
        "members": [
            {"id": one.id, "citizen_id": one.citizen_id, "citizen_name": one.citizen and one.citizen.name,
             "first": one.citizen_id == found.citizen_id, "departments": sorted(consents[one.id])}
            for one in members
        ],
        "milestones": [{"code": code, "reached_on": reached.get(code)} for code in rules.MILESTONES] if whole else [],
        "actions": [
            {name: getattr(one, name) for name in OF_ACTION} | {"waits": rules.is_waiting(one.after_code, reached)}
            for one in seen
        ],
        "forums": _forums(session, found.id) if whole else [],
        "grants": _grants(session, found.id) if whole else [],
    }  # fmt: skip


def _forums(session: Session, family_id: UUID) -> list[dict[str, Any]]:
    rows = select(FamilyForum).where(FamilyForum.family_id == family_id)
    found = session.scalars(rows.order_by(FamilyForum.held_on.desc(), FamilyForum.id)).all()
    there = select(ForumAttendance).where(ForumAttendance.forum_id.in_([one.id for one in found]))
    attended = session.scalars(there.order_by(ForumAttendance.side, ForumAttendance.name)).all()
    return [
        {"id": one.id, "held_on": one.held_on, "decisions": one.decisions, "version": one.version,
         "there": [{"side": who.side, "name": who.name} for who in attended if who.forum_id == one.id]}
        for one in found
    ]  # fmt: skip


def _grants(session: Session, family_id: UUID) -> list[dict[str, Any]]:
    rows = session.scalars(select(FamilyGrant).where(FamilyGrant.family_id == family_id).order_by(FamilyGrant.kind))
    names = ("kind", "department", "applied_on", "granted_on", "begun_on")
    return [
        {name: getattr(one, name) for name in names}
        | {"waited": rules.waited(one.granted_on, one.begun_on, clock.today())}
        for one in rows
    ]
