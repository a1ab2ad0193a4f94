"""Doors of the calendars."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.intake.api.desk import doors
from services.intake.queries import calendars as queries
from services.intake.schemas import calendars as schemas
from services.intake.use_cases import calendars
from shared.auth import STAFF, Principal
from shared.lookups import NOBODY

CONSULTANT: dict[str, Any] = {"roles": STAFF, "about": NOBODY, "answer": schemas.ConsultantAnswer}
ROOM: dict[str, Any] = {"roles": STAFF, "about": NOBODY, "answer": schemas.RoomAnswer}
ABSENCE: dict[str, Any] = {"roles": STAFF, "about": NOBODY, "answer": schemas.AbsenceAnswer}


@doors.get("/consultants", roles=STAFF, about=NOBODY, answer=schemas.Consultants)
def list_consultants(session: Session, _principal: Principal) -> Any:
    """Who holds talks, their hours and absences."""
    return {"items": queries.consultants(session)}


@doors.post("/consultants", body=schemas.NewConsultant, **CONSULTANT)
def add_consultant(session: Session, _principal: Principal, body: dict[str, Any]) -> Any:
    """Add somebody who holds talks; slots are opened at once."""
    return calendars.add_consultant(session, **body)


@doors.get("/consultants/<uuid:consultant_id>", etag=True, **CONSULTANT)
def read_consultant(session: Session, _principal: Principal, consultant_id: UUID) -> Any:
    """One consultant."""
    return queries.consultant(session, consultant_id)


@doors.patch("/consultants/<uuid:consultant_id>", body=schemas.ConsultantEdit, **CONSULTANT)
def change_consultant(
    session: Session, _principal: Principal, consultant_id: UUID, expected_version: int, body: dict[str, Any]
) -> Any:
    """Change name or hours, or end it; talks that lose their consultant are listed as to be moved."""
    return calendars.change_consultant(session, consultant_id, expected_version, body)


@doors.post("/consultants/<uuid:consultant_id>/absences", body=schemas.NewAbsence, **ABSENCE)
def add_absence(session: Session, _principal: Principal, consultant_id: UUID, body: dict[str, Any]) -> Any:
    """Somebody is not there."""
    return calendars.add_absence(session, consultant_id, **body)


@doors.post("/absences/<uuid:absence_id>/removal", **ABSENCE)
def remove_absence(session: Session, _principal: Principal, absence_id: UUID) -> Any:
    """They are there after all."""
    return calendars.remove_absence(session, absence_id)


@doors.get("/rooms", roles=STAFF, about=NOBODY, answer=schemas.Rooms)
def list_rooms(session: Session, _principal: Principal) -> Any:
    """The rooms for talks."""
    return {"items": queries.rooms(session)}


@doors.post("/rooms", body=schemas.NewRoom, **ROOM)
def add_room(session: Session, _principal: Principal, body: dict[str, Any]) -> Any:
    """Add a room; slots are opened at once."""
    return calendars.add_room(session, **body)


@doors.get("/rooms/<uuid:room_id>", etag=True, **ROOM)
def read_room(session: Session, _principal: Principal, room_id: UUID) -> Any:
    """One room."""
    return queries.room(session, room_id)


@doors.patch("/rooms/<uuid:room_id>", body=schemas.RoomEdit, **ROOM)
def change_room(
    session: Session, _principal: Principal, room_id: UUID, expected_version: int, body: dict[str, Any]
) -> Any:
    """Change name or places, or stop using it."""
    return calendars.change_room(session, room_id, expected_version, body)
