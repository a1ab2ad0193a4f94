"""Evaluations: what the parties say halfway and at the end, each on a page of their own, and what follows."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.followup import queries, rules, schemas
from services.followup.api import FOLLOWERS, PLACEMENT, PLACEMENT_CHANGE
from services.followup.pages import pages
from services.followup.pages.attendance import OWN_CHANGE
from services.followup.pages.board import HOME
from services.followup.pages.placements import LIST
from services.followup.use_cases import evaluations
from shared.auth import Principal
from shared.lookups import About
from shared.pages import Page, See, Undo

OF = f"{LIST}/<uuid:placement_id>/evaluering"
MENTORS = f"{LIST}/<uuid:placement_id>/min-vurdering"
OWN = f"{HOME}/mit-forloeb/<uuid:placement_id>/evaluering"


@pages.get(OF, roles=FOLLOWERS, about=PLACEMENT)
def see_evaluations(session: Session, principal: Principal, placement_id: UUID, typed: Any = None) -> Page:
    """What everybody said, and the forms to note it and to end the placement."""
    return Page("followup/evaluations.html", queries.evaluations(session, principal, placement_id) | {
        "typed": typed,
        "kinds": rules.EVALUATIONS,
        "parties": rules.PARTIES,
        "verdicts": rules.VERDICTS,
        "outcomes": rules.OUTCOMES,
        "crumbs": [(_("Opfølgning"), HOME), (_("Et forløb"), f"{LIST}/{placement_id}"), (_("Evaluering"), None)],
    })  # fmt: skip


@pages.post(OF, roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.PartysWord, again=see_evaluations)
def hear(session: Session, principal: Principal, placement_id: UUID, body: dict[str, Any]) -> See:
    """What a party said."""
    evaluations.say(session, principal, placement_id, **body)
    return See(f"{LIST}/{placement_id}/evaluering", _("Det er noteret. Notér det igen, hvis det er forkert."))


@pages.post(f"{OF}/afslut", roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.ConclusionBody, again=see_evaluations)
def conclude(session: Session, principal: Principal, placement_id: UUID, body: dict[str, Any]) -> See:
    """What was agreed happens."""
    made = evaluations.conclude(session, placement_id, made_by=principal.subject, **body)
    undo = Undo(f"{LIST}/{placement_id}/evaluering/fortryd", {"version": str(made.version)})
    told = {
        "next_area": _("Forløbet går videre i et nyt område."),
        "next_place": _("Forløbet slutter. Samtalen om hvorfor og det næste sted står som næste skridt."),
    }
    said = told.get(made.outcome_code, _("Forløbet er afsluttet, som det er aftalt."))
    return See(f"{LIST}/{placement_id}/evaluering", said, undo)


@pages.post(
    f"{OF}/fortryd", roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.ConclusionUndo, again=see_evaluations
)
def take_back(session: Session, _principal: Principal, placement_id: UUID, body: dict[str, int]) -> See:
    """It was not agreed after all."""
    evaluations.take_back(session, placement_id, **body)
    return See(f"{LIST}/{placement_id}/evaluering", _("Afslutningen er taget tilbage."))


def _own_page(found: Any, said: Any, action: str, typed: Any, back: tuple[str, str]) -> Page:
    return Page("followup/own_evaluation.html", {
        "placement": found, "said": said, "action": action, "typed": typed, "kinds": rules.EVALUATIONS,
        "verdicts": rules.VERDICTS, "back": back, "crumbs": [back[::-1], (_("Evaluering"), None)],
    })  # fmt: skip


@pages.get(MENTORS, roles=("mentor",), about=PLACEMENT)
def mentors_word(session: Session, principal: Principal, placement_id: UUID, typed: Any = None) -> Page:
    """The mentor's own word; nobody else's is shown."""
    found = queries.placement(session, principal, placement_id)
    said = queries.said_by(session, placement_id, rules.MENTOR)
    back = (f"{LIST}/{placement_id}", _("Et forløb"))
    return _own_page(found, said, f"{LIST}/{placement_id}/min-vurdering", typed, back)


@pages.post(MENTORS, roles=("mentor",), about=PLACEMENT_CHANGE, body=schemas.OwnWord, again=mentors_word)
def mentor_says(session: Session, principal: Principal, placement_id: UUID, body: dict[str, Any]) -> See:
    """The mentor's word."""
    evaluations.say(session, principal, placement_id, party=rules.MENTOR, **body)
    return See(f"{LIST}/{placement_id}/min-vurdering", _("Tak. Dit svar er gemt. Du kan rette det her."))


@pages.get(OWN, roles=("citizen",), about=About("placement", purpose="own_access"))
def own_word(session: Session, principal: Principal, placement_id: UUID, typed: Any = None) -> Page:
    """The citizen's own word."""
    found = queries.own_placement(session, principal, placement_id)
    said = queries.said_by(session, placement_id, rules.CITIZEN)
    return _own_page(found, said, f"{HOME}/mit-forloeb/{placement_id}/evaluering", typed, ("/min-side", _("Min side")))


@pages.post(OWN, roles=("citizen",), about=OWN_CHANGE, body=schemas.OwnWord, again=own_word)
def citizen_says(session: Session, principal: Principal, placement_id: UUID, body: dict[str, Any]) -> See:
    """The citizen agrees, or answers in their own words."""
    evaluations.say(session, principal, placement_id, party=rules.CITIZEN, **body)
    return See(f"{HOME}/mit-forloeb/{placement_id}/evaluering", _("Tak. Dit svar er gemt. Du kan rette det her."))
