"""Lists of rooms and of consultants' hours, known again by their names: the slots follow from them at once."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.intake.models import Consultant, Room
from services.intake.schemas.calendars import WORKDAYS, NewConsultantForm, NewRoom, hours_of
from services.intake.use_cases import calendars
from shared.events.codes import Words
from shared.lists import KNOWN, Column, Kind, Line, ListImportRow, read_lines

NAME = Column(Words("navn", "name"), ("navn", "name", "lokale", "lokalenavn", "room", "konsulent", "consultant"))
ROOM_COLUMNS = {
    "name": NAME,
    "places": Column(Words("antal pladser", "number of places"), ("pladser", "antalpladser", "places", "antal")),
    "place_code": Column(
        Words("sted (kode, fx jobbutik)", "place (code, such as jobbutik)"), ("sted", "stedkode", "place", "placecode")
    ),
}
DAYS = {
    "mon": (Words("mandag (fx 9-12, 12.30-15)", "Monday (such as 9-12, 12.30-15)"), ("mandag", "man", "monday", "mon")),
    "tue": (Words("tirsdag", "Tuesday"), ("tirsdag", "tir", "tuesday", "tue")),
    "wed": (Words("onsdag", "Wednesday"), ("onsdag", "ons", "wednesday", "wed")),
    "thu": (Words("torsdag", "Thursday"), ("torsdag", "tor", "thursday", "thu")),
    "fri": (Words("fredag", "Friday"), ("fredag", "fre", "friday", "fri")),
}
CONSULTANT_COLUMNS = {"name": NAME} | {day: Column(*said) for day, said in DAYS.items()}


def take_room(session: Session, _one: ListImportRow, line: Line) -> None:
    """A room of that name gets these places, or there is a new one."""
    told = line.data
    room = session.scalar(select(Room).where(Room.name == told["name"]).order_by(Room.active.desc(), Room.id).limit(1))
    if room is None:
        room = calendars.add_room(session, **told)
        line.before = {"id": str(room.id), "version": room.version, "active": False}
    else:
        told = {"places": told["places"], "active": True}
        line.verdict, line.changes = KNOWN, [name for name in told if told[name] != getattr(room, name)]
        if line.changes:
            before = {name: getattr(room, name) for name in told}
            calendars.change_room(session, room.id, room.version, told)
            line.before = before | {"id": str(room.id), "version": room.version}
    line.known_id = room.id


def take_consultant(session: Session, _one: ListImportRow, line: Line) -> None:
    """A consultant of that name gets these hours, or there is a new one."""
    name, hours = line.data["name"], hours_of(dict(line.data))
    known = select(Consultant).where(Consultant.name == name).order_by(Consultant.active.desc(), Consultant.id)
    one = session.scalar(known.limit(1))
    if one is None:
        one = calendars.add_consultant(session, name=name, hours=hours)
        line.before = {"id": str(one.id), "version": one.version, "active": False}
    else:
        line.verdict = KNOWN
        line.changes = [day for day in WORKDAYS if _of_day(one.hours, day) != _of_day(hours, day)]
        if line.changes or not one.active:
            before: dict[str, Any] = {"hours": list(one.hours), "active": one.active}
            calendars.change_consultant(session, one.id, one.version, {"hours": hours, "active": True})
            line.before = before | {"id": str(one.id), "version": one.version}
    line.known_id = one.id


def _of_day(hours: list[str], day: str) -> list[str]:
    return [one for one in hours if one.startswith(day)]


def undo_room(session: Session, _one: ListImportRow, before: Mapping[str, Any]) -> None:
    """As it was, unless somebody changed it since; a new one is not used any more."""
    told = {name: value for name, value in before.items() if name not in ("id", "version")}
    calendars.change_room(session, UUID(before["id"]), before["version"], told)


def undo_consultant(session: Session, _one: ListImportRow, before: Mapping[str, Any]) -> None:
    """The same of a consultant."""
    told = {name: value for name, value in before.items() if name not in ("id", "version")}
    calendars.change_consultant(session, UUID(before["id"]), before["version"], told)


ROOMS = Kind(
    words=Words("lokaler til samtaler", "rooms for talks"),
    told=Words(
        "Et lokale kendes på navnet. Tiderne bliver åbnet med det samme.",
        "A room is known by its name. Its times are opened at once.",
    ),
    columns=ROOM_COLUMNS,
    needs=((frozenset({"name"}),), (frozenset({"places"}),)),
    shown=(Words("Lokale", "Room"), Words("Pladser", "Places")),
    read=read_lines(NewRoom(), ROOM_COLUMNS, ("name", "places")),
    take=take_room,
    undo=undo_room,
)
CONSULTANTS = Kind(
    words=Words("konsulenternes tider", "consultants' times"),
    told=Words(
        "En konsulent kendes på navnet. En tom dag er en fridag. Tiderne bliver åbnet med det samme.",
        "A consultant is known by the name. An empty day is a day off. The times are opened at once.",
    ),
    columns=CONSULTANT_COLUMNS,
    needs=((frozenset({"name"}),),),
    shown=(Words("Konsulent", "Consultant"), Words("Mandag", "Monday")),
    read=read_lines(NewConsultantForm(), CONSULTANT_COLUMNS, ("name", "mon")),
    take=take_consultant,
    undo=undo_consultant,
    page="/skranken/kalender/konsulent/{}",
)
