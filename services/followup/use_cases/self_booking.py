"""Talks of the contact course to come: booked by the citizen or summoned to, held, missed or called off."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.followup import queries, rules
from services.followup.models import (
    Absence,
    Citizen,
    Interview,
    InterviewCall,
    InterviewSlot,
    InterviewStanding,
    Readiness,
)
from services.followup.use_cases import POLICY, duty, interviews
from shared import calendar, clock
from shared.auth import Principal
from shared.database import new_id
from shared.errors import NotFound, Refused
from shared.events import InterviewCalledOff, InterviewInvited, InterviewSelfBooked, InterviewSummoned
from shared.lookups import looked
from shared.outbox import record


def open_slots(session: Session, principal: Principal, *, on_day: date, begins: str, ends: str) -> Sequence[datetime]:
    """The caller can talk with citizens at these times; those that are open already stay."""
    times = rules.slots_of_day(on_day, begins, ends, clock.now(), POLICY)
    mine = select(InterviewSlot).where(InterviewSlot.opened_by == principal.subject, InterviewSlot.starts_at.in_(times))
    known = {slot.starts_at: slot for slot in session.scalars(mine.with_for_update())}
    for at in times:
        if at in known:
            known[at].closed_at = None
        else:
            session.add(InterviewSlot(
                id=new_id(), starts_at=at, opened_by=principal.subject, opened_at=clock.now(), closed_at=None
            ))  # fmt: skip
    session.flush()
    return times


def close_slots(session: Session, principal: Principal, *, on_day: date, begins: str | None, ends: str | None) -> int:
    """The caller's free times of a day, or of its hours, can be booked no more; how many. Booked ones stand."""
    since = rules.clock_on(on_day, begins or "00:00")
    until = rules.clock_on(on_day, ends) if ends else calendar.danish_time(on_day + timedelta(days=1), 0)
    gone = queries.open_slots_between(session, principal.subject, since, until)
    for slot in gone:
        slot.closed_at = clock.now()
    session.flush()
    return len(gone)


def _known(session: Session, citizen_id: UUID) -> None:
    """The citizen, held until the transaction ends, so that one talk at a time is open."""
    looked(session, citizen_id)
    if session.get(Citizen, citizen_id, with_for_update=True) is None:
        raise NotFound


def invite(session: Session, principal: Principal, citizen_id: UUID, *, book_by: date | None) -> InterviewCall:
    """The citizen is asked to book one of the caller's free times."""
    _known(session, citizen_id)
    _none_open(session, citizen_id)
    today, standing, readiness = clock.today(), _standing(session, citizen_id), session.get(Readiness, citizen_id)
    group = rules.may_book(
        readiness.category if readiness else None, standing.booking_code if standing else None,
        queries.talks_held(session, citizen_id), today, POLICY,
    )  # fmt: skip
    until, least = rules.book_by(book_by, today, POLICY)
    if not queries.free_slots(session, principal.subject):
        raise Refused("no_slots", "Åbn nogle tider først, som borgeren kan vælge.", "Open some times to choose first.")
    call = _made(principal, citizen_id, book_by=until, policies=f"{group.name} {least.name}")
    session.add(call)
    record(session, InterviewInvited(call_id=call.id, citizen_id=citizen_id, due=until), call)
    return call


def summon(
    session: Session, principal: Principal, citizen_id: UUID, *, starts_at: datetime, form: str
) -> InterviewCall:
    """The citizen is told when to come; an invitation that nobody followed gives way."""
    _known(session, citizen_id)
    rules.check_summons(starts_at, clock.now(), POLICY)
    waiting = queries.call_to_come(session, citizen_id)
    if waiting is not None and waiting.starts_at is None:
        _off(session, waiting)
    _none_open(session, citizen_id)
    held = queries.slots_meanwhile(session, principal.subject, starts_at)
    slot = next((one for one in held if one.starts_at == starts_at), None)
    # Two summonses where no time was opened are the caller's to answer for, who may summon for others.
    if any(slot or one.slot_id for one in queries.calls_meanwhile(session, principal.subject, starts_at)):
        raise Refused("slot_taken", "En anden borger har den tid hos dig.", "Another citizen has that time with you.")
    call = _made(principal, citizen_id, starts_at=starts_at, form=form, slot_id=slot and slot.id)
    session.add(call)
    _tell_time(session, call)
    return call


