"""Absence: registered, contact tried and restored, the citizen heard, the case handed over or closed by a person."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.followup import rules
from services.followup.models import Absence, Citizen, ContactAttempt, Guidance, Placement, Readiness
from services.followup.use_cases import POLICY, courses
from shared import calendar, clock
from shared.database import new_id
from shared.errors import NotFound, Refused
from shared.events import AbsenceRegistered, ContactRestored, HearingAnswered, HearingHandedOver, HearingOpened
from shared.lookups import looked
from shared.outbox import record


def register(session: Session, citizen_id: UUID, *, kind: str, on: date, made_by: str) -> Absence:
    """Somebody did not come. The same day is registered once; where they are in a placement, contact becomes closer."""
    # Two desks may tell of it at the same moment; no unique index could hold, as two records may become one person's.
    if session.get(Citizen, citizen_id, with_for_update=True) is None:
        raise NotFound
    looked(session, citizen_id)
    rules.check_absent(on, clock.today())
    if (known := open_on(session, citizen_id, kind, on)) is not None:
        return known
    absence = Absence(
        id=new_id(), citizen_id=citizen_id, kind=kind, on_day=on, registered_by=made_by, registered_at=clock.now()
    )
    session.add(absence)
    record(session, AbsenceRegistered(
        absence_id=absence.id, citizen_id=citizen_id, absence_kind=kind, on=on,
    ), absence)  # fmt: skip
    running = select(Placement).where(Placement.citizen_id == citizen_id, Placement.ends_on > clock.today())
    for placement in session.scalars(running.with_for_update(of=Placement)).all():
        courses.tighten(session, placement, "absence")
    return absence


def open_on(session: Session, citizen_id: UUID, kind: str, on: date) -> Absence | None:
    """The absence of that day that is registered already and not closed."""
    same = select(Absence).where(Absence.citizen_id == citizen_id, Absence.kind == kind, Absence.on_day == on)
    return session.scalar(same.where(Absence.closed_at.is_(None)))


def _locked(session: Session, absence_id: UUID, *, open_only: bool = True) -> Absence:
    absence = session.get(Absence, absence_id, with_for_update=True)
    if absence is None:
        raise NotFound
    looked(session, absence.citizen_id)
    if open_only and absence.closed_at is not None:
        raise Refused("closed", "Sagen er lukket. Åbn den igen først.", "The case is closed. Open it again first.")
    return absence


def attempts_of(session: Session, absence_id: UUID) -> Sequence[ContactAttempt]:
    """Attempts of contact, oldest first."""
    wanted = select(ContactAttempt).where(ContactAttempt.absence_id == absence_id)
    return session.scalars(wanted.order_by(ContactAttempt.at, ContactAttempt.id)).all()


def basis_of(session: Session, absence: Absence) -> rules.Basis:
    """What the rules propose for this absence as things stand today."""
    written = select(func.min(Guidance.given_at)).where(Guidance.citizen_id == absence.citizen_id, Guidance.written)
    guided_at = session.scalar(written)
    readiness = session.get(Readiness, absence.citizen_id)
    reached = any(one.reached and one.way in rules.PERSONAL for one in attempts_of(session, absence.id))
    return rules.basis(rules.Facts(
        kind=absence.kind, on=absence.on_day, restored_on=absence.restored_on,
        guided_on=guided_at and calendar.danish_day(guided_at), category=readiness.category if readiness else None,
        reached_in_person=reached, reasonable=absence.reasonable,
    ), clock.today(), POLICY)  # fmt: skip


def attempt(
    session: Session, absence_id: UUID, *, way: str, reached: bool, at: datetime | None, made_by: str
) -> Absence:
    """Somebody tried to reach the citizen; whoever was reached is in contact again from that day."""
    absence = _locked(session, absence_id)
    when = at or clock.now()
    rules.check_held(when, absence.on_day, clock.now())
    session.add(ContactAttempt(id=new_id(), absence_id=absence_id, at=when, way=way, reached=reached, made_by=made_by))
    if reached and absence.restored_on is None:
        _restored(session, absence, calendar.danish_day(when))
    return absence


def restore(session: Session, absence_id: UUID, *, on: date | None) -> Absence:
    """Contact is there again since a day; without one that was a mistake."""
    absence = _locked(session, absence_id)
    if on is not None:
        rules.check_restored(on, absence.on_day, clock.today())
    return _restored(session, absence, on)


def _restored(session: Session, absence: Absence, on: date | None) -> Absence:
    absence.restored_on = on
    record(session, ContactRestored(absence_id=absence.id, citizen_id=absence.citizen_id, on=on), absence)
    return absence


def judge_ground(session: Session, absence_id: UUID, *, ground_code: str, reasonable: bool) -> Absence:
    """Why they did not come, and whether a person finds that reasonable."""
    absence = _locked(session, absence_id)
    absence.ground_code, absence.reasonable = ground_code, reasonable
    session.flush()
    return absence


def open_hearing(session: Session, absence_id: UUID) -> Absence:
    """The citizen is heard before anybody decides; refused without guidance or the contact that comes first."""
    absence = _locked(session, absence_id)
    if absence.hearing_due is not None:
        raise Refused("heard_already", "Høringen er allerede åbnet.", "The hearing has been opened already.")
    found = basis_of(session, absence)
    due, row = rules.hearing_due(found, clock.today(), POLICY)
    policies = (*found.policies, row)
    absence.hearing_opened_at, absence.hearing_due = clock.now(), due
    absence.hearing_policies = " ".join(policies)
    record(session, HearingOpened(
        absence_id=absence.id, citizen_id=absence.citizen_id, due=due, basis=policies,
    ), absence)  # fmt: skip
    return absence


def answer(session: Session, absence_id: UUID, *, said: str) -> Absence:
    """What the citizen answered, in their own words; a late one counts as long as nothing is handed over."""
    absence = _locked(session, absence_id)
    if absence.hearing_due is None:
        raise Refused("not_heard", "Borgeren er ikke hørt endnu.", "The citizen has not been heard yet.")
    absence.answer, absence.answered_at = said, clock.now()
    record(session, HearingAnswered(absence_id=absence.id, citizen_id=absence.citizen_id), absence)
    return absence


def hand_over(session: Session, absence_id: UUID, *, made_by: str) -> Absence:
    """The case goes to whoever decides, within the time there is; here nothing is decided and nothing deducted."""
    absence = _locked(session, absence_id)
    found = basis_of(session, absence)
    rules.check_hand_over(found, absence.hearing_due, clock.today(), answered=absence.answered_at is not None)
    absence.handed_over_at, absence.handed_over_by = clock.now(), made_by
    absence.closed_at, absence.closed_code = clock.now(), "handed_over"
    record(session, HearingHandedOver(
        absence_id=absence.id, citizen_id=absence.citizen_id, days=found.days,
        decide_by=found.decide_by or clock.today(),
    ), absence)  # fmt: skip
    return absence


def close(session: Session, absence_id: UUID, *, closed_code: str) -> Absence:
    """A person sees that nothing more follows."""
    absence = _locked(session, absence_id)
    absence.closed_at, absence.closed_code = clock.now(), closed_code
    session.flush()
    return absence


def open_again(session: Session, absence_id: UUID, *, version: int) -> Absence:
    """Closing was a mistake; what was handed over to others stays so."""
    absence = _locked(session, absence_id, open_only=False)
    absence.require_untouched(version)
    if absence.closed_at is None or absence.handed_over_at is not None:
        raise Refused("not_to_undo", "Der er ikke noget at fortryde.", "There is nothing to undo.")
    absence.closed_at = absence.closed_code = None
    session.flush()
    return absence
