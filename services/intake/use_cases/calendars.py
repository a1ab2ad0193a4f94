"""Who works when, where there is room: each change opens and closes slots at once."""

from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from services.intake.models import Absence, Consultant, Room
from services.intake.use_cases import slots
from shared.database import new_id
from shared.errors import NotFound, PreconditionFailed

Kept = TypeVar("Kept", Consultant, Room, Absence)
Edited = TypeVar("Edited", Consultant, Room)


def add_consultant(session: Session, *, name: str, hours: list[str]) -> Consultant:
    """Somebody new who holds talks."""
    made = new_id()
    consultant = Consultant(id=made, code=f"consultant-{made}", name=name, hours=hours, active=True)
    return _kept(session, consultant)


def add_room(session: Session, *, name: str, place_code: str, places: int) -> Room:
    """A room with places for so many talks at a time."""
    made = new_id()
    room = Room(id=made, code=f"room-{made}", name=name, place_code=place_code, places=places, active=True)
    return _kept(session, room)


def change_consultant(
    session: Session, consultant_id: UUID, expected_version: int, given: dict[str, Any]
) -> Consultant:
    """Name, hours, or whether they still hold talks; raises PreconditionFailed when somebody was first."""
    return _changed(session, session.get(Consultant, consultant_id, with_for_update=True), expected_version, given)


def change_room(session: Session, room_id: UUID, expected_version: int, given: dict[str, Any]) -> Room:
    """Name, places, or whether it is still used; as above."""
    return _changed(session, session.get(Room, room_id, with_for_update=True), expected_version, given)


def add_absence(session: Session, consultant_id: UUID, *, starts_at: datetime, ends_at: datetime) -> Absence:
    """They are not there; talks that they have then are listed as to be moved."""
    if session.get(Consultant, consultant_id) is None:
        raise NotFound
    return _kept(session, Absence(id=new_id(), consultant_id=consultant_id, starts_at=starts_at, ends_at=ends_at))


def remove_absence(session: Session, absence_id: UUID) -> Absence:
    """They are there after all."""
    found = session.get(Absence, absence_id, with_for_update=True)
    if found is None:
        raise NotFound
    session.delete(found)
    session.flush()
    slots.stock_slots(session)
    return found


def _changed(session: Session, found: Edited | None, expected_version: int, given: dict[str, Any]) -> Edited:
    if found is None:
        raise NotFound
    if found.version != expected_version:
        raise PreconditionFailed
    for name, value in given.items():
        setattr(found, name, value)
    return _kept(session, found)


def _kept(session: Session, row: Kept) -> Kept:
    session.add(row)
    session.flush()
    slots.stock_slots(session)
    return row
