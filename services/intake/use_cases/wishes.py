"""What a citizen can and wants, and whether matching may use it; told anew at every change."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.intake.models import Citizen, JobWishes
from shared import clock
from shared.database import new_id
from shared.errors import NotFound
from shared.events import JobWishesRecorded
from shared.outbox import record

TOLD = (
    "occupations", "forms", "weekly_hours_min", "weekly_hours_max", "availability", "travel_km_max", "licences",
    "needs", "mentor_wanted", "consent_to_matching",
)  # fmt: skip


def record_wishes(session: Session, citizen_id: UUID, given: dict[str, Any]) -> JobWishes:
    """Write them down for the first time or anew; a consent that is withdrawn comes this way too (A25)."""
    citizen = session.get(Citizen, citizen_id)
    if citizen is None:
        raise NotFound
    given = given | {"occupations": [str(occupation) for occupation in given["occupations"]]}
    wishes = held(session, citizen_id)
    if wishes is None:
        wishes = JobWishes(id=new_id(), citizen_id=citizen_id, recorded_at=clock.now(), **given)
        session.add(wishes)
    else:
        wishes.changes, wishes.recorded_at = wishes.changes + 1, clock.now()
        for name, value in given.items():
            setattr(wishes, name, value)
    _tell(session, citizen, wishes)
    return wishes


def tell_of_a_move(session: Session, citizen: Citizen) -> None:
    """Matching ranks by where somebody lives, so it hears the wishes again when that changes."""
    wishes = held(session, citizen.id)
    if wishes is not None:
        wishes.changes += 1
        _tell(session, citizen, wishes)


def held(session: Session, citizen_id: UUID) -> JobWishes | None:
    """What they want, locked, where it is written down."""
    return session.scalar(select(JobWishes).where(JobWishes.citizen_id == citizen_id).with_for_update())


def _tell(session: Session, citizen: Citizen, wishes: JobWishes) -> None:
    values: dict[str, Any] = {name: getattr(wishes, name) for name in TOLD}
    flat: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    record(session, JobWishesRecorded(citizen_id=citizen.id, postal_code=citizen.postal_code, **flat), wishes)
