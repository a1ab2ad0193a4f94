"""Follow-up's verbs. Each writes its rows and tells of them on the next line, in the caller's transaction."""

import hashlib
import secrets
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.followup import queries, rules
from services.followup.models import ChecklistItem, Contact, HourAgreement, MentorInvitation, Placement
from shared import calendar, clock
from shared.auth import Principal
from shared.database import new_id
from shared.errors import NotFound, Refused
from shared.events import FollowUpHeld, FollowUpMoved, FollowUpPlanned, FollowUpReopened, HoursChanged, PlacementAgreed
from shared.lookups import looked
from shared.outbox import record
from shared.policy import Policy

POLICY = Policy.load(Path(__file__).parent / "policy.toml")
CODE_BYTES = 24
TAKEN_BACK = "taken_back"
AGREED = ("placement_hours", "paid_hours", "reason_code", "asked_by")
COPIED = (
    "citizen_id", "company_id", "mentor_id", "mentor_name", "p_number", "offer_type", "occupation", "purpose_code",
    "cadence", "hire_preagreed", "starts_on", "ends_on", "first_day_at",
)  # fmt: skip


def follow(session: Session, agreed: PlacementAgreed) -> None:
    """Take a placement on: plan its contacts, lay out the first day's checklist, begin its hours.

    Told again, also as another event, it changes nothing: a placement is planned once.
    """
    copied = {name: getattr(agreed, name) for name in COPIED}
    row = rules.cadence_row(agreed.cadence, calendar.danish_day(agreed.first_day_at), POLICY)
    claimed = insert(Placement).values(id=agreed.placement_id, version=1, cadence_policy=row.name, **copied)
    placement = session.scalar(claimed.on_conflict_do_nothing(index_elements=["id"]).returning(Placement))
    if placement is None:
        return
    _lay_out_checklist(session, placement)
    session.add(HourAgreement(
        id=new_id(), placement_id=placement.id, starts_on=placement.starts_on, placement_hours=agreed.weekly_hours,
        paid_hours=0, reason_code="agreed_at_start", asked_by="consultant", agreed_at=clock.now(),
    ))  # fmt: skip
    _plan_contacts(session, placement)


def _plan_contacts(session: Session, placement: Placement) -> None:
    contacts = [
        Contact(
            id=new_id(), placement_id=placement.id, kind=planned.kind, form=planned.form, due_on=planned.due_on,
            planned_at=planned.planned_at, policy=planned.policy,
        )
        for planned in rules.plan(placement.cadence, placement.first_day_at, placement.ends_on, POLICY)
    ]  # fmt: skip
    session.add_all(contacts)
    record(session, FollowUpPlanned(
        placement_id=placement.id, citizen_id=placement.citizen_id, company_id=placement.company_id,
        mentor_id=placement.mentor_id,
        contact_ids=tuple(contact.id for contact in contacts),
        due_at=tuple(contact.planned_at for contact in contacts),
        kinds=tuple(contact.kind for contact in contacts),
        forms=tuple(contact.form for contact in contacts),
    ), placement)  # fmt: skip


def _lay_out_checklist(session: Session, placement: Placement) -> None:
    row = POLICY.find("checklist.first_day", calendar.danish_day(placement.first_day_at), placement.cadence)
    if row is None:
        return
    for position, code in enumerate(row.value):
        session.add(
            ChecklistItem(id=new_id(), placement_id=placement.id, code=code, position=position, policy=row.name)
        )


def _locked(session: Session, contact_id: UUID) -> Contact:
    contact = session.get(Contact, contact_id, with_for_update={"of": Contact})
    if contact is None:
        raise NotFound
    looked(session, contact.placement.citizen_id)
    return contact


def hold_contact(
    session: Session,
    contact_id: UUID,
    *,
    held_by: str,
    outcome_code: str,
    held_at: datetime | None,
    next_step_code: str | None,
) -> Contact:
    """A contact took place, now or at the time given; one that was held already is refused."""
    contact = _locked(session, contact_id)
    if contact.held_at is not None:
        raise Refused("already_held", "Samtalen er allerede holdt.", "This contact was already held.")
    now = clock.now()
    rules.check_held(held_at or now, contact.placement.starts_on, now)
    contact.held_at, contact.held_by, contact.recorded_at = held_at or now, held_by, now
    contact.outcome_code, contact.next_step_code = outcome_code, next_step_code
    record(session, FollowUpHeld(
        contact_id=contact.id, placement_id=contact.placement_id, citizen_id=contact.placement.citizen_id,
        contact_kind=contact.kind, held_at=contact.held_at,
    ), contact)  # fmt: skip
    return contact


