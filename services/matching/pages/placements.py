"""Agreements as those see them who make them: the ratio before, the written statements after."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.api import PLACEMENT, PLACEMENT_CHANGE
from services.matching.models import Need, Placement
from services.matching.pages import pages, said
from services.matching.pages.matches import about_match
from services.matching.rules.forms import OFFERS
from services.matching.schemas.forms import PlacementForm, RatioQuery, StatementForm
from services.matching.use_cases import placements, ratios, undoing
from shared import calendar, clock, forms, links
from shared.auth import CONSULTANTS, Principal
from shared.errors import Refused
from shared.fields import UndoForm
from shared.frame import words_of
from shared.pages import Page, See, Undo


def _weighed(session: Session, need: Need, asked: dict[str, Any]) -> dict[str, Any]:
    """The ratio for what is typed so far: a verdict, why there is none, or neither while something is missing."""
    wanted = ("offer_type", "starts_on", "ends_on", "weekly_hours")
    if any(asked[name] is None for name in wanted):
        return {"verdict": None, "why_not": ""}
    try:
        judged = ratios.weigh_ratio(session, need.p_number, **asked)
    except Refused as refused:
        return {"verdict": None, "why_not": words_of(refused)}
    return {"verdict": said.verdict(judged), "why_not": ""}


@pages.get("/match/forslag/<uuid:match_id>/aftale", roles=CONSULTANTS, about=PLACEMENT)
def placement_form(session: Session, _who: Principal, match_id: UUID, typed: Any = None) -> Page:
    """The form for an agreement on a match that both sides said yes to."""
    match = queries.match(session, match_id)
    shown = about_match(session, match)
    need = shown["need"]
    usual = {
        "offer_type": need.employment_form if need.employment_form in OFFERS else OFFERS[0],
        "starts_on": need.starts_on,
        "weekly_hours": match.weekly_hours_max,
    }
    asked = RatioQuery().load({}) if typed is None else _readable(typed)
    shown["crumbs"].append((_("Aftale"), None))
    return Page(
        "matching/placement_form.html",
        shown | {"usual": usual, "typed": typed, "offers": OFFERS} | _weighed(session, need, asked),
    )


def _readable(typed: Any) -> dict[str, Any]:
    """What can be read of the form for the ratio; all of it or none."""
    schema = RatioQuery()
    sent = forms.read(schema, typed)
    loaded: dict[str, Any] = schema.load({} if schema.validate(sent) else sent)
    return loaded


@pages.get(
    "/match/forslag/<uuid:match_id>/forholdstal", roles=CONSULTANTS, about=PLACEMENT, query=RatioQuery, fragment=True
)
def ratio_part(session: Session, _who: Principal, match_id: UUID, query: dict[str, Any]) -> Page:
    """The ratio for the agreement as it is typed; nothing is kept."""
    match = queries.match(session, match_id)
    return Page("matching/ratio.html", _weighed(session, session.get_one(Need, match.need_id), query))


@pages.post(
    "/match/forslag/<uuid:match_id>/aftale", roles=CONSULTANTS, about=PLACEMENT_CHANGE, body=PlacementForm,
    again=placement_form, decides=True)  # fmt: skip
def make_placement(session: Session, who: Principal, match_id: UUID, body: dict[str, Any]) -> See:
    """Agree; the written statements come next."""
    made = placements.agree_placement(session, match_id=match_id, made_by=who.subject, **body)
    undo = Undo(f"/match/aftale/{made.id}/fortryd", {"version": str(made.version)})
    return See(
        f"/match/aftale/{made.id}",
        _("Aftalen er oprettet. Parterne får et brev med et link, og her kan du se, hvis tur det er."),
        undo,
    )


def representative_link(placement: Placement) -> str | None:
    """For the representative, whose address nobody knows, so that staff can hand it on; None where it is not asked."""
    asked = [one for one in placement.approvals if one.party == "employee_representative" and one.withdrawn_at is None]
    if not asked or asked[0].positive is not None or placement.expires_on is None:
        return None
    ends_at = calendar.danish_time(placement.expires_on + timedelta(days=1), 0)
    return links.agreement(current_app.extensions["settings"], asked[0].id, ends_at)


@pages.get("/match/aftale/<uuid:placement_id>", roles=CONSULTANTS, about=PLACEMENT)
def placement_page(session: Session, _who: Principal, placement_id: UUID, typed: Any = None) -> Page:
    """An agreement with its sum and its statements."""
    placement = queries.placement(session, None, placement_id)
    shown = about_match(session, queries.match(session, placement.match_id))
    shown["crumbs"].append((_("Aftale"), None))
    return Page("matching/placement.html", shown | {
        "placement": placement, "now": clock.now(), "typed": typed,
        "representative_link": representative_link(placement), "versions": queries.versions_of(session, placement_id),
    })  # fmt: skip


@pages.post(
    "/match/aftale/<uuid:placement_id>/udtalelse", roles=CONSULTANTS, about=PLACEMENT_CHANGE, body=StatementForm,
    again=placement_page, decides=True)  # fmt: skip
def hear_party(session: Session, who: Principal, placement_id: UUID, body: dict[str, Any]) -> See:
    """Record a party's written word."""
    stated = placements.state_in_writing(session, None, placement_id, by=who.subject, **body)
    return See(f"/match/aftale/{placement_id}", stated_message(stated.state))


@pages.post(
    "/match/aftale/<uuid:placement_id>/fortryd", roles=CONSULTANTS, about=PLACEMENT_CHANGE, body=UndoForm,
    again=placement_page, decides=True)  # fmt: skip
def take_placement_back(session: Session, who: Principal, placement_id: UUID, body: dict[str, Any]) -> See:
    """It was not agreed after all."""
    taken_back = undoing.take_placement_back(session, placement_id, by=who.subject, **body)
    return See(f"/match/forslag/{taken_back.match_id}", _("Aftalen er taget tilbage. Lav den igen, når den er rigtig."))


def stated_message(state: str) -> str:
    """What a statement led to."""
    if state == "agreed":
        return str(_("Svaret er noteret, og aftalen er på plads."))
    if state == "refused":
        return str(_("Svaret er noteret. Aftalen blev ikke til noget."))
    return str(_("Svaret er noteret."))
