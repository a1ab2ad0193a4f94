"""A family's plan is made and followed across departments; every action has one person and one department."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from services.followup import queries, rules
from services.followup.models import (
    Citizen,
    Family,
    FamilyAction,
    FamilyConsent,
    FamilyForum,
    FamilyGrant,
    FamilyMember,
    FamilyMilestone,
    ForumAttendance,
)
from shared import clock
from shared.auth import Principal
from shared.database import new_id
from shared.errors import Invalid, NotFound, Refused
from shared.events import ActionAssigned, FamilyForumHeld, MilestoneReached
from shared.lookups import looked
from shared.outbox import record


def make(
    session: Session, principal: Principal, citizen_id: UUID, *, lead_name: str, children: int, **words: Any
) -> Family:
    """A plan that begins with one grown-up, led by one named person of the maker's department."""
    looked(session, citizen_id)
    if session.get(Citizen, citizen_id, with_for_update=True) is None:
        raise NotFound
    if queries.family_of(session, citizen_id) is not None:
        raise Refused("in_a_family", "Borgeren har allerede en familieplan.", "The citizen has a family plan already.")
    family = Family(
        id=new_id(), citizen_id=citizen_id, children=children, lead_name=lead_name,
        lead_department=queries.department_of(principal), made_by=principal.subject, made_at=clock.now(), **words,
    )  # fmt: skip
    session.add(family)
    session.flush()
    session.add_all(FamilyMilestone(id=new_id(), family_id=family.id, code=code) for code in rules.MILESTONES)
    session.add(FamilyMember(id=new_id(), family_id=family.id, citizen_id=citizen_id, added_at=clock.now()))
    session.flush()
    return family


def _locked(session: Session, principal: Principal, family_id: UUID, *, whole: bool = True) -> Family:
    """The plan, held until the transaction ends; what is shared takes the whole of it to be seen."""
    family = queries.family_row(session, family_id, lock=True)
    if whole and not queries.sees_whole(session, principal, family):
        raise Refused(
            "not_shared", "Familien har ikke sagt ja til, at jeres afdeling ser hele planen.",
            "The family has not agreed that your department sees the whole plan.",
        )  # fmt: skip
    return family


def change(session: Session, principal: Principal, family_id: UUID, *, version: int, **told: Any) -> Family:
    """The dream, the dream that can come true, the children, and who leads."""
    family = _locked(session, principal, family_id)
    family.require_untouched(version)
    for name, value in told.items():
        setattr(family, name, value)
    session.flush()
    return family


def add_member(session: Session, principal: Principal, family_id: UUID, *, citizen_id: UUID) -> FamilyMember:
    """Another grown-up is part of the plan; nobody sees more for it before they have said yes themselves."""
    family = _locked(session, principal, family_id)
    looked(session, citizen_id)
    if session.get(Citizen, citizen_id, with_for_update=True) is None:
        raise Invalid({"citizen_id": "Borgeren kendes ikke. / The citizen is not known."})
    if queries.family_of(session, citizen_id) is not None:
        raise Refused("in_a_family", "Borgeren har allerede en familieplan.", "The citizen has a family plan already.")
    member = FamilyMember(id=new_id(), family_id=family.id, citizen_id=citizen_id, added_at=clock.now())
    session.add(member)
    session.flush()
    return member


def remove_member(session: Session, principal: Principal, family_id: UUID, *, member_id: UUID) -> None:
    """They are no part of the plan; whom it began with stays."""
    family = _locked(session, principal, family_id)
    member = session.get(FamilyMember, member_id)
    if member is None or member.family_id != family_id or member.citizen_id == family.citizen_id:
        raise NotFound
    member.left_at = clock.now()
    session.flush()


def reach(
    session: Session, principal: Principal, family_id: UUID, *, code: str, reached_on: date | None
) -> FamilyMilestone:
    """Something is in place since that day; None where that was a mistake."""
    family = _locked(session, principal, family_id)
    if reached_on is not None and reached_on > clock.today():
        raise Invalid({"reached_on": "Dagen er ikke kommet endnu. / That day has not come yet."})
    wanted = select(FamilyMilestone).where(FamilyMilestone.family_id == family_id, FamilyMilestone.code == code)
    row = session.scalar(wanted)
    if row is None:
        raise NotFound
    row.reached_on, row.reached_by = reached_on, principal.subject if reached_on else None
    record(session, MilestoneReached(
        milestone_id=row.id, family_id=family.id, citizen_id=family.citizen_id, code=code, reached_on=reached_on,
    ), row)  # fmt: skip
    return row


def assign(session: Session, principal: Principal, family_id: UUID, **told: Any) -> FamilyAction:
    """One person of one department does something, perhaps not before a milestone."""
    family = _locked(session, principal, family_id, whole=told["department"] != queries.department_of(principal))
    action = FamilyAction(id=new_id(), family_id=family_id, made_at=clock.now(), **told)
    session.add(action)
    _tell_action(session, family, action)
    return action


