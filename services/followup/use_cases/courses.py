"""A course becomes longer, shorter, paused, resumed, tighter, or gets another rhythm; its plan is made anew."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from services.followup import rules
from services.followup.models import Contact, CourseChange, Placement
from services.followup.use_cases import POLICY
from shared import calendar, clock
from shared.database import new_id
from shared.errors import Invalid, NotFound, Refused
from shared.events import FollowUpPlanned, PlacementChanged
from shared.lookups import looked
from shared.outbox import record

ITSELF, NEW_END, ANNULLED = "system", "new_end", "annulled"


def changes_of(session: Session, placement_id: UUID) -> Sequence[CourseChange]:
    """What became of a course, oldest first, without what was taken back."""
    wanted = select(CourseChange).where(CourseChange.placement_id == placement_id, CourseChange.taken_back_at.is_(None))
    return session.scalars(wanted.order_by(CourseChange.made_at, CourseChange.id)).all()


def course_of(placement: Placement, changes: Sequence[CourseChange]) -> rules.Course:
    """What a placement's plan is computed from."""
    made = [rules.Change(one.kind, one.on_day, one.until_on, one.code or "") for one in changes]
    return rules.course(placement.cadence, placement.first_day_at, placement.agreed_ends_on, made)


def locked(session: Session, placement_id: UUID) -> Placement:
    """The placement, held until the transaction ends; raises NotFound."""
    placement = session.get(Placement, placement_id, with_for_update={"of": Placement})
    if placement is None:
        raise NotFound
    looked(session, placement.citizen_id)
    return placement


def change(
    session: Session,
    placement_id: UUID,
    *,
    kind: str,
    on: date | None = None,
    until: date | None = None,
    code: str | None = None,
    asked_by: str,
    made_by: str,
) -> CourseChange:
    """Something else is agreed, and the rest of the plan follows from it; what was held stays."""
    placement = locked(session, placement_id)
    now = course_of(placement, changes_of(session, placement_id))
    made = rules.Change(kind, on or clock.today(), until, code or "")
    rules.check_change(now, made, clock.today())
    return _made(session, placement, made, asked_by=asked_by, made_by=made_by)


def agree(
    session: Session,
    placement_id: UUID,
    *,
    kind: str,
    on: date | None,
    until: date | None,
    cadence: str | None,
    asked_by: str,
    made_by: str,
) -> CourseChange:
    """What somebody asked for, as the change that it is; raises Invalid where a part of it is missing."""
    if kind == NEW_END:
        placement = locked(session, placement_id)
        if until is None:
            raise Invalid({"until": "Skriv den nye sidste dag. / Write the new last day."})
        kind = rules.EXTENDED if until > placement.ends_on else rules.SHORTENED
    elif kind == rules.CADENCE and cadence is None:
        raise Invalid({"cadence": "Vælg en rytme. / Choose a rhythm."})
    elif kind == rules.RESUMED:
        until = None
    code = cadence if kind == rules.CADENCE else None
    return change(session, placement_id, kind=kind, on=on, until=until, code=code, asked_by=asked_by, made_by=made_by)


def _made(session: Session, placement: Placement, made: rules.Change, *, asked_by: str, made_by: str) -> CourseChange:
    row = CourseChange(
        id=new_id(), placement_id=placement.id, kind=made.kind, on_day=made.on, until_on=made.until,
        code=made.code or None, asked_by=asked_by, made_by=made_by, made_at=clock.now(),
    )  # fmt: skip
    session.add(row)
    session.flush()
    _replan(session, placement)
    return row


def follow_agreement(session: Session, told: PlacementChanged) -> None:
    """The agreement changed: the course gets its new last day, or, annulled, has no talks to come.

    Told again, or late, it changes nothing: the newest version stands.
    """
    placement = session.get(Placement, told.placement_id, with_for_update={"of": Placement})
    if placement is None:
        raise NotFound
    if told.change_kind == ANNULLED:
        _no_more_talks(session, placement)
    elif told.ends_on != placement.ends_on:
        kind = rules.EXTENDED if told.ends_on > placement.ends_on else rules.SHORTENED
        _made(session, placement, rules.Change(kind, clock.today(), told.ends_on), asked_by=ITSELF, made_by=ITSELF)


def foreseen(session: Session, placement: Placement, end: date) -> tuple[list[Contact], list[rules.PlannedContact]]:
    """The talks that would fall away, and those that would come, with another last day; nothing is kept."""
    changes, today = list(changes_of(session, placement.id)), clock.today()
    now = course_of(placement, changes)
    if end == now.ends_on:
        return [], []
    then = replace(now, ends_on=end)
    rows = {one.id: one for one in session.scalars(_contacts(placement.id))}
    closing = tuple(POLICY.row("calendar.closing_days", now.first).value)
    known = [_known(one) for one in rows.values()]
    plan = rules.replanned(rules.plan_course(then, POLICY), known, then, today, closing)
    moved = {contact_id for contact_id, _planned in plan.put}
    gone = [rows[one] for one in (*plan.withdrawn, *moved) if rows[one].withdrawn_at is None]
    return gone, [*(planned for _id, planned in plan.put), *plan.new]


