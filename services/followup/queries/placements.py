"""Placements, their contacts and what is due."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Select, cast, func, or_, select, tuple_
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from services.followup import rules
from services.followup.models import (
    ChecklistItem,
    Citizen,
    Company,
    Contact,
    HourAgreement,
    MentorInvitation,
    Placement,
)
from services.followup.queries.whose import cases_of
from shared import calendar, clock, paging
from shared.auth import Principal
from shared.errors import NotFound
from shared.lookups import looked

_OPEN = Contact.held_at.is_(None) & Contact.withdrawn_at.is_(None)
HOURS = ("id", "starts_on", "placement_hours", "paid_hours", "reason_code", "asked_by", "agreed_at", "version")
WHOLE = ("first_day_at", "purpose_code", "cadence_policy", "place_rule", "agreed_ends_on")
WITHHELD = frozenset({
    "purpose_code", "cadence", "cadence_policy", "policy", "moved_reason_code", "outcome_code", "next_step_code",
    "reason_code", "asked_by", "interpreter_language", "held_by", "done_by", "why_code", "place_rule", "owner", "note",
    "interpreter_booked_at",
})  # fmt: skip
"""What a company's mentor does not see: why, how closely, what was decided, by whom, and what language is spoken."""


def _own(statement: Select[Any], principal: Principal) -> Select[Any]:
    return statement if principal.is_staff else statement.where(Placement.mentor_id.in_(_mentor_ids(principal)))


def _mentor_ids(principal: Principal) -> Select[Any]:
    """Who somebody is a mentor as: what the links they took say."""
    return select(MentorInvitation.mentor_id).where(MentorInvitation.subject == principal.subject)


def placement(session: Session, principal: Principal, placement_id: UUID) -> Placement:
    """One placement; raises NotFound, also where it is not the caller's."""
    found = session.get(Placement, placement_id)
    if found is None:
        raise NotFound
    looked(session, found.citizen_id)
    if not principal.is_staff and found.mentor_id not in session.scalars(_mentor_ids(principal)).all():
        raise NotFound
    return found


def placement_answer(session: Session, principal: Principal, placement_id: UUID) -> dict[str, Any]:
    """A placement with its contacts, checklist and hours, as far as they are the caller's to see."""
    found = placement(session, principal, placement_id)
    standing = select(Contact).where(Contact.placement_id == found.id, Contact.withdrawn_at.is_(None))
    contacts = session.scalars(standing.order_by(Contact.planned_at, Contact.id))
    items = select(ChecklistItem).where(ChecklistItem.placement_id == found.id)
    items = items.order_by(ChecklistItem.kit, ChecklistItem.position)
    hours = _standing_hours(HourAgreement.placement_id == found.id)
    whole = _summary(found) | values_of(found, *WHOLE)
    return _seen_by(principal, whole) | {
        "contacts": [_seen_by(principal, _contact(contact)) for contact in contacts],
        "checklist": [checklist_answer(principal, item) for item in session.scalars(items)],
        "hours": [_seen_by(principal, values_of(step, *HOURS)) for step in session.scalars(hours)],
    }


def _standing_hours(whose: ColumnElement[bool]) -> Select[HourAgreement]:
    """Steps of hours in order, without those that were taken back."""
    standing = select(HourAgreement).where(whose, HourAgreement.taken_back_at.is_(None))
    return standing.order_by(HourAgreement.starts_on)


def hours_before(session: Session, placement_id: UUID, day: date) -> HourAgreement | None:
    """The hours that hold until a day, for staff."""
    steps = session.scalars(_standing_hours(HourAgreement.placement_id == placement_id)).all()
    return next((step for step in reversed(steps) if step.starts_on < day), None)


def checklist_answer(principal: Principal, item: ChecklistItem) -> dict[str, Any]:
    """One thing on the checklist, as far as it is the caller's to see."""
    return _seen_by(principal, values_of(item, "kit", "code", "day_number", "done_at", "done_by"))


def _seen_by(principal: Principal, answer: dict[str, Any]) -> dict[str, Any]:
    if principal.is_staff:
        return answer
    return {name: None if name in WITHHELD else value for name, value in answer.items()}


def values_of(row: Any, *names: str) -> dict[str, Any]:
    """Those columns of a row."""
    return {name: getattr(row, name) for name in names}


def _summary(found: Placement) -> dict[str, Any]:
    words = (
        "id", "citizen_id", "company_id", "p_number", "offer_type", "occupation", "starts_on", "ends_on", "cadence",
        "hire_preagreed", "mentor_id", "mentor_name", "owner", "version",
    )  # fmt: skip
    return values_of(found, *words) | names_of(found)


def names_of(found: Placement) -> dict[str, Any]:
    """Who a placement is about, as they are called now."""
    citizen, company = found.citizen, found.company
    return {
        "citizen_name": citizen and citizen.name,
        "interpreter_language": citizen.language if citizen and citizen.interpreter else None,
        "company_name": company and company.name,
        "company_contact_name": company and company.contact_name,
    }


def placements(session: Session, principal: Principal, query: dict[str, Any]) -> dict[str, Any]:
    """A page of placements, in the order in which they were agreed."""
    found = paging.page(session, _own(select(Placement), principal), Placement.id, **query)
    looked(session, *(item.citizen_id for item in found["items"]))
    return found | {"items": [_seen_by(principal, _summary(item)) for item in found["items"]]}


def _contact(contact: Contact) -> dict[str, Any]:
    words = (
        "id", "placement_id", "kind", "form", "due_on", "planned_at", "policy", "moved_reason_code", "held_at",
        "held_by", "outcome_code", "next_step_code", "why_code", "interpreter_booked_at", "version",
    )  # fmt: skip
    return values_of(contact, *words)


