"""Beside an agreement: what is typed into VITAS and how far it is there, and support proposed and decided."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.api.beside import HELP, HELP_CHANGE, NOTED, PREPARED
from services.matching.pages import pages
from services.matching.pages.matches import about_match
from services.matching.pages.sheets import sheet
from services.matching.rules import support
from services.matching.schemas.beside import Decision, NewNational, NewSupport, SupportUndo
from services.matching.use_cases import beside
from shared.auth import CONSULTANTS, Principal
from shared.fields import UndoForm
from shared.lookups import About
from shared.pages import Page, Response, See, Undo

HOME = "/match/aftale/<uuid:placement_id>"
EXPORT = About("placement", how="export", purpose="agreement")


def _shown(session: Session, placement_id: UUID, heading: str) -> dict[str, Any]:
    placement = queries.placement(session, None, placement_id)
    shown = about_match(session, queries.match(session, placement.match_id))
    shown["crumbs"] += [(_("Aftale"), f"/match/aftale/{placement_id}"), (heading, None)]
    return shown | {"placement": placement}


@pages.get(f"{HOME}/vitas", roles=CONSULTANTS, about=PREPARED)
def national_page(session: Session, _who: Principal, placement_id: UUID, typed: Any = None) -> Page:
    """The fields to be typed, and the application's own reference and state."""
    shown = _shown(session, placement_id, "VITAS") | {"typed": typed}
    return Page("matching/national.html", shown | {"application": beside.national(session, placement_id)})


@pages.get(f"{HOME}/vitas.csv", roles=CONSULTANTS, about=EXPORT)
def national_file(session: Session, _who: Principal, placement_id: UUID) -> Response:
    """The same fields as a file."""
    fields = beside.national_fields(session, queries.placement(session, None, placement_id))
    return sheet("vitas", [(one["label"], one["value"]) for one in fields])


@pages.post(f"{HOME}/vitas", roles=CONSULTANTS, about=NOTED, body=NewNational, again=national_page)
def note_national(session: Session, who: Principal, placement_id: UUID, body: dict[str, Any]) -> See:
    """What somebody saw there."""
    before = beside.national(session, placement_id)
    noted = beside.note_national(session, placement_id, by=who.subject, **body)
    home = f"/match/aftale/{placement_id}/vitas"
    first = Undo(f"{home}/fjern", {"version": str(noted["version"])})
    return See(home, _("Noteret."), _as_it_was(home, before) if before["reference"] else first)


def _as_it_was(home: str, noted: dict[str, Any]) -> Undo:
    return Undo(home, {"reference": noted["reference"], "state": noted["state"]})


@pages.post(f"{HOME}/vitas/fjern", roles=CONSULTANTS, about=NOTED, body=UndoForm, again=national_page)
def forget_national(session: Session, who: Principal, placement_id: UUID, body: dict[str, Any]) -> See:
    """It was noted by mistake."""
    before = beside.national(session, placement_id)
    beside.forget_national(session, placement_id, by=who.subject, **body)
    home = f"/match/aftale/{placement_id}/vitas"
    return See(home, _("Noteringen er fjernet."), _as_it_was(home, before))


@pages.get(f"{HOME}/stoette", roles=CONSULTANTS, about=HELP)
def support_page(session: Session, who: Principal, placement_id: UUID, typed: Any = None) -> Page:
    """What is proposed, what became of it, and the form for another."""
    shown = _shown(session, placement_id, _("Støtte")) | {"typed": typed, "decides": "adviser" in who.roles}
    found = beside.supports_of(session, placement_id)
    return Page("matching/support.html", shown | {"found": found, "kinds": support.KINDS})


@pages.post(f"{HOME}/stoette", roles=CONSULTANTS, about=HELP_CHANGE, body=NewSupport, again=support_page)
def propose_support(session: Session, who: Principal, placement_id: UUID, body: dict[str, Any]) -> See:
    """A proposal."""
    made = beside.propose_support(session, placement_id, by=who.subject, **body)
    home = f"/match/aftale/{placement_id}/stoette"
    undo = Undo(f"{home}/traek-tilbage", {"support_id": str(made.id), "version": str(made.version)})
    return See(home, _("Forslaget er sendt til afgørelse."), undo)


@pages.post(f"{HOME}/stoette/traek-tilbage", roles=CONSULTANTS, about=HELP_CHANGE, body=SupportUndo, again=support_page)
def withdraw_support(session: Session, who: Principal, placement_id: UUID, body: dict[str, Any]) -> See:
    """The proposal was a slip."""
    beside.withdraw_support(session, placement_id, by=who.subject, **body)
    return See(f"/match/aftale/{placement_id}/stoette", _("Forslaget er trukket tilbage."))


@pages.post(
    f"{HOME}/stoette/afgoer", roles=("adviser",), about=HELP_CHANGE, body=Decision, again=support_page, decides=True
)
def decide_support(session: Session, who: Principal, placement_id: UUID, body: dict[str, Any]) -> See:
    """Granted or not."""
    made = beside.decide_support(session, placement_id, by=who.subject, **body)
    home = f"/match/aftale/{placement_id}/stoette"
    undo = Undo(f"{home}/fortryd", {"support_id": str(made.id), "version": str(made.version)})
    return See(home, _("Afgørelsen er noteret."), undo)


@pages.post(
    f"{HOME}/stoette/fortryd", roles=("adviser",), about=HELP_CHANGE, body=SupportUndo, again=support_page,
    decides=True)  # fmt: skip
def undo_support(session: Session, who: Principal, placement_id: UUID, body: dict[str, Any]) -> See:
    """The decision was a slip."""
    beside.undo_decision(session, placement_id, by=who.subject, **body)
    return See(f"/match/aftale/{placement_id}/stoette", _("Afgørelsen er taget tilbage."))
