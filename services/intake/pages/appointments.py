"""Citizens move and cancel their talk: signed in, or by the link in their letter, which asks for nothing else."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import current_app
from flask_babel import gettext as _
from marshmallow import fields as marshmallow_fields
from sqlalchemy.orm import Session

from services.intake.models import FirstContact, Visitation
from services.intake.pages import pages, words
from services.intake.pages.moves import BackForm, times_by_day
from services.intake.schemas.promise import NewTime
from services.intake.use_cases import POLICY, moves
from shared import clock, links
from shared.auth import Principal
from shared.errors import NotFound, Refused
from shared.fields import Body, Text
from shared.links import APPOINTMENT_PATH
from shared.lookups import About, looked
from shared.pages import PUBLIC, Page, See, Undo

CITIZEN = ("citizen",)
MINE, CHANGE = About("case", purpose="own_access"), About("case", how="change", purpose="own_access")
OWN = "/min-side/aftale/<uuid:visitation_id>"
TEMPLATE = "intake/appointment.html"


class LinkOver(Refused):
    """The link is not ours, or its talk has begun."""

    status = 410

    def __init__(self) -> None:
        super().__init__(
            "link_over",
            "Linket virker ikke længere. Ring til os, eller log ind på Min side, hvis du vil flytte din tid.",
            "The link no longer works. Ring us, or sign in to My page, if you want to move your appointment.",
        )


class LinkForm(Body):
    """The code of the link."""

    kode = Text(100, required=True)


class LinkMove(LinkForm):
    """And the slot that was chosen."""

    slot_id = marshmallow_fields.UUID(required=True)


class LinkBack(LinkForm, BackForm):
    """And the time it had."""


def _page(session: Session, talk: Visitation, path: str, code: str) -> Page:
    looked(session, talk.citizen_id)
    contact = session.get_one(FirstContact, talk.contact_id)
    row = POLICY.row("visitation.own_move", clock.today())
    context = {
        "talk": talk, "path": path, "code": code, "row": row, "days": times_by_day(session, contact.statutory_due),
        "may": talk.state in ("cancelled", "missed") or clock.now() <= talk.starts_at - timedelta(hours=row.value),
        "crumbs": [] if code else [(_("Min side"), "/min-side"), (_("Din tid"), None)],
    }  # fmt: skip
    return Page(TEMPLATE, context)


def _moved(talk: Visitation, before: datetime, path: str, fields: dict[str, str], back: str) -> See:
    said = _("Din tid er flyttet til %(when)s. Du får et brev om det.", when=words.soon(talk.starts_at))
    return See(back, said, Undo(f"{path}/tilbage", {"starts_at": before.isoformat(), **fields}))


def _cancelled(talk: Visitation, path: str, fields: dict[str, str], back: str) -> See:
    said = _("Din tid er aflyst. Du kan vælge en ny, når du vil.")
    return See(back, said, Undo(f"{path}/tilbage", {"starts_at": talk.starts_at.isoformat(), **fields}))


def _mine(session: Session, principal: Principal, visitation_id: UUID) -> Visitation:
    talk = session.get(Visitation, visitation_id)
    if talk is None:
        raise NotFound
    looked(session, talk.citizen_id)
    if str(talk.citizen_id) != principal.subject or talk.state == "held":
        raise NotFound
    return talk


def _own(session: Session, principal: Principal, visitation_id: UUID, typed: Any = None) -> Page:  # noqa: ARG001
    return _page(session, _mine(session, principal, visitation_id), f"/min-side/aftale/{visitation_id}", "")


@pages.get(OWN, roles=CITIZEN, about=MINE)
def own_appointment(session: Session, principal: Principal, visitation_id: UUID) -> Page:
    """My talk, and the times I can have instead."""
    return _own(session, principal, visitation_id)


@pages.post(f"{OWN}/flyt", roles=CITIZEN, about=CHANGE, body=NewTime, again=_own)
def move_own(session: Session, principal: Principal, visitation_id: UUID, body: dict[str, Any]) -> See:
    """To the time I chose."""
    before, path = _mine(session, principal, visitation_id).starts_at, f"/min-side/aftale/{visitation_id}"
    talk = moves.move(session, visitation_id, body["slot_id"], by="citizen")
    return _moved(talk, before, path, {}, "/min-side")


@pages.post(f"{OWN}/aflys", roles=CITIZEN, about=CHANGE, again=_own)
def cancel_own(session: Session, principal: Principal, visitation_id: UUID) -> See:
    """I am not coming."""
    _mine(session, principal, visitation_id)
    path = f"/min-side/aftale/{visitation_id}"
    return _cancelled(moves.cancel(session, visitation_id, by="citizen"), path, {}, path)


@pages.post(f"{OWN}/tilbage", roles=CITIZEN, about=CHANGE, body=BackForm, again=_own)
def move_own_back(session: Session, principal: Principal, visitation_id: UUID, body: dict[str, Any]) -> See:
    """Undone, while the old time is free."""
    _mine(session, principal, visitation_id)
    moves.move_back(session, visitation_id, body["starts_at"], by="citizen")
    return See("/min-side", _("Din gamle tid gælder igen."))


def _linked(session: Session, code: str) -> Visitation:
    visitation_id = links.read(current_app.extensions["settings"], links.APPOINTMENT, code, clock.now())
    talk = session.get(Visitation, visitation_id) if visitation_id else None
    if talk is None or talk.state == "held":
        raise LinkOver
    return talk


def _by_link(session: Session, _principal: Principal, typed: Any) -> Page:
    code = typed.get("kode", "")
    return _page(session, _linked(session, code), APPOINTMENT_PATH, code)


@pages.get(APPOINTMENT_PATH, roles=PUBLIC, about=MINE, query=LinkForm)
def linked_appointment(session: Session, principal: Principal, query: dict[str, Any]) -> Page:
    """The talk that the link is for, and the times there are instead; no name and no more of the case."""
    return _by_link(session, principal, query)


@pages.post(f"{APPOINTMENT_PATH}/flyt", roles=PUBLIC, about=CHANGE, body=LinkMove, again=_by_link)
def move_by_link(session: Session, _principal: Principal, body: dict[str, Any]) -> See:
    """To the time that was chosen; the link goes on to the talk as long as it did."""
    found = _linked(session, body["kode"])
    before = found.starts_at
    talk = moves.move(session, found.id, body["slot_id"], by="citizen")
    fresh = _fresh(talk)
    return _moved(talk, before, APPOINTMENT_PATH, {"kode": fresh}, f"{APPOINTMENT_PATH}?kode={fresh}")


@pages.post(f"{APPOINTMENT_PATH}/aflys", roles=PUBLIC, about=CHANGE, body=LinkForm, again=_by_link)
def cancel_by_link(session: Session, _principal: Principal, body: dict[str, Any]) -> See:
    """The talk is off."""
    talk = moves.cancel(session, _linked(session, body["kode"]).id, by="citizen")
    return _cancelled(talk, APPOINTMENT_PATH, body, f"{APPOINTMENT_PATH}?kode={body['kode']}")


@pages.post(f"{APPOINTMENT_PATH}/tilbage", roles=PUBLIC, about=CHANGE, body=LinkBack, again=_by_link)
def move_back_by_link(session: Session, _principal: Principal, body: dict[str, Any]) -> See:
    """Undone, while the old time is free."""
    talk = moves.move_back(session, _linked(session, body["kode"]).id, body["starts_at"], by="citizen")
    return See(f"{APPOINTMENT_PATH}?kode={_fresh(talk)}", _("Din gamle tid gælder igen."))


def _fresh(talk: Visitation) -> str:
    return links.code(current_app.extensions["settings"], links.APPOINTMENT, talk.id, talk.starts_at)
