"""The citizen's card page: who it is, how to reach them, and a card from every service that knows more."""

from typing import Any
from uuid import UUID

from flask import g, request
from flask_babel import gettext as _
from marshmallow import fields as marshmallow_fields
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from services.intake import queries, rules, schemas
from services.intake.models import Citizen
from services.intake.pages import blueprint, pages, words
from services.intake.use_cases import citizens, merges, units
from services.intake.use_cases.units import OtherUnit
from shared import clock, frame
from shared.auth import STAFF, Principal
from shared.fields import Body, Code, Count
from shared.lookups import NOBODY, About, looked
from shared.pages import Page, See, Undo
from shared.site import own_path

CASE = About("case", "citizen_id", purpose="visitation")
CHANGE = About("contact", "citizen_id", "change", purpose="visitation")
MERGERS = ("front_desk", "adviser")
OTHER_UNIT = "intake/other_unit.html"


class PurposeForm(Body):
    """Why another unit opens the card, and where that leads."""

    purpose = Code(*units.PURPOSES, required=True)
    til = marshmallow_fields.String(load_default="")


class RevealForm(Body):
    """Why the whole CPR number is needed."""

    purpose = Code(*units.PURPOSES, required=True)


class ChannelsForm(schemas.ChannelsEdit):
    """The edit, with the version that the form was made from."""

    version = Count(1, 2**31 - 1, required=True)


def opened(session: Session, principal: Principal, citizen_id: UUID) -> Citizen:
    """The citizen, for whoever may see the card; raises OtherUnit."""
    found = queries.citizen(session, citizen_id)
    units.require_own(session, principal, found)
    return found


