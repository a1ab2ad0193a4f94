"""A placement's plan: staff write it, the citizen sees it and says yes, or something of their own."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.followup import queries, rules, schemas
from services.followup.api import FOLLOWERS, PLACEMENT, PLACEMENT_CHANGE, WITH_MENTOR
from services.followup.pages import pages
from services.followup.pages.attendance import OWN_CHANGE
from services.followup.pages.board import HOME
from services.followup.pages.placements import LIST
from services.followup.use_cases import plan_actions
from shared.auth import Principal
from shared.lookups import About
from shared.pages import Page, See, Undo

OF = f"{LIST}/<uuid:placement_id>/handleplan"
ONE = f"{OF}/<uuid:action_id>"
OWN = f"{HOME}/mit-forloeb/<uuid:placement_id>/plan"
OWN_ONE = f"{OWN}/<uuid:action_id>"


def _at(placement_id: UUID) -> str:
    return f"{LIST}/{placement_id}/handleplan"


@pages.get(OF, roles=WITH_MENTOR, about=PLACEMENT)
def see_plan(session: Session, principal: Principal, placement_id: UUID, typed: Any = None, **_ids: UUID) -> Page:
    """The plan with the citizen's answers; without them for a mentor with whom it is shared."""
    template = "followup/plan_actions.html" if principal.is_staff else "followup/mentor_plan.html"
    return Page(template, queries.placement_plan(session, principal, placement_id) | {
        "typed": typed,
        "doers": rules.DOERS,
        "crumbs": [(_("Opfølgning"), HOME), (_("Et forløb"), f"{LIST}/{placement_id}"), (_("Aftalt plan"), None)],
    })  # fmt: skip


@pages.post(OF, roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.PlanActionBody, again=see_plan)
def add_plan_action(session: Session, principal: Principal, placement_id: UUID, body: dict[str, Any]) -> See:
    """One thing more."""
    made = plan_actions.add(session, principal, placement_id, **body)
    undo = Undo(f"{_at(placement_id)}/{made.id}/fjern", {"dropped": "true"})
    return See(_at(placement_id), _("Borgeren kan se det på sin side."), undo)


@pages.post(ONE, roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.PlanActionEdit, again=see_plan)
def change_plan_action(
    session: Session, principal: Principal, placement_id: UUID, action_id: UUID, body: dict[str, Any]
) -> See:
    """In other words."""
    plan_actions.change(session, principal, placement_id, action_id, **body)
    return See(_at(placement_id), _("Det er rettet. Borgeren bliver spurgt igen."))


@pages.post(f"{ONE}/gjort", roles=WITH_MENTOR, about=PLACEMENT_CHANGE, body=schemas.PlanDone, again=see_plan)
def finish_plan_action(
    session: Session, principal: Principal, placement_id: UUID, action_id: UUID, body: dict[str, bool]
) -> See:
    """Done, or not after all."""
    plan_actions.finish(session, principal, placement_id, action_id, **body)
    if not body["done"]:
        return See(_at(placement_id), _("Det er åbent igen."))
    return See(_at(placement_id), _("Det er gjort."), Undo(f"{_at(placement_id)}/{action_id}/gjort", {"done": "false"}))


@pages.post(f"{ONE}/fjern", roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.PlanDropped, again=see_plan)
def drop_plan_action(
    session: Session, principal: Principal, placement_id: UUID, action_id: UUID, body: dict[str, bool]
) -> See:
    """Nobody does it, or somebody does after all."""
    plan_actions.drop(session, principal, placement_id, action_id, **body)
    if not body["dropped"]:
        return See(_at(placement_id), _("Det er med i planen igen."))
    undo = Undo(f"{_at(placement_id)}/{action_id}/fjern", {"dropped": "false"})
    return See(_at(placement_id), _("Det er taget ud af planen."), undo)


def _own_at(placement_id: UUID) -> str:
    return f"{HOME}/mit-forloeb/{placement_id}/plan"


@pages.get(OWN, roles=("citizen",), about=About("placement", purpose="own_access"))
def own_plan(session: Session, principal: Principal, placement_id: UUID, typed: Any = None, **ids: UUID) -> Page:
    """The citizen's own plan."""
    return Page("followup/own_plan.html", queries.placement_plan(session, principal, placement_id) | {
        "typed": typed,
        "asked": ids.get("action_id"),
        "crumbs": [(_("Min side"), "/min-side"), (_("Min plan på arbejdspladsen"), None)],
    })  # fmt: skip


@pages.post(f"{OWN}/del", roles=("citizen",), about=OWN_CHANGE, body=schemas.PlanShared, again=own_plan)
def share_plan(session: Session, principal: Principal, placement_id: UUID, body: dict[str, bool]) -> See:
    """With the mentor, or no longer."""
    plan_actions.share(session, principal, placement_id, **body)
    told = _("Din mentor kan nu se planen.") if body["shared"] else _("Din mentor kan ikke se planen mere.")
    undo = Undo(f"{_own_at(placement_id)}/del", {"shared": "false" if body["shared"] else "true"})
    return See(_own_at(placement_id), told, undo)


@pages.post(f"{OWN_ONE}/svar", roles=("citizen",), about=OWN_CHANGE, body=schemas.PlanAnswerBody, again=own_plan)
def answer_plan(
    session: Session, principal: Principal, placement_id: UUID, action_id: UUID, body: dict[str, Any]
) -> See:
    """Yes, or in their own words."""
    plan_actions.answer(session, principal, placement_id, action_id, **body)
    undo = Undo(f"{_own_at(placement_id)}/{action_id}/svar/fortryd")
    return See(_own_at(placement_id), _("Tak. Din konsulent kan se dit svar."), undo)


@pages.post(f"{OWN_ONE}/svar/fortryd", roles=("citizen",), about=OWN_CHANGE, again=own_plan)
def take_plan_answer_back(session: Session, principal: Principal, placement_id: UUID, action_id: UUID) -> See:
    """Nothing was said to it after all."""
    plan_actions.take_back(session, principal, placement_id, action_id)
    return See(_own_at(placement_id), _("Dit svar er slettet. Du kan svare igen."))


@pages.post(f"{OWN_ONE}/gjort", roles=("citizen",), about=OWN_CHANGE, body=schemas.PlanDone, again=own_plan)
def finish_own(
    session: Session, principal: Principal, placement_id: UUID, action_id: UUID, body: dict[str, bool]
) -> See:
    """The citizen has done what was theirs, or has not after all."""
    plan_actions.finish(session, principal, placement_id, action_id, **body)
    if not body["done"]:
        return See(_own_at(placement_id), _("Det er åbent igen."))
    undo = Undo(f"{_own_at(placement_id)}/{action_id}/gjort", {"done": "false"})
    return See(_own_at(placement_id), _("Godt. Det er gjort."), undo)
