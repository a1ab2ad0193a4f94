"""The calendars that slots come of: consultants' hours and absences, rooms, and what the coming days give."""

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.intake.models import Absence, Consultant, Room
from services.intake.pages import pages, words
from services.intake.queries import calendars as queries
from services.intake.schemas.calendars import (
    LAST_VERSION,
    WORKDAYS,
    NewAbsence,
    NewConsultantForm,
    NewRoom,
    RoomEdit,
    hours_of,
)
from services.intake.use_cases import POLICY, calendars
from shared import calendar, clock
from shared.auth import STAFF, Principal
from shared.fields import Count, Flag
from shared.lookups import NOBODY
from shared.pages import Page, See, Undo

HOME = "/skranken/kalender"
ONE = f"{HOME}/konsulent/<uuid:consultant_id>"
UNBROKEN = "\u2060–\u2060"


class ConsultantForm(NewConsultantForm):
    """With the version that the form was made from, and whether they still hold talks."""

    active = Flag(load_default=False)
    version = Count(1, LAST_VERSION, required=True)


class RoomForm(RoomEdit):
    """With the version that the form was made from; a box without a tick says that it is not used."""

    active = Flag(load_default=False)
    version = Count(1, LAST_VERSION, required=True)


def _as_written(hours: str) -> str:
    return re.sub(r"\b0(?=\d\.)", "", hours.replace(":", "."))


def _written(consultant: Consultant | None) -> dict[str, str]:
    """Hours by day as the form shows them."""
    shown: dict[str, list[str]] = {}
    for hours in consultant.hours if consultant else ():
        shown.setdefault(hours[:3], []).append(_as_written(hours[4:]))
    return {day: ", ".join(found) for day, found in shown.items()}


def _crumbs(here: str) -> list[tuple[str, str | None]]:
    return [(_("Skranken"), "/skranken"), (_("Kalender"), HOME), (here, None)]


def _all(session: Session, _principal: Principal, typed: Any = None, **path: UUID) -> Page:  # noqa: ARG001
    """All of it; after a mistake in one room, what was typed stands there and nowhere else."""
    today = clock.today()
    context = {
        "people": [one | {"written": _written(one["consultant"])} for one in queries.consultants(session)],
        "rooms": queries.rooms(session), "days": queries.days(session), "workdays": WORKDAYS,
        "weekday_names": [words.say("weekday", day).capitalize() for day in WORKDAYS],
        "hours": _as_written(POLICY.row("opening.hours", today).value).replace("-", UNBROKEN),
        "minutes": POLICY.row("slots.minutes", today).value,
        "wrong": path.get("room_id"), "crumbs": [(_("Skranken"), "/skranken"), (_("Kalender"), None)],
    }  # fmt: skip
    return Page("intake/calendar.html", context)


@pages.get(HOME, roles=STAFF, about=NOBODY)
def calendar_page(session: Session, principal: Principal) -> Page:
    """All of it."""
    return _all(session, principal)


def _form(session: Session, _principal: Principal, consultant_id: UUID | None = None, typed: Any = None) -> Page:  # noqa: ARG001
    found = queries.consultant(session, consultant_id) if consultant_id else None
    everybody = queries.consultants(session) if found else []
    away: list[Absence] = next((one["absences"] for one in everybody if found and one["consultant"].id == found.id), [])
    context = {
        "one": found, "written": _written(found), "away": away, "workdays": WORKDAYS,
        "tomorrow": clock.today() + timedelta(days=1),
        "crumbs": _crumbs(found.name if found else _("Ny konsulent")),
    }  # fmt: skip
    return Page("intake/consultant.html", context)


@pages.get(f"{HOME}/konsulent/ny", roles=STAFF, about=NOBODY)
def new_consultant_form(session: Session, principal: Principal) -> Page:
    """An empty form."""
    return _form(session, principal)


