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


def reopen_contact(session: Session, contact_id: UUID) -> Contact:
    """Take back that a contact was held, on the Danish day it was recorded; later it stands."""
    contact = _locked(session, contact_id)
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
    contact.planned_at, contact.moved_reason_code = planned_at, reason_code
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
    hours.placement_hours, hours.paid_hours = placement_hours, paid_hours
    hours.reason_code, hours.asked_by, hours.agreed_at = reason_code, asked_by, clock.now()
    record(session, HoursChanged(
        agreement_id=hours.id, placement_id=placement_id, citizen_id=placement.citizen_id, starts_on=starts_on,
        placement_hours=placement_hours, paid_hours=paid_hours, reason_code=reason_code,
    ), hours)  # fmt: skip
    return hours


def invite_mentor(session: Session, principal: Principal, placement_id: UUID) -> dict[str, Any]:
    """A link's code for the placement's mentor, told this once, and until when it can be taken."""
    placement = queries.placement(session, principal, placement_id)
    now, code = clock.now(), secrets.token_urlsafe(CODE_BYTES)
    ends_at = now + timedelta(days=POLICY.row("mentor.invitation", clock.today()).value)
    session.add(MentorInvitation(
        mentor_id=placement.mentor_id, code_hash=_hash(code), made_by=principal.subject, made_at=now, ends_at=ends_at
    ))  # fmt: skip
    return {"code": code, "ends_at": ends_at}


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
