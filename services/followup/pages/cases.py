"""Whose case it is, next steps that are done, and the interpreter for a talk: one act each, from where one stands."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.followup import schemas
from services.followup.api import FOLLOWERS, PLACEMENT_CHANGE
from services.followup.pages import pages
from services.followup.pages.board import HOME, see_contact
from services.followup.pages.placements import LIST, see_placement
from services.followup.use_cases import cases
from shared.auth import Principal
from shared.fields import UndoForm
from shared.pages import See, Undo

CASE, STEP = f"{LIST}/<uuid:placement_id>/ansvarlig", f"{HOME}/skridt/<uuid:step_id>"


def _changed(placement_id: UUID, version: int, before: str | None, told: str) -> See:
    back = {"owner": before or "", "version": str(version)}
    return See(f"{LIST}/{placement_id}", told, Undo(f"{LIST}/{placement_id}/ansvarlig/fortryd", back))


@pages.post(f"{CASE}/mig", roles=FOLLOWERS, about=PLACEMENT_CHANGE, again=see_placement)
def take_case(session: Session, principal: Principal, placement_id: UUID) -> See:
    """The case is mine."""
    placement, before = cases.take(session, principal, placement_id)
    return _changed(placement_id, placement.version, before, _("Sagen er nu din."))


@pages.post(CASE, roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.OwnerBody, again=see_placement)
def assign_case(session: Session, _principal: Principal, placement_id: UUID, body: dict[str, Any]) -> See:
    """The case is a colleague's, or nobody's."""
    placement, before = cases.assign(session, placement_id, **body)
    told = _("Sagen har fået en ansvarlig.") if placement.owner else _("Ingen har sagen nu.")
    return _changed(placement_id, placement.version, before, told)


@pages.post(f"{CASE}/fortryd", roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.OwnerUndo, again=see_placement)
def assign_back(session: Session, _principal: Principal, placement_id: UUID, body: dict[str, Any]) -> See:
    """It is whose it was."""
    cases.assign(session, placement_id, **body)
    return See(f"{LIST}/{placement_id}", _("Sagen har den ansvarlige, den havde før."))


@pages.post(f"{STEP}/gjort", roles=FOLLOWERS, about=PLACEMENT_CHANGE)
def finish_step(session: Session, principal: Principal, step_id: UUID) -> See:
    """It is done."""
    step = cases.finish_step(session, step_id, done_by=principal.subject)
    return See(HOME, _("Det næste skridt er gjort."), Undo(f"{HOME}/skridt/{step_id}/fortryd", _left(step.version)))


@pages.post(f"{STEP}/fortryd", roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=UndoForm)
def unfinish_step(session: Session, _principal: Principal, step_id: UUID, body: dict[str, int]) -> See:
    """It is not done after all."""
    cases.finish_step(session, step_id, done_by=None, **body)
    return See(HOME, _("Det næste skridt mangler igen."))


def _left(version: int) -> dict[str, str]:
    return {"version": str(version)}


@pages.post(f"{HOME}/kontakt/<uuid:contact_id>/tolk", roles=FOLLOWERS, about=PLACEMENT_CHANGE,
            body=schemas.InterpreterBody, again=see_contact)  # fmt: skip
def book_interpreter(session: Session, principal: Principal, contact_id: UUID, body: dict[str, bool]) -> See:
    """An interpreter comes to the talk."""
    cases.book_interpreter(session, contact_id, booked_by=principal.subject if body["booked"] else None)
    here = f"{HOME}/kontakt/{contact_id}"
    if not body["booked"]:
        return See(here, _("Tolken mangler igen."))
    return See(here, _("Det er noteret, at tolken er bestilt."), Undo(f"{here}/tolk", {"booked": ""}))