def reopen_contact(session: Session, contact_id: UUID, version: int | None = None) -> Contact:
    """Take back that a contact was held, on the Danish day it was recorded; later it stands.

    Raises CannotUndo where it is no longer in the version that is named.
    """
    contact = _locked(session, contact_id)
    if version is not None:
        contact.require_untouched(version)
    if contact.recorded_at is None:
        raise Refused("not_held", "Samtalen er ikke holdt.", "This contact was not held.")
    if calendar.danish_day(contact.recorded_at) != clock.today():
        raise Refused(
            "too_late_to_undo",
            "Det kan kun fortrydes samme dag.",
            "This can be undone on the same day only.",
        )
    contact.held_at = contact.held_by = contact.recorded_at = None
    contact.outcome_code = contact.next_step_code = None
    record(session, FollowUpReopened(
        contact_id=contact.id, placement_id=contact.placement_id, citizen_id=contact.placement.citizen_id,
        contact_kind=contact.kind,
    ), contact)  # fmt: skip
    return contact


def move_contact(session: Session, contact_id: UUID, *, planned_at: datetime, reason_code: str) -> Contact:
    """Meet at another time; the day the contact belongs to stays as it was."""
    contact = _locked(session, contact_id)
    if contact.held_at is not None:
        raise Refused("already_held", "Samtalen er allerede holdt.", "This contact was already held.")
    placement = contact.placement
    rules.check_moved(planned_at, clock.now(), placement.first_day_at, placement.ends_on, POLICY)
    contact.moved_from, contact.moved_from_reason_code = contact.planned_at, contact.moved_reason_code
    contact.planned_at, contact.moved_reason_code = planned_at, reason_code
    return _told_of_move(session, contact, reason_code)


def move_contact_back(session: Session, contact_id: UUID, version: int) -> Contact:
    """Meet when it was planned before the last move, if that is still to come; all who were told are told again."""
    contact = _locked(session, contact_id)
    contact.require_untouched(version)
    if contact.moved_from is None:
        raise Refused("not_moved", "Samtalen er ikke flyttet.", "This contact was not moved.")
    rules.check_moved_back(contact.moved_from, clock.now())
    contact.planned_at, contact.moved_reason_code = contact.moved_from, contact.moved_from_reason_code
    contact.moved_from = contact.moved_from_reason_code = None
    return _told_of_move(session, contact, TAKEN_BACK)


def _told_of_move(session: Session, contact: Contact, reason_code: str) -> Contact:
    placement = contact.placement
    record(session, FollowUpMoved(
        contact_id=contact.id, placement_id=placement.id, citizen_id=placement.citizen_id,
        company_id=placement.company_id, mentor_id=placement.mentor_id, contact_kind=contact.kind,
        form=contact.form, planned_at=contact.planned_at, reason_code=reason_code,
    ), contact)  # fmt: skip
    return contact


def tick(session: Session, principal: Principal, placement_id: UUID, code: str, *, done: bool) -> ChecklistItem:
    """Tick a thing on the first day's checklist, or take the tick away; the first who ticked it is kept."""
    queries.placement(session, principal, placement_id)
    wanted = select(ChecklistItem).where(ChecklistItem.placement_id == placement_id, ChecklistItem.code == code)
    item = session.scalar(wanted.with_for_update())
    if item is None:
        raise NotFound
    if not done:
        item.done_at = item.done_by = None
    elif item.done_at is None:
        item.done_at, item.done_by = clock.now(), principal.subject
    session.flush()
    return item