def due(
    session: Session,
    principal: Principal,
    *,
    on: date | None,
    overdue: bool,
    cursor: UUID | None,
    limit: int,
    whose: str = rules.ALL,
) -> dict[str, Any]:
    """A page of contacts planned for a day and not held, oldest first; with `overdue` those of the days before too.

    Overdue is no state: it follows from the date, so nothing has to run for it to be true.
    """
    on = on or clock.today()
    own = _own(select(Contact).join(Placement, Placement.id == Contact.placement_id), principal)
    rows = own.where(_OPEN, Contact.planned_at < calendar.danish_time(on + timedelta(days=1), 0))
    rows = rows.where(cases_of(principal, whose))
    if not overdue:
        rows = rows.where(Contact.planned_at >= calendar.danish_time(on, 0))
    if cursor is not None:
        before = session.scalar(own.where(Contact.id == cursor))
        if before is None:
            raise NotFound
        rows = rows.where(tuple_(Contact.planned_at, Contact.id) > (before.planned_at, before.id))
    found = list(session.scalars(rows.order_by(Contact.planned_at, Contact.id).limit(limit + 1)))
    items = found[:limit]
    looked(session, *(contact.placement.citizen_id for contact in items))
    return {
        "items": [_seen_by(principal, _due_line(contact, on)) for contact in items],
        "next": items[-1].id if len(found) > limit else None,
    }


def _due_line(contact: Contact, on: date) -> dict[str, Any]:
    words = (
        "id", "placement_id", "kind", "form", "due_on", "planned_at", "why_code", "interpreter_booked_at", "version",
    )  # fmt: skip
    late = (on - calendar.danish_day(contact.planned_at)).days
    about = values_of(contact.placement, "citizen_id", "company_id", "owner") | names_of(contact.placement)
    return values_of(contact, *words) | about | {"days_late": late}


def contact(session: Session, principal: Principal, contact_id: UUID) -> dict[str, Any]:
    """One contact with whom it is about; raises NotFound, also where it is not the caller's."""
    found = session.get(Contact, contact_id)
    if found is None or found.withdrawn_at is not None:
        raise NotFound
    placement(session, principal, found.placement_id)
    whole = _contact(found) | _due_line(found, clock.today()) | values_of(found, "recorded_at", "note")
    return _seen_by(principal, whole | values_of(found.placement, "mentor_name"))


def _open_contacts(principal: Principal, whose: str, what: Any, until: date) -> Select[Any]:
    joined = _own(select(*what).select_from(Contact).join(Placement, Placement.id == Contact.placement_id), principal)
    joined = joined.where(cases_of(principal, whose))
    return joined.where(_OPEN, Contact.planned_at < calendar.danish_time(until, 0))


def days(session: Session, principal: Principal, whose: str, today: date, until: date) -> dict[date, int]:
    """How many contacts are not held on each day before `until`; all that are late count on the day before today."""
    danish = cast(func.timezone(str(calendar.DENMARK), Contact.planned_at), Date)
    day = func.greatest(danish, today - timedelta(days=1)).label("day")
    counted = _open_contacts(principal, whose, (day, func.count()), until).group_by(day).order_by(day)
    return {row[0]: row[1] for row in session.execute(counted)}


def coming(session: Session, principal: Principal, whose: str, until: date, limit: int) -> list[dict[str, Any]]:
    """The first contacts after today and before `until` that are not held yet."""
    today = clock.today()
    rows = _open_contacts(principal, whose, (Contact,), until)
    rows = rows.where(Contact.planned_at >= calendar.danish_time(today + timedelta(days=1), 0))
    found = session.scalars(rows.order_by(Contact.planned_at, Contact.id).limit(limit)).all()
    looked(session, *(one.placement.citizen_id for one in found))
    return [_seen_by(principal, _due_line(one, today)) for one in found]


def of_citizen(session: Session, citizen_id: UUID, since: datetime | None = None) -> list[dict[str, Any]]:
    """A citizen's placements, newest first, each with its hours and the next contact (from `since` on, if given)."""
    looked(session, citizen_id)
    newest = select(Placement).where(Placement.citizen_id == citizen_id)
    found = session.scalars(newest.order_by(Placement.starts_on.desc(), Placement.id)).all()
    ids = [one.id for one in found]
    following = select(Contact).ext(distinct_on(Contact.placement_id))
    following = following.where(Contact.placement_id.in_(ids), _OPEN)
    if since is not None:
        following = following.where(Contact.planned_at >= since)
    following = following.order_by(Contact.placement_id, Contact.planned_at, Contact.id)
    contacts = {one.placement_id: _contact(one) for one in session.scalars(following)} if ids else {}
    hours = session.scalars(_standing_hours(HourAgreement.placement_id.in_(ids))).all() if ids else []
    return [
        _summary(one)
        | values_of(one, "first_day_at", "hours_hidden")
        | {"next": contacts.get(one.id), "hours": [values_of(h, *HOURS) for h in hours if h.placement_id == one.id]}
        for one in found
    ]


def search(session: Session, words: str, limit: int) -> list[dict[str, Any]]:
    """The newest placements of which the citizen's or the company's name has these words in it."""
    named = or_(
        Placement.citizen.has(Citizen.name.icontains(words, autoescape=True)),
        Placement.company.has(Company.name.icontains(words, autoescape=True)),
    )
    found = session.scalars(select(Placement).where(named).order_by(Placement.id.desc()).limit(limit)).all()
    looked(session, *(one.citizen_id for one in found))
    return [_summary(one) for one in found]
