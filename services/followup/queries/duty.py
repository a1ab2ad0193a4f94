"""Absence cases with what the rules propose."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.followup import rules
from services.followup.models import Absence, Citizen, MissedTalk
from services.followup.use_cases import duty
from shared import calendar, clock
from shared.errors import NotFound
from shared.lookups import looked

OF_ABSENCE = (
    "id", "citizen_id", "kind", "on_day", "registered_by", "registered_at", "ground_code", "reasonable", "restored_on",
    "hearing_opened_at", "hearing_due", "answered_at", "handed_over_at", "closed_at", "closed_code", "version",
)  # fmt: skip


def state_of(absence: Absence) -> str:
    """Where the case stands; that a hearing is over follows from the date."""
    if absence.closed_at is not None:
        return absence.closed_code or "closed"
    if absence.answered_at is not None:
        return "answered"
    if absence.hearing_due is not None:
        return "expired" if clock.today() > absence.hearing_due else "hearing"
    return "open"


def absence(session: Session, absence_id: UUID) -> dict[str, Any]:
    """One absence with its attempts and its proposal, for staff."""
    found = session.get(Absence, absence_id)
    if found is None:
        raise NotFound
    looked(session, found.citizen_id)
    citizen = session.get(Citizen, found.citizen_id)
    basis = duty.basis_of(session, found)
    attempts = [
        {name: getattr(one, name) for name in ("at", "way", "reached", "made_by")}
        for one in duty.attempts_of(session, absence_id)
    ]
    return {name: getattr(found, name) for name in OF_ABSENCE} | {
        "citizen_name": citizen and citizen.name,
        "state": state_of(found),
        "said": found.answer,
        "attempts": attempts,
        "days": list(basis.days),
        "policies": list(basis.policies),
        "missing": list(basis.missing),
        "decide_by": basis.decide_by,
    }


def absences(session: Session, citizen_id: UUID) -> dict[str, Any]:
    """Somebody's absences, newest first."""
    citizen = session.get(Citizen, citizen_id)
    if citizen is None:
        raise NotFound
    looked(session, citizen_id)
    wanted = select(Absence).where(Absence.citizen_id == citizen_id)
    found = session.scalars(wanted.order_by(Absence.on_day.desc(), Absence.id)).all()
    return {
        "citizen_id": citizen_id,
        "citizen_name": citizen.name,
        "noted_by_desk": _noted_by_desk(session, citizen_id, found),
        "items": [{name: getattr(one, name) for name in OF_ABSENCE} | {"state": state_of(one)} for one in found],
    }


def _noted_by_desk(session: Session, citizen_id: UUID, known: Sequence[Absence]) -> list[date]:
    """Days on which the desk noted a missed talk that nobody has registered as an absence, newest first."""
    wanted = select(MissedTalk.began_at).where(MissedTalk.citizen_id == citizen_id, MissedTalk.began_at.is_not(None))
    days = {calendar.danish_day(at) for at in session.scalars(wanted) if at}
    return sorted(days - {one.on_day for one in known if one.kind == rules.INTERVIEW}, reverse=True)
