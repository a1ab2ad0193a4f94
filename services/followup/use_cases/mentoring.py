"""Mentors are registered, trained, given room, and made the mentor of a placement."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.followup import queries, rules
from services.followup.models import (
    Company,
    Contact,
    Mentor,
    MentorAlias,
    MentorChange,
    MentorPlaces,
    Placement,
)
from services.followup.use_cases import POLICY, courses
from shared import calendar, clock, danish
from shared.auth import Principal
from shared.database import new_id
from shared.errors import Invalid, NotFound, Refused
from shared.events import MentorAssigned, MentorContactTold, MentorRecognised, MentorTrained
from shared.outbox import record

CHANGED = "mentor_changed"


def register(session: Session, principal: Principal, *, kind: str, company_id: UUID | None, **told: Any) -> Mentor:
    """Somebody is in the register from now on, trained or not yet."""
    rules.check_mentor(kind, company_id is not None, POLICY.row("mentor.who", clock.today()))
    if company_id is not None and session.get(Company, company_id) is None:
        raise Invalid({"company": "Virksomheden kendes ikke. / The company is not known."})
    found = Mentor(
        id=new_id(), kind=kind, company_id=company_id, registered_by=principal.subject, registered_at=clock.now(),
        left_on=None, **told,
    )  # fmt: skip
    session.add(found)
    if found.trained_on is not None:
        _tell_trained(session, found)
    session.flush()
    return found


def company_called(session: Session, name: str) -> UUID:
    """The company of that name; raises Invalid where there is none, or more than one."""
    like = session.scalars(select(Company).where(Company.name.icontains(name, autoescape=True)).limit(50)).all()
    same = [one for one in like if danish.search_key(one.name) == danish.search_key(name)]
    if len(same) != 1:
        raise Invalid({"company": "Skriv virksomhedens hele navn. / Write the company's whole name."})
    return same[0].id


def found(session: Session, mentor_id: UUID, *, lock: bool = False) -> Mentor:
    """One of the register; raises NotFound."""
    mentor = session.get(Mentor, mentor_id, with_for_update=lock)
    if mentor is None:
        raise NotFound
    return mentor


def change(session: Session, mentor_id: UUID, *, version: int, **told: Any) -> Mentor:
    """How to reach them, whom they reach, and whether they are a mentor still."""
    mentor = found(session, mentor_id, lock=True)
    mentor.require_untouched(version)
    before = _contact(mentor)
    for name, value in told.items():
        setattr(mentor, name, value)
    session.flush()
    if _contact(mentor) != before:
        _tell_contact(session, mentor)
    return mentor


def _contact(mentor: Mentor) -> tuple[str | None, ...]:
    return mentor.name, mentor.email, mentor.phone


def _tell_contact(session: Session, mentor: Mentor) -> None:
    record(session, MentorContactTold(
        mentor_id=mentor.id, mentor_name=mentor.name, mentor_email=mentor.email, mentor_phone=mentor.phone,
    ), mentor)  # fmt: skip


def train(session: Session, mentor_id: UUID, *, trained_on: date | None) -> Mentor:
    """They were trained on that day; None where that was a mistake."""
    mentor = found(session, mentor_id, lock=True)
    if trained_on is not None and trained_on > clock.today():
        raise Invalid({"trained_on": "Dagen er ikke kommet endnu. / That day has not come yet."})
    mentor.trained_on = trained_on
    _tell_trained(session, mentor)
    return mentor


def _tell_trained(session: Session, mentor: Mentor) -> None:
    record(session, MentorTrained(
        mentor_id=mentor.id, company_id=mentor.company_id, trained_on=mentor.trained_on,
    ), mentor)  # fmt: skip


def give_room(session: Session, principal: Principal, mentor_id: UUID, *, since: date, places: int) -> MentorPlaces:
    """So many at a time from a day on; said again for the same day, the later word counts."""
    found(session, mentor_id, lock=True)
    row = session.scalar(select(MentorPlaces).where(MentorPlaces.mentor_id == mentor_id, MentorPlaces.since == since))
    if row is None:
        row = MentorPlaces(id=new_id(), mentor_id=mentor_id, since=since)
        session.add(row)
    row.places, row.set_by, row.set_at, row.taken_back_at = places, principal.subject, clock.now(), None
    session.flush()
    return row


def take_room_back(session: Session, mentor_id: UUID, *, since: date) -> None:
    """What was said for that day counts no more."""
    row = session.scalar(
        select(MentorPlaces).where(MentorPlaces.mentor_id == mentor_id, MentorPlaces.since == since).with_for_update()
    )
    if row is None:
        raise NotFound
    row.taken_back_at = clock.now()
    session.flush()


def recognise(session: Session, principal: Principal, placement_id: UUID, *, mentor_id: UUID) -> None:
    """The mentor of the agreement is this one of the register; nobody changes."""
    placement = courses.locked(session, placement_id)
    mentor = found(session, mentor_id)
    if queries.mentor_of(session, placement.mentor_id) is not None:
        raise Refused("mentor_known", "Mentoren står allerede i registeret.", "The mentor is in the register already.")
    _is(session, placement.mentor_id, mentor, principal.subject)


def _is(session: Session, known_as: UUID, mentor: Mentor | None, said_by: str) -> None:
    """What is sent to the agreement's mentor goes where the register says from now on."""
    alias = session.get(MentorAlias, known_as, with_for_update=True)
    if alias is None:
        alias = MentorAlias(id=known_as)
        session.add(alias)
    alias.mentor_id = mentor.id if mentor else None
    alias.linked_by, alias.linked_at = said_by, clock.now()
    session.flush()
    record(session, MentorRecognised(known_as=known_as, mentor_id=alias.mentor_id), alias)
    if mentor is not None:
        _tell_contact(session, mentor)


