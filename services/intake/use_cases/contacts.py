"""The first contact: both clocks start, and a slot is held."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from services.intake import rules
from services.intake.models import FirstContact
from services.intake.use_cases import POLICY, citizens, slots
from shared import calendar, clock
from shared.database import new_id
from shared.events import ActivationDutyAnnounced, FirstContactRegistered
from shared.outbox import record

NOTICE = timedelta(minutes=10)


def register_first_contact(session: Session, *, cpr: str, **about: Any) -> dict[str, Any]:
    """Know the person again or for the first time, start both clocks, and hold the soonest slot (A01, A02).

    Somebody who has a visitation to come keeps it.
    """
    now = clock.now()
    number = rules.read_cpr(cpr, calendar.danish_day(now))
    guidance = about.pop("guidance")
    contact_words = {name: about.pop(name) for name in ("applied_for", "channel", "qualifying_education")}
    citizen, known_before = citizens.find_or_register(session, number, about, now)
    goal = rules.local_goal(now, POLICY)
    limit = rules.statutory_limit(now, contact_words["applied_for"], POLICY)
    contact = FirstContact(
        id=new_id(),
        citizen_id=citizen.id,
        at=now,
        guidance_version=guidance["version"],
        guidance_written=guidance["written"],
        local_goal_due=goal.due,
        local_goal_policy=goal.policy,
        statutory_due=limit and limit.due,
        statutory_policy=limit and limit.policy,
        **contact_words,
    )
    session.add(contact)
    record(session, _registered(contact))
    record(session, ActivationDutyAnnounced(
        contact_id=contact.id, citizen_id=citizen.id,
        guidance_version=contact.guidance_version, written=contact.guidance_written,
    ))  # fmt: skip
    visitation = slots.booked_already(session, citizen.id, now) if known_before else None
    visitation = visitation or slots.book_soonest(session, contact, now + NOTICE)
    default = rules.default_category(citizen.birth_date, contact.qualifying_education, calendar.danish_day(now), POLICY)
    return {
        "contact_id": contact.id,
        "citizen_id": citizen.id,
        "known_before": known_before,
        "local_goal": {"due": goal.due, "policy": goal.policy},
        "statutory": {"due": limit and limit.due, "policy": limit and limit.policy},
        "proposed_category": default.value,
        "visitation": visitation,
    }


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