def crumbs_to(citizen: Citizen, *after: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    """The way to a citizen's card and on from there."""
    return [(_("Skranken"), "/skranken"), (citizen.name, f"/borger/{citizen.id}" if after else None), *after]


def _card(session: Session, principal: Principal, citizen_id: UUID, typed: Any = None) -> Page:  # noqa: ARG001
    citizen = opened(session, principal, citizen_id)
    context = {
        "citizen": citizen,
        "age": rules.age_on(citizen.birth_date, clock.today()),
        "contacts": queries.contacts_of(session, citizen_id),
        "talks": queries.talks_of(session, citizen_id=citizen_id),
        "purposes": units.PURPOSES,
        "merged": merges.of(session, citizen_id),
        "merges": bool(set(principal.roles) & set(MERGERS)),
        "crumbs": crumbs_to(citizen),
    }
    return Page("intake/citizen.html", context)


@pages.get("/borger/<uuid:citizen_id>", roles=STAFF, about=CASE)
def citizen_card(session: Session, principal: Principal, citizen_id: UUID) -> Page:
    """The card page."""
    return _card(session, principal, citizen_id)


@pages.get("/skranken/kort/borger/<uuid:citizen_id>", roles=STAFF, about=CASE, fragment=True)
def citizen_facts(session: Session, principal: Principal, citizen_id: UUID) -> Page:
    """Who it is, as a card on another service's page."""
    citizen = opened(session, principal, citizen_id)
    return Page("intake/_facts.html", {"citizen": citizen, "age": rules.age_on(citizen.birth_date, clock.today())})


@pages.get(
    "/skranken/kort/oensker/<uuid:citizen_id>",
    roles=STAFF,
    about=About("health_function", "citizen_id", purpose="visitation"),
    fragment=True,
)
def citizen_wishes(session: Session, principal: Principal, citizen_id: UUID) -> Page:
    """What the citizen can and wants; needs are functional."""
    opened(session, principal, citizen_id)
    return Page("intake/_wishes.html", {"wishes": queries.wishes_of(session, citizen_id)})


@pages.post(
    "/borger/<uuid:citizen_id>/cpr",
    roles=STAFF,
    about=About("identity", "citizen_id", "reveal", purpose="visitation"),
    body=RevealForm,
    again=_card,
)
def citizen_cpr(session: Session, principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> Page:
    """The whole CPR number, on this answer only."""
    page = _card(session, principal, citizen_id)
    looked(session, citizen_id, purpose=body["purpose"])
    return Page(page.template, page.context | {"cpr": citizens.reveal_cpr(session, principal, page.context["citizen"])})


@pages.get("/borger/<uuid:citizen_id>/cpr", roles=STAFF, about=NOBODY)
def citizen_cpr_again(_session: Session, _principal: Principal, citizen_id: UUID) -> See:
    """Whoever comes back to the address of the answer finds the card with its mask."""
    return See(f"/borger/{citizen_id}")


def _channels_form(session: Session, principal: Principal, citizen_id: UUID, typed: Any = None) -> Page:  # noqa: ARG001
    citizen = opened(session, principal, citizen_id)
    crumbs = crumbs_to(citizen, (_("Kontaktoplysninger"), None))
    return Page("intake/channels.html", {"citizen": citizen, "crumbs": crumbs})


@pages.get("/borger/<uuid:citizen_id>/kanaler", roles=STAFF, about=About("contact", "citizen_id", purpose="visitation"))
def citizen_channels_form(session: Session, principal: Principal, citizen_id: UUID) -> Page:
    """How to reach somebody, to be corrected."""
    return _channels_form(session, principal, citizen_id)


@pages.post("/borger/<uuid:citizen_id>/kanaler", roles=STAFF, about=CHANGE, body=ChannelsForm, again=_channels_form)
def change_citizen_channels(session: Session, principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> See:
    """Changed, unless somebody else was there first; the way back is the same form with what stood there before."""
    citizen = opened(session, principal, citizen_id)
    return change_and_tell(session, citizen, body, f"/borger/{citizen_id}", f"/borger/{citizen_id}/kanaler")


def change_and_tell(session: Session, citizen: Citizen, body: dict[str, Any], back: str, form: str) -> See:
    """The change as a message with its undo."""
    expected = body.pop("version")
    before = {name: _as_typed(getattr(citizen, name)) for name in body}
    citizens.change_channels(session, citizen.id, expected, body)
    session.flush()
    if citizen.version == expected:
        return See(back, _("Der var ikke noget at ændre."))
    return See(back, _("Kontaktoplysningerne er gemt."), Undo(form, before | {"version": str(citizen.version)}))


def _as_typed(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else value or ""


def _purpose_form(session: Session, _principal: Principal, citizen_id: UUID, typed: Any) -> Page:
    unit = words.unit(queries.citizen(session, citizen_id).unit_code)
    return _closed(citizen_id, unit, own_path(typed.get("til")))


def _closed(citizen_id: UUID, unit: str, til: str) -> Page:
    context = {
        "citizen_id": citizen_id, "unit_name": unit, "til": til, "purposes": units.PURPOSES,
        "crumbs": [(_("Skranken"), "/skranken"), (_("Anden enhed"), None)],
    }  # fmt: skip
    return Page(OTHER_UNIT, context)


@pages.post(
    "/borger/<uuid:citizen_id>/formaal",
    roles=STAFF,
    about=About("identity", "citizen_id", purpose="visitation"),
    body=PurposeForm,
    again=_purpose_form,
)
def open_citizen_card(session: Session, principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> See:
    """Somebody of another unit says why; from now on that is the purpose of their looks."""
    queries.citizen(session, citizen_id)
    units.open_for(session, principal, citizen_id, body["purpose"])
    looked(session, citizen_id, purpose=body["purpose"])
    return See(own_path(body["til"] or f"/borger/{citizen_id}"))


@blueprint.errorhandler(OtherUnit)
def other_unit(error: OtherUnit) -> AnyResponse:
    """The refusal is on record by now; the page asks what the card is opened for."""
    if g.get("fragment"):
        return frame.refusal(error)
    til = request.path if request.method == "GET" else f"/borger/{error.citizen_id}"
    page = _closed(error.citizen_id, words.unit(error.unit_code), til)
    return frame.rendered(page.template, page.context, error.status)
