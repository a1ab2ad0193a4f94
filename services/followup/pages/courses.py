"""A course's plan: its curve, what became of it, and what is agreed anew."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.followup import queries, schemas
from services.followup.api import FOLLOWERS, PLACEMENT, PLACEMENT_CHANGE
from services.followup.pages import pages
from services.followup.pages.board import HOME
from services.followup.pages.placements import LIST
from services.followup.use_cases import courses
from shared import calendar, clock
from shared.auth import Principal
from shared.pages import Page, See, Undo

COURSE = f"{LIST}/<uuid:placement_id>/plan"


@pages.get(COURSE, roles=FOLLOWERS, about=PLACEMENT)
def see_course(session: Session, principal: Principal, placement_id: UUID, typed: Any = None) -> Page:
    """How contact tapers, and the forms that change the course."""
    found = queries.course(session, principal, placement_id)
    placement, changes = found["placement"], found["changes"]
    newest = changes[-1] if changes else None
    return Page("followup/course.html", found | {
        "curve": [(str(week["week"]), week["contacts"]) for week in found["curve"]],
        "may_undo": newest is not None and calendar.danish_day(newest["made_at"]) == clock.today(),
        "typed": typed,
        "kinds": schemas.ASKED_FOR,
        "cadences": schemas.CADENCES,
        "askers": schemas.ASKED_BY,
        "place_rules": schemas.PLACE_RULES,
        "crumbs": [(_("Opfølgning"), HOME), (_("Et forløb"), f"{LIST}/{placement.id}"), (_("Plan"), None)],
    })  # fmt: skip


@pages.post(COURSE, roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.CourseChangeBody, again=see_course)
def change_course(session: Session, principal: Principal, placement_id: UUID, body: dict[str, Any]) -> See:
    """Something else is agreed, and the rest of the plan follows."""
    made = courses.agree(session, placement_id, made_by=principal.subject, **body)
    undo = Undo(f"{LIST}/{placement_id}/plan/fortryd", {"change_id": str(made.id), "version": str(made.version)})
    return See(f"{LIST}/{placement_id}/plan", _("Planen er lavet om. Alle får de nye samtaler at vide."), undo)


@pages.post(f"{COURSE}/fortryd", roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.CourseUndo, again=see_course)
def take_change_back(session: Session, _principal: Principal, placement_id: UUID, body: dict[str, Any]) -> See:
    """The newest change was not agreed after all."""
    courses.take_back(session, placement_id, **body)
    return See(f"{LIST}/{placement_id}/plan", _("Planen er, som den var før."))


@pages.post(f"{COURSE}/sted", roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.PlaceRuleBody, again=see_course)
def set_place_rule(session: Session, principal: Principal, placement_id: UUID, body: dict[str, str]) -> See:
    """Where people may meet."""
    before = queries.placement(session, principal, placement_id).place_rule
    courses.set_place_rule(session, placement_id, **body)
    undo = Undo(f"{LIST}/{placement_id}/plan/sted", {"place_rule": before})
    return See(f"{LIST}/{placement_id}/plan", _("Mødestedet er gemt."), undo)