def agree_hours(
    session: Session,
    placement_id: UUID,
    *,
    starts_on: date,
    placement_hours: float,
    paid_hours: float,
    reason_code: str,
    asked_by: str,
) -> HourAgreement:
    """New weekly hours from a day on; agreed again for the same day, the later word counts (A20)."""
    placement = session.get(Placement, placement_id, with_for_update={"of": Placement})
    if placement is None:
        raise NotFound
    looked(session, placement.citizen_id)
    rules.check_hours(placement_hours, starts_on, placement.starts_on, placement.ends_on)
    hours = session.scalar(
        select(HourAgreement).where(HourAgreement.placement_id == placement_id, HourAgreement.starts_on == starts_on)
    )
    if hours is None:
        hours = HourAgreement(id=new_id(), placement_id=placement_id, starts_on=starts_on)
        session.add(hours)
        hours.before = None
    else:
        hours.before = None if hours.taken_back_at else {name: getattr(hours, name) for name in AGREED}
    hours.placement_hours, hours.paid_hours = placement_hours, paid_hours
    hours.reason_code, hours.asked_by, hours.agreed_at = reason_code, asked_by, clock.now()
    hours.taken_back_at = None
    return _told_of_hours(session, placement, hours, hours, reason_code)


def take_hours_back(session: Session, placement_id: UUID, *, agreement_id: UUID, version: int) -> HourAgreement:
    """Before its day has come, a step of the hours is as it was before it was agreed: another, or none at all.

    Listeners hear which hours hold from that day on now.
    """
    placement = session.get(Placement, placement_id, with_for_update={"of": Placement})
    hours = session.get(HourAgreement, agreement_id)
    if placement is None or hours is None or hours.placement_id != placement_id:
        raise NotFound
    looked(session, placement.citizen_id)
    hours.require_untouched(version)
    rules.check_taken_back(hours.starts_on, clock.today())
    if hours.before is not None:
        for name, value in hours.before.items():
            setattr(hours, name, value)
        hours.before, hours.agreed_at = None, clock.now()
        return _told_of_hours(session, placement, hours, hours, TAKEN_BACK)
    earlier = queries.hours_before(session, placement_id, hours.starts_on)
    if earlier is None or hours.taken_back_at is not None:
        raise Refused("not_to_undo", "Der er ikke noget at fortryde.", "There is nothing to undo.")
    hours.taken_back_at = clock.now()
    return _told_of_hours(session, placement, hours, earlier, TAKEN_BACK)


def _told_of_hours(
    session: Session, placement: Placement, changed: HourAgreement, now: HourAgreement, reason_code: str
) -> HourAgreement:
    record(session, HoursChanged(
        agreement_id=changed.id, placement_id=placement.id, citizen_id=placement.citizen_id,
        starts_on=changed.starts_on, placement_hours=now.placement_hours, paid_hours=now.paid_hours,
        reason_code=reason_code,
    ), changed)  # fmt: skip
    return changed


def invite_mentor(session: Session, principal: Principal, placement_id: UUID) -> dict[str, Any]:
    """A link's code for the placement's mentor, told this once, and until when it can be taken."""
    placement = queries.placement(session, principal, placement_id)
    now, code = clock.now(), secrets.token_urlsafe(CODE_BYTES)
    ends_at = now + timedelta(days=POLICY.row("mentor.invitation", clock.today()).value)
    made = MentorInvitation(
        id=new_id(), mentor_id=placement.mentor_id, code_hash=_hash(code), made_by=principal.subject, made_at=now,
        ends_at=ends_at,
    )  # fmt: skip
    session.add(made)
    return {"id": made.id, "code": code, "ends_at": ends_at}


def withdraw_invitation(session: Session, principal: Principal, placement_id: UUID, invitation_id: UUID) -> None:
    """A link that nobody took yet is over; one that was taken stands."""
    placement = queries.placement(session, principal, placement_id)
    found = session.get(MentorInvitation, invitation_id, with_for_update=True)
    if found is None or found.mentor_id != placement.mentor_id:
        raise NotFound
    if found.subject is not None:
        raise Refused("invitation_taken", "Linket er allerede brugt.", "The link has been used already.")
    found.ends_at = min(found.ends_at, clock.now())


def take_invitation(session: Session, principal: Principal, code: str) -> MentorInvitation:
    """Whoever is signed in is the mentor from now on; taken again by the same person it changes nothing."""
    wanted = select(MentorInvitation).where(MentorInvitation.code_hash == _hash(code)).with_for_update()
    found, now = session.scalar(wanted), clock.now()
    if found is not None and found.subject == principal.subject:
        return found
    if found is None or found.subject is not None or found.ends_at <= now:
        raise Refused(
            "invitation_over",
            "Linket er brugt eller udløbet. Bed jobkonsulenten om et nyt.",
            "The link has been used or is over. Ask the job consultant for a new one.",
        )
    found.subject, found.taken_at = principal.subject, now
    return found


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
