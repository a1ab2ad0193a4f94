"""Giving a waiting person to another desk or consultant."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.intake.pages import pages, waiting_words
from services.intake.pages.waiting import CHANGE, HOME, board_again
from services.intake.queries import arrivals
from services.intake.rules.waiting import HAND_OVER_REASONS
from services.intake.schemas.waiting import NewHandOver
from services.intake.use_cases import hand_overs
from shared.auth import STAFF, Principal
from shared.fields import UndoForm
from shared.lookups import About
from shared.pages import Page, See, Undo

READ = About("case", purpose="visitation")


def _form(session: Session, _principal: Principal, arrival_id: UUID, typed: Any = None) -> Page:  # noqa: ARG001
    one = arrivals.present(session, arrival_id)
    crumbs = [(_("Skranken"), "/skranken"), (_("Venterum"), HOME), (_("Giv videre"), None)]
    return Page("intake/hand_over.html", {
        "one": one, "targets": hand_overs.targets(session), "reasons": HAND_OVER_REASONS, "crumbs": crumbs,
    })  # fmt: skip


@pages.get(f"{HOME}/<uuid:arrival_id>/giv", roles=STAFF, about=READ)
def hand_over_page(session: Session, principal: Principal, arrival_id: UUID) -> Page:
    """To whom, and why."""
    return _form(session, principal, arrival_id)


@pages.post(f"{HOME}/<uuid:arrival_id>/giv", roles=STAFF, about=CHANGE, body=NewHandOver, again=_form)
def give_on(session: Session, principal: Principal, arrival_id: UUID, body: dict[str, Any]) -> See:
    """Visible to both at once."""
    name = hand_overs.targets(session).get(body["to_code"])
    given = hand_overs.give(session, arrival_id, **body, by=principal.subject)
    said = _("Givet videre til %(who)s.", who=waiting_words.place(given.to_code, name))
    return See(HOME, said, _undo(given.id, given.version))


@pages.post(f"{HOME}/overdragelse/<uuid:hand_over_id>/modtag", roles=STAFF, about=CHANGE, again=board_again,
            shows="list")  # fmt: skip
def take_over(session: Session, principal: Principal, hand_over_id: UUID) -> See:
    """Seen at the other end."""
    given = hand_overs.acknowledge(session, hand_over_id, by=principal.subject)
    return See(HOME, _("Overdragelsen er modtaget."), _undo(given.id, given.version))


@pages.post(f"{HOME}/overdragelse/<uuid:hand_over_id>/fortryd", roles=STAFF, about=CHANGE, body=UndoForm,
            again=board_again, shows="list")  # fmt: skip
def undo_hand_over(session: Session, _principal: Principal, hand_over_id: UUID, body: dict[str, Any]) -> See:
    """One step back."""
    _given, _arrival, still = hand_overs.take_back(session, hand_over_id, **body)
    return See(HOME, _("Overdragelsen er ikke længere modtaget.") if still else _("Overdragelsen er taget tilbage."))


def _undo(hand_over_id: UUID, version: int) -> Undo:
    return Undo(f"{HOME}/overdragelse/{hand_over_id}/fortryd", {"version": str(version)})
