"""What is noted in a talk: help given, hours that count, own words, what somebody found, an outcome."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from services.intake import rules
from services.intake.models import (
    AssistedItem,
    Citizen,
    DoorOutcome,
    FirstContact,
    FoundOpening,
    OwnKnowledge,
    WorkDuty,
    WorkHours,
)
from services.intake.use_cases import POLICY, cv
from shared import clock
from shared.database import new_id
from shared.errors import NotFound, Refused
from shared.events import ApplicationWithdrawn, AssistedServiceGiven, CaseClosedAtDoor, CaseReopenedAtDoor
from shared.lookups import looked
from shared.outbox import record

CITIZEN = "citizen"


def _known(session: Session, citizen_id: UUID) -> None:
    if session.get(Citizen, citizen_id) is None:
        raise NotFound
    looked(session, citizen_id)


def assist(session: Session, citizen_id: UUID, *, items: list[str], by: str) -> list[AssistedItem]:
    """These are ticked today, each once; a CV that was made here is a CV that is there (A09)."""
    _known(session, citizen_id)
    today = clock.today()
    given = {one.item_code: one for one in assisted_on(session, citizen_id, today)}
    fresh = [code for code in rules.ASSISTED_ITEMS if code in items and code not in given]
    for code in fresh:
        row = {"citizen_id": citizen_id, "item_code": code, "on_day": today}
        given[code] = AssistedItem(id=new_id(), **row, given_at=clock.now(), given_by=by)
        session.add(given[code])
    if fresh:
        record(session, AssistedServiceGiven(service_id=new_id(), citizen_id=citizen_id, items=tuple(fresh)))
    if "cv" in fresh and cv.newest(session, citizen_id) is not None:
        cv.meet(session, citizen_id, by=by)
    return [given[code] for code in rules.ASSISTED_ITEMS if code in given]


def assisted_on(session: Session, citizen_id: UUID, day: date) -> list[AssistedItem]:
    """What somebody was helped with on a day."""
    rows = select(AssistedItem).where(AssistedItem.citizen_id == citizen_id, AssistedItem.on_day == day)
    return list(session.scalars(rows.order_by(AssistedItem.given_at, AssistedItem.id)))


def unassist(session: Session, citizen_id: UUID, item_code: str) -> None:
    """Ticked by mistake today; what was told stays told, and the CV's own mark has its own undo."""
    _known(session, citizen_id)
    session.execute(
        delete(AssistedItem).where(
            AssistedItem.citizen_id == citizen_id, AssistedItem.item_code == item_code,
            AssistedItem.on_day == clock.today(),
        ).execution_options(synchronize_session=False)
    )  # fmt: skip


def decide_duty(session: Session, citizen_id: UUID, *, from_on: date, weekly_hours: float, by: str) -> WorkDuty:
    """An adviser's word on the weekly hours from a day; more than the row in force allows is refused."""
    _known(session, citizen_id)
    row = POLICY.row("work_duty.hours", from_on)
    if weekly_hours > row.value:
        raise Refused(
            "too_many_hours",
            f"Arbejdspligten er højst {row.value} timer om ugen.",
            f"The work duty is {row.value} hours a week at most.",
            fields={"weekly_hours": "For mange. / Too many."},
            policy=row.name,
        )
    rows = select(WorkDuty).where(WorkDuty.citizen_id == citizen_id, WorkDuty.from_on == from_on)
    duty = session.scalar(rows.with_for_update())
    if duty is None:
        duty = WorkDuty(id=new_id(), citizen_id=citizen_id, from_on=from_on)
        session.add(duty)
    duty.weekly_hours, duty.policy, duty.decided_at, duty.decided_by = weekly_hours, row.name, clock.now(), by
    return duty


def note_hours(session: Session, citizen_id: UUID, *, day: date, by: str, **given: Any) -> WorkHours:
    """Hours of the week of a day; what staff note is confirmed with it, what the citizen notes is not."""
    _known(session, citizen_id)
    now = clock.now()
    confirmed = {} if by == CITIZEN else {"confirmed_at": now, "confirmed_by": by}
    noted = WorkHours(
        id=new_id(), citizen_id=citizen_id, monday=rules.monday_of(day), noted_at=now, noted_by=by, **confirmed, **given
    )
    session.add(noted)
    return noted


def strike_hours(session: Session, citizen_id: UUID, hours_id: UUID, *, by: str = "") -> WorkHours:
    """They were noted by mistake; the citizen strikes what they noted and nobody has confirmed."""
    noted = _hours(session, citizen_id, hours_id)
    if by == CITIZEN and (noted.noted_by != CITIZEN or noted.confirmed_at is not None):
        raise Refused(
            "confirmed_already",
            "Timerne er bekræftet. Sig det til os, hvis de er forkerte.",
            "The hours are confirmed. Tell us if they are wrong.",
        )
    session.delete(noted)
    return noted