def _made(principal: Principal, citizen_id: UUID, **told: Any) -> InterviewCall:
    blank = dict.fromkeys(("slot_id", "book_by", "starts_at", "form", "booked_at", "cancelled_at", "outcome"))
    return InterviewCall(**{
        **blank, "id": new_id(), "citizen_id": citizen_id, "made_by": principal.subject, "made_at": clock.now(),
        "interview_id": None, "absence_id": None, "policies": "", **told,
    })  # fmt: skip


def _none_open(session: Session, citizen_id: UUID) -> None:
    if queries.call_to_come(session, citizen_id) is not None:
        raise Refused(
            "call_open", "Der er allerede en samtale på vej. Aflys den først.",
            "There is a talk to come already. Call it off first.",
        )  # fmt: skip


def _tell_time(session: Session, call: InterviewCall) -> None:
    if call.starts_at is None or call.form is None:
        return
    told = InterviewSelfBooked if call.booked_at is not None else InterviewSummoned
    record(session, told(
        call_id=call.id, citizen_id=call.citizen_id, starts_at=call.starts_at, form=call.form, told_at=clock.now()
    ), call)  # fmt: skip


def locked(session: Session, call_id: UUID, citizen_id: UUID) -> InterviewCall:
    """One of the citizen's, held until the transaction ends; raises NotFound."""
    _known(session, citizen_id)
    call = session.get(InterviewCall, call_id, with_for_update=True)
    if call is None or call.citizen_id != citizen_id:
        raise NotFound
    return call


def book(session: Session, principal: Principal, call_id: UUID, *, slot_id: UUID, form: str) -> InterviewCall:
    """The citizen takes a time, or another one instead; raises Refused where somebody else was faster."""
    call = locked(session, call_id, principal.citizen_id)
    slot = session.get(InterviewSlot, slot_id)
    if call.cancelled_at is not None or call.outcome is not None or call.book_by is None or slot is None:
        raise NotFound
    if form not in rules.forms_to_choose(clock.today(), POLICY):
        raise NotFound
    if call.starts_at is not None and call.starts_at <= clock.now():
        raise _to_ring_about()
    # Whoever books or summons to an overlapping time waits here.
    queries.slots_meanwhile(session, call.made_by, slot.starts_at)
    free = {one.id for one in queries.free_slots(session, call.made_by, call.id)}
    if slot_id != call.slot_id and slot_id not in free:
        raise Refused(
            "slot_taken", "Tiden er lige blevet taget. Vælg en anden.", "That time was just taken. Choose another."
        )
    call.slot_id, call.starts_at, call.form, call.booked_at = slot.id, slot.starts_at, form, clock.now()
    _tell_time(session, call)
    return call


def _to_ring_about() -> Refused:
    """What became of a talk whose time has come a person says; nobody books it away."""
    return Refused("not_to_undo", "Tiden kan ikke ændres her. Ring til os.", "It cannot be changed here. Ring us.")


def give_up(session: Session, principal: Principal, call_id: UUID) -> InterviewCall:
    """The citizen lets the time go, and books another until the day there was."""
    call = locked(session, call_id, principal.citizen_id)
    if call.booked_at is None or call.starts_at is None or call.starts_at <= clock.now() or call.outcome is not None:
        raise _to_ring_about()
    let_go = call.starts_at
    call.slot_id = call.starts_at = call.form = None
    if call.book_by is not None and clock.today() <= call.book_by:
        # Later it stays: they did book in time, whatever becomes of the talk.
        call.booked_at = None
    record(session, InterviewCalledOff(
        call_id=call.id, citizen_id=call.citizen_id, starts_at=let_go, told_at=clock.now()
    ), call)  # fmt: skip
    return call


