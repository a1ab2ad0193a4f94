"""The calendars as they stand."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.intake.models import Absence, Consultant, Room, Slot
from services.intake.queries.promise import danish_day
from services.intake.rules import calendars, is_open
from services.intake.use_cases import POLICY
from services.intake.use_cases.slots import free_now
from shared import calendar, clock
from shared.errors import NotFound


def consultants(session: Session) -> list[dict[str, Any]]:
    """Those who hold talks, by name, with absences that are not over; who no longer does comes last."""
    there = session.scalars(select(Consultant).order_by(Consultant.active.desc(), Consultant.name, Consultant.code))
    away: dict[UUID, list[Absence]] = {}
    for absence in session.scalars(
        select(Absence).where(Absence.ends_at > clock.now()).order_by(Absence.starts_at, Absence.id)
    ):
        away.setdefault(absence.consultant_id, []).append(absence)
    return [{"consultant": one, "absences": away.get(one.id, [])} for one in there]


def rooms(session: Session) -> Sequence[Room]:
    """Rooms by name, those no longer used last."""
    return session.scalars(select(Room).order_by(Room.active.desc(), Room.name, Room.code)).all()


def consultant(session: Session, consultant_id: UUID) -> Consultant:
    """One of them; raises NotFound."""
    found = session.get(Consultant, consultant_id)
    if found is None:
        raise NotFound
    return found


def room(session: Session, room_id: UUID) -> Room:
    """One of them; raises NotFound."""
    found = session.get(Room, room_id)
    if found is None:
        raise NotFound
    return found


def days(session: Session) -> list[tuple[date, bool, int, int]]:
    """The days that slots are opened for: whether open, and how many slots are free and how many given away."""
    today = clock.today()
    first = calendar.danish_time(today, 0)
    free = func.count().filter(free_now(clock.now()), Slot.starts_at > clock.now())
    given = func.count().filter(Slot.visitation_id.is_not(None))
    rows = select(danish_day(Slot.starts_at), free, given).where(Slot.starts_at >= first)
    found = {row[0]: row for row in session.execute(rows.group_by(danish_day(Slot.starts_at)))}
    told = []
    for day in calendars.horizon(today, POLICY):
        _day, free_then, given_then = found.get(day, (day, 0, 0))
        told.append((day, is_open(day, POLICY), free_then, given_then))
    return told