def recognise_by_name(session: Session, placement: Placement) -> None:
    """The mentor that an agreement names is the only one of that name at that company: they are the same.

    Nobody is taken for another: with none, or more than one, of the name a person says who it is.
    """
    if placement.mentor_name is None or queries.mentor_of(session, placement.mentor_id) is not None:
        return
    there = select(Mentor).where(Mentor.company_id == placement.company_id, Mentor.left_on.is_(None))
    called = danish.search_key(placement.mentor_name)
    same = [one for one in session.scalars(there) if danish.search_key(one.name) == called]
    if len(same) == 1:
        _is(session, placement.mentor_id, same[0], courses.ITSELF)


def forget(session: Session, principal: Principal, placement_id: UUID) -> None:
    """The mentor of the agreement is somebody else after all."""
    placement = courses.locked(session, placement_id)
    if queries.mentor_of(session, placement.mentor_id) in (None, placement.mentor_id):
        raise NotFound
    _is(session, placement.mentor_id, None, principal.subject)


def assign(session: Session, principal: Principal, placement_id: UUID, *, mentor_id: UUID) -> rules.Load | None:
    """Another mentor from now on: closer contact for a while, and all three hear of the talks.

    Returns the first week in which the new one has more than there is room for: advice (`mentor.load_blocks`).
    """
    placement = courses.locked(session, placement_id)
    mentor = found(session, mentor_id, lock=True)
    if mentor.left_on is not None:
        raise Refused("mentor_left", "Hun eller han er ikke mentor mere.", "They are no mentor any more.")
    if queries.mentor_of(session, placement.mentor_id) == mentor_id:
        raise Refused("same_mentor", "Det er allerede mentoren.", "That is the mentor already.")
    until = max(placement.ends_on, clock.today())
    weeks = (until - clock.today()).days // 7 + 2
    coming = queries.loads_of(session, mentor_id, clock.today(), weeks, also=[(placement.starts_on, placement.ends_on)])
    over = rules.check_room(coming, POLICY.find("mentor.load_blocks", clock.today()))
    change = MentorChange(
        id=new_id(), placement_id=placement_id, mentor_id=mentor_id, former_id=placement.mentor_id,
        former_name=placement.mentor_name, made_by=principal.subject, made_at=clock.now(), taken_back_at=None,
    )  # fmt: skip
    session.add(change)
    _tell_contact(session, mentor)
    _put(session, placement, mentor.id, mentor.name)
    told_before = placement.replanned_at
    courses.tighten(session, placement, CHANGED)
    if placement.replanned_at == told_before:
        _tell_talks(session, placement)
    return over


def take_back(session: Session, placement_id: UUID) -> None:
    """The newest change of mentor was a mistake, on the Danish day it was made; the closer contact goes with it."""
    placement = courses.locked(session, placement_id)
    newest = queries.mentor_changes(session, placement_id)[-1:]
    if not newest or calendar.danish_day(newest[0].made_at) != clock.today():
        raise Refused("not_to_undo", "Der er ikke noget at fortryde.", "There is nothing to undo.")
    newest[0].taken_back_at = clock.now()
    _put(session, placement, newest[0].former_id, newest[0].former_name)
    made = courses.changes_of(session, placement_id)[-1:]
    if made and made[0].code == CHANGED and made[0].made_at >= newest[0].made_at:
        courses.take_back(session, placement_id, change_id=made[0].id, version=made[0].version)
    else:
        _tell_talks(session, placement)


def _put(session: Session, placement: Placement, mentor_id: UUID, name: str | None) -> None:
    placement.mentor_id, placement.mentor_name = mentor_id, name
    session.flush()
    record(session, MentorAssigned(
        placement_id=placement.id, citizen_id=placement.citizen_id, company_id=placement.company_id,
        mentor_id=mentor_id,
    ), placement)  # fmt: skip


def _tell_talks(session: Session, placement: Placement) -> None:
    coming = select(Contact).where(
        Contact.placement_id == placement.id, Contact.held_at.is_(None), Contact.withdrawn_at.is_(None),
        Contact.planned_at > clock.now(),
    )  # fmt: skip
    placement.replanned_at = clock.now()
    session.flush()
    courses.told(session, placement, session.scalars(coming.order_by(Contact.planned_at, Contact.id)).all())