def call_off(session: Session, citizen_id: UUID, call_id: UUID, *, version: int) -> None:
    """It does not take place, or need not be booked."""
    call = locked(session, call_id, citizen_id)
    call.require_untouched(version)
    if call.cancelled_at is not None or call.outcome is not None:
        raise Refused("not_to_undo", "Samtalen er slut eller aflyst.", "The talk is over or off.")
    _off(session, call)


def _off(session: Session, call: InterviewCall) -> None:
    call.cancelled_at = clock.now()
    session.flush()
    record(session, InterviewCalledOff(
        call_id=call.id, citizen_id=call.citizen_id, starts_at=call.starts_at, told_at=clock.now()
    ), call)  # fmt: skip


def settle(session: Session, principal: Principal, citizen_id: UUID, call_id: UUID, *, outcome: str) -> InterviewCall:
    """It was held and counts, or the citizen did not come, which is an absence like any other (A10)."""
    call = locked(session, call_id, citizen_id)
    if call.cancelled_at is not None or call.outcome is not None or call.starts_at is None or call.form is None:
        raise NotFound
    if call.starts_at > clock.now():
        raise Refused("not_yet", "Samtalen er ikke begyndt endnu.", "The talk has not begun yet.")
    day = calendar.danish_day(call.starts_at)
    if outcome == rules.HELD:
        call.interview_id = interviews.note(session, principal, citizen_id, held_on=day, form=call.form).id
    else:
        known = duty.open_on(session, citizen_id, rules.INTERVIEW, day)
        absence = duty.register(session, citizen_id, kind=rules.INTERVIEW, on=day, made_by=principal.subject)
        # One that somebody else told of before is not closed with what is said here.
        call.absence_id = absence.id if known is None else None
    call.outcome = outcome
    session.flush()
    return call


def reopen(session: Session, citizen_id: UUID, call_id: UUID, *, version: int) -> None:
    """What was said of it was a mistake; the absence is closed with it."""
    call = locked(session, call_id, citizen_id)
    call.require_untouched(version)
    if call.outcome is None:
        raise Refused("not_to_undo", "Der er ikke noget at fortryde.", "There is nothing to undo.")
    _none_open(session, citizen_id)
    noted = session.get(Interview, call.interview_id) if call.interview_id else None
    if noted is not None and noted.withdrawn_at is None:
        interviews.withdraw(session, citizen_id, noted.id)
    absence = session.get(Absence, call.absence_id) if call.absence_id else None
    if absence is not None and absence.closed_at is None:
        duty.close(session, absence.id, closed_code="no_basis")
    call.outcome = call.interview_id = call.absence_id = None
    session.flush()


def set_right(session: Session, principal: Principal, citizen_id: UUID, *, code: str | None) -> str | None:
    """A person exempts somebody from booking, takes the right after a time that went by, or gives it back.

    Returns what was said before. Nothing lapses by itself.
    """
    _known(session, citizen_id)
    if code == rules.LAPSED:
        rules.may_lapse(queries.times_unbooked(session, citizen_id), clock.today(), POLICY)
    row = _standing(session, citizen_id)
    if row is None:
        row = InterviewStanding(
            id=new_id(), citizen_id=citizen_id, code=None, set_by=principal.subject, set_at=clock.now()
        )  # fmt: skip
        session.add(row)
    before, row.booking_code = row.booking_code, code
    row.booking_by, row.booking_at = principal.subject, clock.now()
    session.flush()
    return before


def _standing(session: Session, citizen_id: UUID) -> InterviewStanding | None:
    return session.scalar(select(InterviewStanding).where(InterviewStanding.citizen_id == citizen_id))
