"""Intake's reads."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.intake.models import Citizen, FirstContact, Host, JobWishes, Slot, Visitation
from shared import calendar, clock
from shared.errors import NotFound


def citizen(session: Session, citizen_id: UUID) -> Citizen:
    """One person; raises NotFound."""
    found = session.get(Citizen, citizen_id)
    if found is None:
        raise NotFound
    return found


def visitation(session: Session, visitation_id: UUID) -> Visitation:
    """One visitation; raises NotFound."""
    found = session.get(Visitation, visitation_id)
    if found is None:
        raise NotFound
    return found


def _bounds(day: date | None) -> tuple[datetime, datetime]:
    day = day or clock.today()
    return calendar.danish_time(day, 0), calendar.danish_time(day + timedelta(days=1), 0)


def visitations_on(session: Session, day: date | None) -> Sequence[Visitation]:
    """The day list, in order of time."""
    first, last = _bounds(day)
    rows = select(Visitation).where(Visitation.starts_at >= first, Visitation.starts_at < last)
    return session.scalars(rows.order_by(Visitation.starts_at, Visitation.id)).all()


def free_slots_on(session: Session, day: date | None) -> Sequence[Slot]:
    """Free slots of a day that have not begun."""
    first, last = _bounds(day)
    rows = select(Slot).where(
        Slot.visitation_id.is_(None), Slot.starts_at >= max(first, clock.now()), Slot.starts_at < last
    )
    return session.scalars(rows.order_by(Slot.starts_at, Slot.id)).all()


def hosts(session: Session) -> Sequence[Host]:
    """Workplaces for activation at once, by name."""
    return session.scalars(select(Host).order_by(Host.name, Host.id)).all()


def waiting(session: Session) -> Sequence[FirstContact]:
    """Contacts of people who have no visitation at all, the longest waiting first; at most 200."""
    visited = select(Visitation.citizen_id)
    rows = select(FirstContact).where(FirstContact.citizen_id.not_in(visited))
    return session.scalars(rows.order_by(FirstContact.at).limit(200)).all()


def job_wishes(session: Session, citizen_id: UUID) -> JobWishes:
    """What a citizen can and wants; raises NotFound."""
    found = session.scalar(select(JobWishes).where(JobWishes.citizen_id == citizen_id))
    if found is None:
        raise NotFound
    return found