def _action(session: Session, principal: Principal, family_id: UUID, action_id: UUID) -> tuple[Family, FamilyAction]:
    action = session.get(FamilyAction, action_id)
    if action is None or action.family_id != family_id:
        raise NotFound
    own = action.department == queries.department_of(principal)
    family = _locked(session, principal, family_id, whole=not own)
    session.refresh(action)
    return family, action


def finish(session: Session, principal: Principal, family_id: UUID, *, action_id: UUID, done: bool) -> FamilyAction:
    """It is done, unless it waits for a milestone; false takes that back."""
    family, action = _action(session, principal, family_id, action_id)
    if done:
        rules.check_done(action.after_code, queries.milestones_reached(session, family_id))
    action.done_at, action.done_by = (clock.now(), principal.subject) if done else (None, None)
    _tell_action(session, family, action)
    return action


def drop(session: Session, principal: Principal, family_id: UUID, *, action_id: UUID, dropped: bool) -> FamilyAction:
    """Nobody does it; false takes that back."""
    family, action = _action(session, principal, family_id, action_id)
    action.withdrawn_at = clock.now() if dropped else None
    _tell_action(session, family, action)
    return action


def _tell_action(session: Session, family: Family, action: FamilyAction) -> None:
    session.flush()
    record(session, ActionAssigned(
        action_id=action.id, family_id=family.id, citizen_id=family.citizen_id, department=action.department,
        due_on=action.due_on, is_open=action.done_at is None and action.withdrawn_at is None,
    ), action)  # fmt: skip


def meet(
    session: Session,
    principal: Principal,
    family_id: UUID,
    *,
    held_on: date,
    decisions: str | None,
    there: Sequence[tuple[str, str]],
    forum_id: UUID | None = None,
) -> FamilyForum:
    """Everybody at one table: who was there (side, name), and what was decided; noted again, the later word counts."""
    family = _locked(session, principal, family_id)
    if held_on > clock.today():
        raise Invalid({"held_on": "Dagen er ikke kommet endnu. / That day has not come yet."})
    row = session.get(FamilyForum, forum_id) if forum_id else FamilyForum(id=new_id(), family_id=family_id)
    if row is None or row.family_id != family_id:
        raise NotFound
    session.add(row)
    row.held_on, row.decisions, row.noted_by, row.noted_at = held_on, decisions, principal.subject, clock.now()
    session.flush()
    session.execute(delete(ForumAttendance).where(ForumAttendance.forum_id == row.id))
    session.add_all(ForumAttendance(id=new_id(), forum_id=row.id, side=side, name=name) for side, name in there)
    record(session, FamilyForumHeld(
        forum_id=row.id, family_id=family.id, citizen_id=family.citizen_id, held_on=held_on, attended=len(there),
    ), row)  # fmt: skip
    return row


def consent(
    session: Session, principal: Principal, family_id: UUID, *, member_id: UUID, department: str, given: bool
) -> None:
    """One of the family lets a department see the whole plan, or no more; staff note it, citizens say it themselves."""
    family = queries.family_row(session, family_id, lock=True)
    member = session.get(FamilyMember, member_id)
    if member is None or member.family_id != family.id or member.left_at is not None:
        raise NotFound
    if not principal.is_staff and member.citizen_id != principal.citizen_id:
        raise NotFound
    row = session.scalar(
        select(FamilyConsent).where(
            FamilyConsent.member_id == member_id, FamilyConsent.department == department,
            FamilyConsent.withdrawn_at.is_(None),
        )
    )  # fmt: skip
    if given and row is None:
        session.add(FamilyConsent(
            id=new_id(), member_id=member_id, department=department, given_at=clock.now(), heard_by=principal.subject,
        ))  # fmt: skip
    elif not given and row is not None:
        row.withdrawn_at = clock.now()
    session.flush()


def grant(session: Session, principal: Principal, family_id: UUID, *, kind: str, **told: Any) -> FamilyGrant:
    """Help that was applied for, and when it was granted and began; noted again, the later word counts."""
    _locked(session, principal, family_id)
    rules.check_grant(told["applied_on"], told["granted_on"], told["begun_on"], clock.today())
    row = session.scalar(select(FamilyGrant).where(FamilyGrant.family_id == family_id, FamilyGrant.kind == kind))
    if row is None:
        row = FamilyGrant(id=new_id(), family_id=family_id, kind=kind)
        session.add(row)
    for name, value in told.items():
        setattr(row, name, value)
    session.flush()
    return row


def own_consent(session: Session, principal: Principal, *, department: str, given: bool) -> None:
    """Whoever is signed in lets a department see the plan, or no more; raises NotFound without a plan."""
    family_id = queries.family_of(session, principal.citizen_id)
    wanted = select(FamilyMember.id).where(
        FamilyMember.family_id == family_id, FamilyMember.citizen_id == principal.citizen_id,
        FamilyMember.left_at.is_(None),
    )  # fmt: skip
    member_id = session.scalar(wanted)
    if family_id is None or member_id is None:
        raise NotFound
    consent(session, principal, family_id, member_id=member_id, department=department, given=given)
