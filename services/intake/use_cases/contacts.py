"""The first contact: both clocks start, and a slot is held."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from services.intake import rules
from services.intake.models import FirstContact, Visitation
from services.intake.use_cases import POLICY, applications, citizens, cv, holds, moves, slots
from services.intake.use_cases.holds import NOTICE
from shared import clock
from shared.database import new_id
from shared.errors import NotFound
from shared.events import ActivationDutyAnnounced, FirstContactRegistered
from shared.lookups import looked
from shared.outbox import record

_CONTACTS: Any = FirstContact.__table__
# The desk's busiest verb writes by plain inserts: the unit of work costs as much as the database here.
_NEW_CONTACT: Any = insert(_CONTACTS)


def register_first_contact(
    session: Session,
    *,
    cpr: str | None = None,
    guidance: dict[str, Any],
    applied_for: str,
    channel: str,
    qualifying_education: bool,
    urgency: str = "ordinary",
    application: str | None = None,
    same_as: UUID | None = None,
    unit_code: str | None = None,
    slot_id: UUID | None = None,
    hold_id: UUID | None = None,
    **about: Any,
) -> dict[str, Any]:
    """Know the person by CPR number or as `same_as`, start both clocks, and book a slot or keep theirs (A01, A02).

    The slot is the one chosen, else the one held under `hold_id`, else the soonest; raises SlotTaken where the
    chosen one is somebody else's by now.
    """
    now, today = clock.now(), clock.today()
    citizen, known_before = citizens.somebody(session, cpr, same_as, about, unit_code)
    looked(session, citizen.id)
    contact = _made(session, now, applied_for, guidance, {
        "citizen_id": citizen.id, "channel": channel, "qualifying_education": qualifying_education,
        "urgency": urgency, "application": application,
    })  # fmt: skip
    if applied_for == "dagpenge":
        cv.set_deadline(session, contact, None)
    visitation = slots.booked_already(session, citizen.id, now) if known_before else None
    if visitation is None:
        visitation = _book(session, contact, slot_id, hold_id)
    if hold_id is not None:
        holds.release(session, hold_id)
    return {
        "contact_id": contact.id, "citizen_id": citizen.id, "known_before": known_before, **_deadlines(contact),
        "proposed_category": rules.default_category(citizen.birth_date, qualifying_education, today, POLICY).value,
        "visitation": visitation,
    }  # fmt: skip


def _made(
    session: Session, now: datetime, applied_for: str, guidance: dict[str, Any], told: dict[str, Any]
) -> FirstContact:
    given = {"guidance_version": guidance["version"], "guidance_written": guidance["written"]}
    row = {"id": new_id(), "version": 1, **told, **given, **_clocks(now, applied_for)}
    session.execute(_NEW_CONTACT, row)
    contact = FirstContact(**row)
    record(session, _registered(contact))
    record(session, _announced(contact))
    if contact.application is not None:
        applications.tell(session, contact, before=None)
    return contact


def _book(session: Session, contact: FirstContact, slot_id: UUID | None, hold_id: UUID | None) -> Visitation | None:
    if slot_id is None and hold_id is not None:
        kept = holds.held(session, hold_id)
        slot_id = kept.id if kept else None
    if slot_id is not None:
        return slots.book_chosen(session, contact, slot_id, hold_id)
    return slots.book_soonest(session, contact, clock.now() + NOTICE)


def book(session: Session, contact_id: UUID) -> Visitation:
    """The soonest slot for somebody who could get none when they came, or whose talk was cancelled or missed."""
    contact = session.get(FirstContact, contact_id, with_for_update=True)
    if contact is None:
        raise NotFound
    looked(session, contact.citizen_id)
    known = session.scalar(select(Visitation).where(Visitation.contact_id == contact_id).with_for_update())
    if known is not None:
        return moves.book_again(session, known) if known.state in ("cancelled", "missed") else known
    visitation = slots.book_soonest(session, contact, clock.now() + NOTICE)
    if visitation is None:
        raise slots.NoSlot
    return visitation


def _deadlines(contact: FirstContact) -> dict[str, Any]:
    return {
        "local_goal": {"due": contact.local_goal_due, "policy": contact.local_goal_policy},
        "statutory": {"due": contact.statutory_due, "policy": contact.statutory_policy},
    }


def _clocks(now: datetime, applied_for: str) -> dict[str, Any]:
    goal = rules.local_goal(now, POLICY)
    limit = rules.statutory_limit(now, applied_for, POLICY)
    return {
        "at": now,
        "applied_for": applied_for,
        "local_goal_due": goal.due,
        "local_goal_policy": goal.policy,
        "statutory_due": limit and limit.due,
        "statutory_policy": limit and limit.policy,
    }


def _announced(contact: FirstContact) -> ActivationDutyAnnounced:
    return ActivationDutyAnnounced(
        contact_id=contact.id,
        citizen_id=contact.citizen_id,
        guidance_version=contact.guidance_version,
        written=contact.guidance_written,
    )


def _registered(contact: FirstContact) -> FirstContactRegistered:
    return FirstContactRegistered(
        contact_id=contact.id,
        citizen_id=contact.citizen_id,
        at=contact.at,
        channel=contact.channel,
        local_goal_due=contact.local_goal_due,
        local_goal_policy=contact.local_goal_policy,
        statutory_due=contact.statutory_due,
        statutory_policy=contact.statutory_policy,
    )