@pages.post(f"{HOME}/konsulent/ny", roles=STAFF, about=NOBODY, body=NewConsultantForm, again=_form)
def make_consultant(session: Session, _principal: Principal, body: dict[str, Any]) -> See:
    """Slots are opened at once; the undo keeps the row, without slots."""
    made = calendars.add_consultant(session, hours=hours_of(body), name=body["name"])
    undo = Undo(f"{HOME}/konsulent/{made.id}", _as_typed(made) | {"active": "false"})
    return See(HOME, _("%(name)s er oprettet, og tiderne er åbnet.", name=made.name), undo)


@pages.get(ONE, roles=STAFF, about=NOBODY)
def consultant_form(session: Session, principal: Principal, consultant_id: UUID) -> Page:
    """Hours and absences of one."""
    return _form(session, principal, consultant_id)


def _as_typed(one: Consultant) -> dict[str, str]:
    return {"name": one.name, "version": str(one.version), "active": str(one.active).lower(), **_written(one)}


@pages.post(ONE, roles=STAFF, about=NOBODY, body=ConsultantForm, again=_form)
def edit_consultant(session: Session, _principal: Principal, consultant_id: UUID, body: dict[str, Any]) -> See:
    """Slots are opened and closed at once."""
    before = _as_typed(queries.consultant(session, consultant_id))
    given = {"name": body["name"], "active": body["active"], "hours": hours_of(body)}
    changed = calendars.change_consultant(session, consultant_id, body["version"], given)
    undo = Undo(f"{HOME}/konsulent/{consultant_id}", before | {"version": str(changed.version)})
    return See(HOME, _("Kalenderen er gemt, og tiderne er lavet om."), undo)


@pages.post(f"{ONE}/fravaer", roles=STAFF, about=NOBODY, body=NewAbsence, again=_form)
def note_absence(session: Session, _principal: Principal, consultant_id: UUID, body: dict[str, Any]) -> See:
    """Talks that they have then are listed as to be moved."""
    made = calendars.add_absence(session, consultant_id, **body)
    undo = Undo(f"{HOME}/fravaer/{made.id}/fjern")
    said = _("Fraværet er gemt. Samtaler, der skal flyttes, står på skranken.")
    return See(f"{HOME}/konsulent/{consultant_id}", said, undo)


@pages.post(f"{HOME}/fravaer/<uuid:absence_id>/fjern", roles=STAFF, about=NOBODY, again=_all)
def drop_absence(session: Session, _principal: Principal, absence_id: UUID) -> See:
    """They are there after all."""
    gone: Absence = calendars.remove_absence(session, absence_id)
    path = f"{HOME}/konsulent/{gone.consultant_id}"
    times = {"starts_at": _local(gone.starts_at), "ends_at": _local(gone.ends_at)}
    return See(path, _("Fraværet er fjernet."), Undo(f"{path}/fravaer", times))


def _local(moment: datetime) -> str:
    return moment.astimezone(calendar.DENMARK).isoformat()


@pages.post(f"{HOME}/lokale/nyt", roles=STAFF, about=NOBODY, body=NewRoom, again=_all)
def make_room(session: Session, _principal: Principal, body: dict[str, Any]) -> See:
    """A room with its places."""
    made = calendars.add_room(session, **body)
    undo = Undo(f"{HOME}/lokale/{made.id}", _room_as_typed(made) | {"active": "false"})
    return See(HOME, _("%(name)s er oprettet.", name=made.name), undo)


def _room_as_typed(room: Room) -> dict[str, str]:
    return {
        "name": room.name, "places": str(room.places), "active": str(room.active).lower(), "version": str(room.version),
    }  # fmt: skip


@pages.post(f"{HOME}/lokale/<uuid:room_id>", roles=STAFF, about=NOBODY, body=RoomForm, again=_all)
def edit_room(session: Session, _principal: Principal, room_id: UUID, body: dict[str, Any]) -> See:
    """Slots are opened and closed at once."""
    before, expected = _room_as_typed(queries.room(session, room_id)), body.pop("version")
    changed = calendars.change_room(session, room_id, expected, body)
    undo = Undo(f"{HOME}/lokale/{room_id}", before | {"version": str(changed.version)})
    return See(HOME, _("Lokalet er gemt, og tiderne er lavet om."), undo)
