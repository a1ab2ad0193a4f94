"""Contacts are held, moved and taken back."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.followup import rules
from services.followup.models import Contact
from services.followup.use_cases import POLICY, TAKEN_BACK, cases, courses
from shared import calendar, clock
from shared.errors import NotFound, Refused
from shared.events import FollowUpHeld, FollowUpMoved, FollowUpReopened
from shared.lookups import looked
from shared.outbox import record

AT_RISK = "at_risk"


def _locked(session: Session, contact_id: UUID) -> Contact:
    contact = session.get(Contact, contact_id, with_for_update={"of": Contact})
    if contact is None or contact.withdrawn_at is not None:
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
    note: str | None = None,
    next_step_on: date | None = None,
    next_step_owner: str | None = None,
) -> Contact:
    """A contact took place, now or at the time given; one that was held already is refused."""
    contact = _locked(session, contact_id)
    if contact.held_at is not None:
        raise Refused("already_held", "Samtalen er allerede holdt.", "This contact was already held.")
    now = clock.now()
    rules.check_held(held_at or now, contact.placement.starts_on, now)
    contact.held_at, contact.held_by, contact.recorded_at = held_at or now, held_by, now
    contact.outcome_code, contact.next_step_code, contact.note = outcome_code, next_step_code, note
    record(session, FollowUpHeld(
        contact_id=contact.id, placement_id=contact.placement_id, citizen_id=contact.placement.citizen_id,
        contact_kind=contact.kind, held_at=contact.held_at,
    ), contact)  # fmt: skip
    if next_step_code not in (None, rules.CONTINUE):
        cases.plan_step(
            session, contact.placement, code=next_step_code, on=next_step_on, owner=next_step_owner, made_by=held_by,
            contact_id=contact.id,
        )  # fmt: skip
    if outcome_code == AT_RISK:
        courses.tighten(session, contact.placement, "talk_at_risk")
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
    contact.outcome_code = contact.next_step_code = contact.note = None
    cases.drop_steps_of(session, contact)
    record(session, FollowUpReopened(
        contact_id=contact.id, placement_id=contact.placement_id, citizen_id=contact.placement.citizen_id,
        contact_kind=contact.kind,
    ), contact)  # fmt: skip
    return contact


def move_contact(
    session: Session, contact_id: UUID, *, planned_at: datetime, reason_code: str, form: str | None = None
) -> Contact:
    """Meet at another time, or in another way; the day the contact belongs to stays as it was."""
    contact = _locked(session, contact_id)
    if contact.held_at is not None:
        raise Refused("already_held", "Samtalen er allerede holdt.", "This contact was already held.")
    placement = contact.placement
    rules.check_moved(planned_at, clock.now(), placement.first_day_at, placement.ends_on, POLICY)
    contact.moved_from, contact.moved_from_reason_code = contact.planned_at, contact.moved_reason_code
    contact.moved_from_form = contact.form
    contact.planned_at, contact.moved_reason_code, contact.form = planned_at, reason_code, form or contact.form
    contact.interpreter_booked_at = contact.interpreter_booked_by = None
    rules.check_form(contact.form, placement.place_rule)
    return _told_of_move(session, contact, reason_code)


def move_contact_back(session: Session, contact_id: UUID, version: int) -> Contact:
    """Meet when it was planned before the last move, if that is still to come; all who were told are told again."""
    contact = _locked(session, contact_id)
    contact.require_untouched(version)
    if contact.moved_from is None:
        raise Refused("not_moved", "Samtalen er ikke flyttet.", "This contact was not moved.")
    rules.check_moved_back(contact.moved_from, clock.now())
    contact.planned_at, contact.moved_reason_code = contact.moved_from, contact.moved_from_reason_code
    contact.form = contact.moved_from_form or contact.form
    contact.moved_from = contact.moved_from_reason_code = contact.moved_from_form = None
    return _told_of_move(session, contact, TAKEN_BACK)


def _told_of_move(session: Session, contact: Contact, reason_code: str) -> Contact:
    placement = contact.placement
    record(session, FollowUpMoved(
        contact_id=contact.id, placement_id=placement.id, citizen_id=placement.citizen_id,
        company_id=placement.company_id, mentor_id=placement.mentor_id, contact_kind=contact.kind,
        form=contact.form, planned_at=contact.planned_at, reason_code=reason_code,
    ), contact)  # fmt: skip
    return contact
