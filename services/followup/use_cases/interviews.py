"""Talks of the contact course are noted, and people say who finds work alone."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.followup.models import Citizen, Interview, InterviewStanding
from shared import clock
from shared.auth import Principal
from shared.database import new_id
from shared.errors import Invalid, NotFound
from shared.events import InterviewHeld
from shared.lookups import looked
from shared.outbox import record


def _known(session: Session, citizen_id: UUID) -> None:
    looked(session, citizen_id)
    if session.get(Citizen, citizen_id, with_for_update=True) is None:
        raise NotFound


def note(session: Session, principal: Principal, citizen_id: UUID, *, held_on: date, form: str) -> Interview:
    """A talk took place."""
    _known(session, citizen_id)
    if held_on > clock.today():
        raise Invalid({"held_on": "Dagen er ikke kommet endnu. / That day has not come yet."})
    row = Interview(
        id=new_id(), citizen_id=citizen_id, held_on=held_on, form=form, noted_by=principal.subject, noted_at=clock.now()
    )
    session.add(row)
    record(session, InterviewHeld(interview_id=row.id, citizen_id=citizen_id, held_on=held_on, form=form), row)
    return row


def take_back(session: Session, citizen_id: UUID, interview_id: UUID, *, version: int) -> None:
    """It did not take place after all."""
    _known(session, citizen_id)
    _standing_one(session, citizen_id, interview_id).require_untouched(version)
    withdraw(session, citizen_id, interview_id)


def _standing_one(session: Session, citizen_id: UUID, interview_id: UUID) -> Interview:
    row = session.get(Interview, interview_id, with_for_update=True)
    if row is None or row.citizen_id != citizen_id or row.withdrawn_at is not None:
        raise NotFound
    return row


def withdraw(session: Session, citizen_id: UUID, interview_id: UUID) -> None:
    """It counts no more, whoever changed it since."""
    row = _standing_one(session, citizen_id, interview_id)
    row.withdrawn_at = clock.now()
    record(session, InterviewHeld(interview_id=row.id, citizen_id=citizen_id, held_on=None, form=row.form), row)


def judge(session: Session, principal: Principal, citizen_id: UUID, *, code: str | None) -> str | None:
    """Somebody finds work alone, or has left; None is in the course as others are. Returns what was said before."""
    _known(session, citizen_id)
    row = session.scalar(select(InterviewStanding).where(InterviewStanding.citizen_id == citizen_id))
    if row is None:
        row = InterviewStanding(id=new_id(), citizen_id=citizen_id)
        session.add(row)
    before, row.code, row.set_by, row.set_at = row.code, code, principal.subject, clock.now()
    session.flush()
    return before
