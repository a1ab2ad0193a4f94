"""The one question: asked by whoever follows the placement, answered with one tap by the link in a letter."""

from typing import Any
from uuid import UUID

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.followup import rules, schemas
from services.followup.api import FOLLOWERS, PLACEMENT_CHANGE
from services.followup.models import Placement
from services.followup.pages import pages
from services.followup.pages.placements import LIST, see_placement
from services.followup.use_cases import pulse
from shared import clock, links
from shared.auth import Principal
from shared.errors import NotFound, Refused
from shared.links import PULSE_PATH
from shared.lookups import About, looked
from shared.pages import PUBLIC, Page, See, Undo

OWN, OWN_CHANGE = About("placement", purpose="follow_up"), About("placement", how="change", purpose="follow_up")
ASK = f"{LIST}/<uuid:placement_id>/puls"


class LinkOver(Refused):
    """The link is not ours, or its time is over."""

    status = 410

    def __init__(self) -> None:
        super().__init__(
            "link_over",
            "Linket virker ikke længere. Vil du fortælle os, hvordan det går, så ring eller skriv til os.",
            "The link no longer works. Ring or write to us if you want to tell us how it goes.",
        )


@pages.post(ASK, roles=FOLLOWERS, about=PLACEMENT_CHANGE, again=see_placement)
def ask_pulse(session: Session, principal: Principal, placement_id: UUID) -> See:
    """All three get a letter with a link."""
    asked = pulse.ask(session, placement_id, asked_by=principal.subject)
    undo = Undo(f"{LIST}/{placement_id}/puls/{asked.id}/fortryd")
    return See(f"{LIST}/{placement_id}", _("Borgeren, virksomheden og mentoren er spurgt."), undo)


def _again(session: Session, principal: Principal, placement_id: UUID, typed: Any, **_ids: UUID) -> Page:
    page: Page = see_placement(session, principal, placement_id, typed)
    return page


@pages.post(f"{ASK}/<uuid:pulse_id>/fortryd", roles=FOLLOWERS, about=PLACEMENT_CHANGE, again=_again)
def withdraw_pulse(session: Session, _principal: Principal, placement_id: UUID, pulse_id: UUID) -> See:
    """It was not to be asked."""
    pulse.withdraw(session, placement_id, pulse_id)
    return See(f"{LIST}/{placement_id}", _("Der er ikke spurgt alligevel."))


def _linked(session: Session, code: str) -> Page:
    answer_id = links.read(current_app.extensions["settings"], links.PULSE, code, clock.now())
    if answer_id is None:
        raise LinkOver
    try:
        row, asked = pulse.open_question(session, answer_id)
    except NotFound:
        raise LinkOver from None
    placement = session.get_one(Placement, asked.placement_id)
    looked(session, placement.citizen_id)
    return Page("followup/pulse.html", {
        "row": row, "code": code, "answers": rules.ANSWERS[::-1], "path": PULSE_PATH, "crumbs": [],
    })  # fmt: skip


def _by_link(session: Session, _principal: Principal, typed: Any) -> Page:
    return _linked(session, typed.get("kode", ""))


@pages.get(PULSE_PATH, roles=PUBLIC, about=OWN, query=schemas.PulseLink)
def see_question(session: Session, _principal: Principal, query: dict[str, str]) -> Page:
    """The question, to whoever has the link."""
    return _linked(session, query["kode"])


@pages.post(PULSE_PATH, roles=PUBLIC, about=OWN_CHANGE, body=schemas.PulseForm, again=_by_link)
def answer_question(session: Session, _principal: Principal, body: dict[str, str]) -> See:
    """One tap."""
    row = _linked(session, body["kode"]).context["row"]
    told = pulse.answer(session, row.id, body["answer"])
    undo = Undo(f"{PULSE_PATH}/fortryd", {"kode": body["kode"], "version": str(told.version)})
    return See(f"{PULSE_PATH}?kode={body['kode']}", _("Tak. Vi har fået dit svar."), undo)


@pages.post(f"{PULSE_PATH}/fortryd", roles=PUBLIC, about=OWN_CHANGE, body=schemas.PulseBack, again=_by_link)
def take_answer_back(session: Session, _principal: Principal, body: dict[str, Any]) -> See:
    """A slip of the finger."""
    row = _linked(session, body["kode"]).context["row"]
    pulse.take_back(session, row.id, body["version"])
    return See(f"{PULSE_PATH}?kode={body['kode']}", _("Dit svar er slettet. Du kan svare igen."))