def confirm_hours(session: Session, citizen_id: UUID, hours_id: UUID, *, by: str | None) -> WorkHours:
    """Staff have seen that hours are as the citizen says; without `by` they take that back."""
    noted = _hours(session, citizen_id, hours_id)
    if noted.noted_by != CITIZEN:
        raise Refused("noted_by_staff", "Det er ikke borgeren, der har noteret dem.", "The citizen did not note these.")
    noted.confirmed_at, noted.confirmed_by = (clock.now(), by) if by else (None, None)
    return noted


def _hours(session: Session, citizen_id: UUID, hours_id: UUID) -> WorkHours:
    noted = session.get(WorkHours, hours_id, with_for_update=True)
    if noted is None or noted.citizen_id != citizen_id:
        raise NotFound
    looked(session, citizen_id)
    return noted


def week(session: Session, citizen_id: UUID, day: date) -> tuple[rules.Week | None, list[WorkHours]]:
    """The account of what is confirmed in the week of a day, and its entries; none where no row says what counts."""
    monday = rules.monday_of(day)
    entries = session.scalars(
        select(WorkHours).where(WorkHours.citizen_id == citizen_id, WorkHours.monday == monday)
        .order_by(WorkHours.noted_at, WorkHours.id)
    ).all()  # fmt: skip
    duties = session.execute(
        select(WorkDuty.from_on, WorkDuty.weekly_hours).where(WorkDuty.citizen_id == citizen_id)
    ).all()
    required = rules.duty_on([(row.from_on, row.weekly_hours) for row in duties], monday)
    hours = [(one.kind_code, one.hours) for one in entries if one.confirmed_at is not None]
    return rules.week_account(monday, hours, required, POLICY), list(entries)


def close(session: Session, contact_id: UUID, *, outcome_code: str, by: str) -> DoorOutcome:
    """How the contact ended; said again it is corrected."""
    contact = session.get(FirstContact, contact_id, with_for_update=True)
    if contact is None:
        raise NotFound
    _known(session, contact.citizen_id)
    outcome = session.scalar(select(DoorOutcome).where(DoorOutcome.contact_id == contact_id))
    if outcome is None:
        outcome = DoorOutcome(id=new_id(), citizen_id=contact.citizen_id, contact_id=contact_id)
        session.add(outcome)
    outcome.outcome_code, outcome.noted_at, outcome.noted_by = outcome_code, clock.now(), by
    _counted(contact)
    if outcome_code == "withdrawn":
        record(session, ApplicationWithdrawn(contact_id=contact_id, citizen_id=contact.citizen_id), contact)
    else:
        told = CaseClosedAtDoor(contact_id=contact_id, citizen_id=contact.citizen_id, outcome_code=outcome_code)
        record(session, told, contact)
    return outcome


def _counted(contact: FirstContact) -> None:
    """Endings and reopenings are versions of the contact, which order what is told, though its row says the same."""
    flag_modified(contact, "at")


def reopen(session: Session, contact_id: UUID) -> None:
    """The outcome was a mistake, or the person came back to the same contact."""
    # The contact before its outcome, as by whoever closes it.
    contact = session.get(FirstContact, contact_id, with_for_update=True)
    outcome = session.scalar(select(DoorOutcome).where(DoorOutcome.contact_id == contact_id))
    if contact is None or outcome is None:
        raise NotFound
    looked(session, outcome.citizen_id)
    session.delete(outcome)
    _counted(contact)
    record(session, CaseReopenedAtDoor(contact_id=contact_id, citizen_id=outcome.citizen_id), contact)


def know(session: Session, citizen_id: UUID, given: dict[str, str | None]) -> OwnKnowledge:
    """In the person's own words, the whole of it anew."""
    _known(session, citizen_id)
    rows = select(OwnKnowledge).where(OwnKnowledge.citizen_id == citizen_id)
    known = session.scalar(rows.with_for_update())
    if known is None:
        known = OwnKnowledge(id=new_id(), citizen_id=citizen_id)
        session.add(known)
    for name in rules.KNOWLEDGE:
        setattr(known, name, given.get(name))
    known.noted_at = clock.now()
    return known


def found(session: Session, citizen_id: UUID, *, kind: str, title: str, place: str) -> FoundOpening:
    """A job or an education that the person found."""
    _known(session, citizen_id)
    opening = FoundOpening(
        id=new_id(), citizen_id=citizen_id, kind=kind, title=title, place=place, noted_at=clock.now()
    )
    session.add(opening)
    return opening


def forget_found(session: Session, citizen_id: UUID, found_id: UUID) -> FoundOpening:
    """It is not of interest any more."""
    opening = session.get(FoundOpening, found_id, with_for_update=True)
    if opening is None or opening.citizen_id != citizen_id:
        raise NotFound
    looked(session, citizen_id)
    session.delete(opening)
    return opening
