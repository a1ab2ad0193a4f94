"""One question to all three parties, and the talk that their answers ask for."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.followup import rules
from services.followup.models import Placement, Pulse, PulseAnswer
from services.followup.use_cases import POLICY, courses
from shared import calendar, clock
from shared.database import new_id
from shared.errors import NotFound, Refused
from shared.events import PulseAsked, PulseWithdrawn
from shared.outbox import record


def ask(session: Session, placement_id: UUID, *, asked_by: str) -> Pulse:
    """Everybody gets a letter with a link of their own; one question at a time."""
    placement, now = courses.locked(session, placement_id), clock.now()
    if not placement.starts_on <= clock.today() <= placement.ends_on:
        raise Refused("not_under_way", "Forløbet er ikke i gang.", "The placement is not under way.")
    asked = select(Pulse).where(Pulse.placement_id == placement_id, Pulse.ends_at > now, Pulse.withdrawn_at.is_(None))
    if session.scalars(asked.limit(1)).first() is not None:
        raise Refused(
            "asked_already", "Der er spurgt, og der kan stadig svares.", "It was asked, and can still be answered."
        )
    last = clock.today() + timedelta(days=POLICY.row("pulse.days", clock.today()).value)
    pulse = Pulse(
        id=new_id(), placement_id=placement_id, asked_by=asked_by, asked_at=now,
        ends_at=calendar.danish_time(last + timedelta(days=1), 0),
    )  # fmt: skip
    answers = {party: PulseAnswer(id=new_id(), pulse_id=pulse.id, party=party) for party in rules.PARTIES}
    session.add(pulse)
    session.flush()
    session.add_all(answers.values())
    record(session, PulseAsked(
        pulse_id=pulse.id, placement_id=placement_id, citizen_id=placement.citizen_id,
        company_id=placement.company_id, mentor_id=placement.mentor_id, ends_at=pulse.ends_at,
        citizen_answer_id=answers[rules.CITIZEN].id, company_answer_id=answers[rules.COMPANY].id,
        mentor_answer_id=answers[rules.MENTOR].id,
    ), pulse)  # fmt: skip
    return pulse


def withdraw(session: Session, placement_id: UUID, pulse_id: UUID) -> None:
    """It was not to be asked; letters that have not gone out stay here. Refused once somebody has answered."""
    placement = courses.locked(session, placement_id)
    pulse = session.get(Pulse, pulse_id)
    if pulse is None or pulse.placement_id != placement_id:
        raise NotFound
    if pulse.withdrawn_at is not None or any(one.answer for one in answers_of(session, pulse_id)):
        raise Refused("answered", "Nogen har allerede svaret.", "Somebody has answered already.")
    pulse.withdrawn_at = clock.now()
    record(
        session, PulseWithdrawn(pulse_id=pulse_id, placement_id=placement_id, citizen_id=placement.citizen_id), pulse
    )


def answers_of(session: Session, pulse_id: UUID) -> Sequence[PulseAnswer]:
    """The three, answered or not."""
    return session.scalars(select(PulseAnswer).where(PulseAnswer.pulse_id == pulse_id)).all()


def answer(session: Session, answer_id: UUID, said: str) -> PulseAnswer:
    """One tap; a link is used once. A low answer, or one that is far from another's, asks for a talk by itself."""
    row, pulse = _held_question(session, answer_id)
    if row.answer is not None:
        raise Refused("used", "Du har allerede svaret. Tak for det.", "You have answered already. Thank you.")
    row.answer, row.answered_at = said, clock.now()
    session.flush()
    today = clock.today()
    given = {one.party: one.answer for one in answers_of(session, pulse.id) if one.answer is not None}
    why = rules.talk_wanted(given, POLICY.row("pulse.low", today), POLICY.row("pulse.apart", today))
    if why is not None:
        courses.tighten(session, session.get_one(Placement, pulse.placement_id), why)
    return row


def take_back(session: Session, answer_id: UUID, version: int) -> PulseAnswer:
    """A slip of the finger, on the same day; the talk that it asked for stays, as talking does no harm."""
    row, _pulse = _held_question(session, answer_id)
    row.require_untouched(version)
    if row.answered_at is None or calendar.danish_day(row.answered_at) != clock.today():
        raise Refused("not_to_undo", "Der er ikke noget at fortryde.", "There is nothing to undo.")
    row.answer = row.answered_at = None
    session.flush()
    return row


def open_question(session: Session, answer_id: UUID) -> tuple[PulseAnswer, Pulse]:
    """What a link leads to, while it can be answered; raises NotFound."""
    row = session.get(PulseAnswer, answer_id)
    pulse = session.get(Pulse, row.pulse_id) if row else None
    if row is None or pulse is None or pulse.withdrawn_at is not None or pulse.ends_at <= clock.now():
        raise NotFound
    return row, pulse


def _held_question(session: Session, answer_id: UUID) -> tuple[PulseAnswer, Pulse]:
    """The same with its placement held, so that two who answer at once see each other's answer."""
    row, pulse = open_question(session, answer_id)
    courses.locked(session, pulse.placement_id)
    session.refresh(row)
    session.refresh(pulse)
    return open_question(session, answer_id)
