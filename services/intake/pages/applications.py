"""Where the digital application of a contact stands, followed from the citizen's card."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.intake import queries, schemas
from services.intake.pages import pages
from services.intake.pages.citizen import show_card
from services.intake.use_cases import walk_ins
from shared.auth import STAFF, Principal
from shared.errors import NotFound
from shared.lookups import About
from shared.pages import Page, See, Undo

CHANGE = About("case", "citizen_id", "change", purpose="visitation")
PATH = "/borger/<uuid:citizen_id>/henvendelser/<uuid:contact_id>/ansoegning"


def _theirs(session: Session, citizen_id: UUID, contact_id: UUID) -> None:
    if queries.contact(session, contact_id).citizen_id != citizen_id:
        raise NotFound


def _again(session: Session, principal: Principal, citizen_id: UUID, typed: Any, **_path: UUID) -> Page:
    return show_card(session, principal, citizen_id, typed)


@pages.post(PATH, roles=STAFF, about=CHANGE, body=schemas.NewApplication, again=_again)
def note_application(
    session: Session, principal: Principal, citizen_id: UUID, contact_id: UUID, body: dict[str, Any]
) -> See:
    """A word on it, with time and who; it stands until the next."""
    _theirs(session, citizen_id, contact_id)
    step = walk_ins.note_application(session, contact_id, body["state"], by=principal.subject)
    undo = Undo(f"/borger/{citizen_id}/henvendelser/{contact_id}/ansoegning/fortryd", {"step_id": str(step.id)})
    return See(f"/borger/{citizen_id}", _("Det er noteret, hvor langt ansøgningen er."), undo)


@pages.post(f"{PATH}/fortryd", roles=STAFF, about=CHANGE, body=schemas.ApplicationUndo, again=_again)
def take_application_back(
    session: Session, _principal: Principal, citizen_id: UUID, contact_id: UUID, body: dict[str, Any]
) -> See:
    """As it stood before."""
    _theirs(session, citizen_id, contact_id)
    walk_ins.take_back(session, contact_id, body["step_id"])
    return See(f"/borger/{citizen_id}", _("Der står det samme som før."))