def _no_more_talks(session: Session, placement: Placement) -> None:
    for contact in session.scalars(_contacts(placement.id).with_for_update(of=Contact)).all():
        if contact.held_at is None and contact.withdrawn_at is None:
            contact.withdrawn_at = clock.now()
    _tell(session, placement)


def take_back(session: Session, placement_id: UUID, *, change_id: UUID, version: int) -> None:
    """The newest change was not agreed after all, on the Danish day it was made; the plan is as it was."""
    placement = locked(session, placement_id)
    changes = changes_of(session, placement_id)
    row = session.get(CourseChange, change_id)
    if row is None or row.placement_id != placement_id:
        raise NotFound
    row.require_untouched(version)
    if not changes or changes[-1].id != change_id or calendar.danish_day(row.made_at) != clock.today():
        raise Refused("not_to_undo", "Der er ikke noget at fortryde.", "There is nothing to undo.")
    row.taken_back_at = clock.now()
    session.flush()
    _replan(session, placement)


def tighten(session: Session, placement: Placement, why: str) -> None:
    """Something went wrong: closer contact for a while, by itself, and it says why.

    Not again while it is tight already, nor when the course is over.
    """
    changes, today = changes_of(session, placement.id), clock.today()
    again = timedelta(days=POLICY.row("cadence.tightened_again", today).value)
    tight = any(one.kind == rules.TIGHTENED and today - one.on_day < again for one in changes)
    if not tight and placement.starts_on <= today < placement.ends_on:
        _made(session, placement, rules.Change(rules.TIGHTENED, today, code=why), asked_by=ITSELF, made_by=ITSELF)


def set_place_rule(session: Session, placement_id: UUID, *, place_rule: str) -> Placement:
    """Where people may meet from now on (C7: only at home or at the workplace); talks elsewhere move there."""
    placement = locked(session, placement_id)
    placement.place_rule = place_rule
    for contact in session.scalars(_contacts(placement.id)).all():
        if contact.held_at is None:
            contact.form = rules.form_under(contact.form, place_rule)
    _tell(session, placement)
    return placement


def _contacts(placement_id: UUID) -> Select[Contact]:
    return select(Contact).where(Contact.placement_id == placement_id).order_by(Contact.planned_at, Contact.id)


def _replan(session: Session, placement: Placement) -> None:
    now, today = course_of(placement, changes_of(session, placement.id)), clock.today()
    placement.ends_on = now.ends_on
    rows = {one.id: one for one in session.scalars(_contacts(placement.id).with_for_update(of=Contact))}
    closing = tuple(POLICY.row("calendar.closing_days", now.first).value)
    plan = rules.replanned(rules.plan_course(now, POLICY), [_known(one) for one in rows.values()], now, today, closing)
    for contact_id in plan.withdrawn:
        rows[contact_id].withdrawn_at = clock.now()
    session.flush()
    for contact_id, planned in plan.stand:
        rows[contact_id].why_code = planned.why
    for contact_id, planned in plan.put:
        row = rows[contact_id]
        row.due_on, row.planned_at, row.policy, row.why_code = (
            planned.due_on, planned.planned_at, planned.policy, planned.why,
        )  # fmt: skip
        row.withdrawn_at = row.moved_from = row.moved_reason_code = row.moved_from_reason_code = None
    session.add_all(contact_for(placement, planned) for planned in plan.new)
    _tell(session, placement)


def contact_for(placement: Placement, planned: rules.PlannedContact) -> Contact:
    """The row of a planned contact, at a place where the two may meet."""
    return Contact(
        id=new_id(), placement_id=placement.id, kind=planned.kind, due_on=planned.due_on,
        form=rules.form_under(planned.form, placement.place_rule), planned_at=planned.planned_at, policy=planned.policy,
        why_code=planned.why,
    )  # fmt: skip


def _known(one: Contact) -> rules.Known:
    return rules.Known(
        one.id, one.kind, one.due_on, calendar.danish_day(one.planned_at),
        one.held_at and calendar.danish_day(one.held_at), one.withdrawn_at is not None,
    )  # fmt: skip


def _tell(session: Session, placement: Placement) -> None:
    """All talks to come, as they are now."""
    placement.replanned_at = clock.now()
    session.flush()
    open_ones = _contacts(placement.id).where(Contact.held_at.is_(None), Contact.withdrawn_at.is_(None))
    told(session, placement, session.scalars(open_ones.where(Contact.planned_at > clock.now())).all())


def told(session: Session, placement: Placement, contacts: Sequence[Contact]) -> None:
    """Citizen, company and mentor hear of these talks."""
    record(session, FollowUpPlanned(
        placement_id=placement.id, citizen_id=placement.citizen_id, company_id=placement.company_id,
        mentor_id=placement.mentor_id,
        contact_ids=tuple(contact.id for contact in contacts),
        due_at=tuple(contact.planned_at for contact in contacts),
        kinds=tuple(contact.kind for contact in contacts),
        forms=tuple(contact.form for contact in contacts),
    ), placement)  # fmt: skip
