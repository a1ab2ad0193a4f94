"""The citizen's card page: who it is, how to reach them, and a card from every service that knows more."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.intake import queries, rules, schemas
from services.intake.models import Citizen
from services.intake.pages import pages, words
from services.intake.use_cases import citizens, merges, walk_ins
from shared import clock, units
from shared.auth import STAFF, Principal
from shared.fields import Body, Code, Count
from shared.lookups import NOBODY, About, looked
from shared.pages import Page, See, Undo

CASE = About("case", "citizen_id", purpose="visitation")
CHANGE = About("contact", "citizen_id", "change", purpose="visitation")
MERGERS = ("front_desk", "adviser")


class RevealForm(Body):
    """Why the whole CPR number is needed."""

    purpose = Code(*units.PURPOSES, required=True)


class ChannelsForm(schemas.ChannelsEdit):
    """The edit, with the version that the form was made from."""

    version = Count(1, 2**31 - 1, required=True)


class UnitForm(Body):
    """Where the citizen is to belong, with the version that the form was made from."""

    unit_code = units.UnitCode(load_default=None)
    version = Count(1, 2**31 - 1, required=True)


def crumbs_to(citizen: Citizen, *after: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    """The way to a citizen's card and on from there."""
    return [(_("Skranken"), "/skranken"), (citizen.name, f"/borger/{citizen.id}" if after else None), *after]


def show_card(session: Session, principal: Principal, citizen_id: UUID, typed: Any = None) -> Page:  # noqa: ARG001
    """The card page, also where a form on it is shown again."""
    citizen = queries.citizen(session, citizen_id)
    context = {
        "citizen": citizen,
        "belongs": units.of(session, citizen_id)[citizen_id],
        "age": rules.age_on(citizen.birth_date, clock.today()),
        "contacts": queries.contacts_of(session, citizen_id),
        "steps": walk_ins.steps_of(session, citizen_id),
        "applications": rules.APPLICATIONS,
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
    return show_card(session, principal, citizen_id)


@pages.get("/skranken/kort/borger/<uuid:citizen_id>", roles=STAFF, about=CASE, fragment=True)
def citizen_facts(session: Session, _principal: Principal, citizen_id: UUID) -> Page:
    """Who it is, as a card on another service's page."""
    citizen, belongs = queries.citizen(session, citizen_id), units.of(session, citizen_id)[citizen_id]
    age = rules.age_on(citizen.birth_date, clock.today())
    return Page("intake/_facts.html", {"citizen": citizen, "belongs": belongs, "age": age})


@pages.get(
    "/skranken/kort/oensker/<uuid:citizen_id>",
    roles=STAFF,
    about=About("health_function", "citizen_id", purpose="visitation"),
    fragment=True,
)
def citizen_wishes(session: Session, _principal: Principal, citizen_id: UUID) -> Page:
    """What the citizen can and wants; needs are functional."""
    queries.citizen(session, citizen_id)
    return Page("intake/_wishes.html", {"wishes": queries.wishes_of(session, citizen_id)})


@pages.post(
    "/borger/<uuid:citizen_id>/cpr",
    roles=STAFF,
    about=About("identity", "citizen_id", "reveal", purpose="visitation"),
    body=RevealForm,
    again=show_card,
)
def citizen_cpr(session: Session, principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> Page:
    """The whole CPR number, on this answer only."""
    page = show_card(session, principal, citizen_id)
    looked(session, citizen_id, purpose=body["purpose"])
    return Page(page.template, page.context | {"cpr": citizens.reveal_cpr(session, principal, page.context["citizen"])})


@pages.get("/borger/<uuid:citizen_id>/cpr", roles=STAFF, about=NOBODY)
def citizen_cpr_again(_session: Session, _principal: Principal, citizen_id: UUID) -> See:
    """Whoever comes back to the address of the answer finds the card with its mask."""
    return See(f"/borger/{citizen_id}")


def _channels_form(session: Session, _principal: Principal, citizen_id: UUID, typed: Any = None) -> Page:  # noqa: ARG001
    citizen = queries.citizen(session, citizen_id)
    crumbs = crumbs_to(citizen, (_("Kontaktoplysninger"), None))
    return Page("intake/channels.html", {"citizen": citizen, "crumbs": crumbs})


@pages.get("/borger/<uuid:citizen_id>/kanaler", roles=STAFF, about=About("contact", "citizen_id", purpose="visitation"))
def citizen_channels_form(session: Session, principal: Principal, citizen_id: UUID) -> Page:
    """How to reach somebody, to be corrected."""
    return _channels_form(session, principal, citizen_id)


@pages.post("/borger/<uuid:citizen_id>/kanaler", roles=STAFF, about=CHANGE, body=ChannelsForm, again=_channels_form)
def change_citizen_channels(session: Session, _principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> See:
    """Changed, unless somebody else was there first; the way back is the same form with what stood there before."""
    citizen = queries.citizen(session, citizen_id)
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


@pages.post(
    "/borger/<uuid:citizen_id>/enhed",
    roles=STAFF,
    about=About("case", "citizen_id", "change", purpose="visitation"),
    body=UnitForm,
    again=show_card,
)
def move_citizen(session: Session, principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> See:
    """Another unit takes over; the card stays open to whoever moved it, so that it can be moved back."""
    card, before = f"/borger/{citizen_id}", units.of(session, citizen_id)[citizen_id]
    version = citizens.move(session, citizen_id, body["unit_code"], body["version"])
    if version == before.version:
        return See(card, _("Der var ikke noget at ændre."))
    if body["unit_code"] not in (None, principal.organisation):
        units.open_for(session, citizen_id, "visitation")
    named = words.unit(body["unit_code"]) if body["unit_code"] else _("ingen enhed")
    undo = Undo(f"{card}/enhed", {"unit_code": before.unit_code or "", "version": str(version)})
    return See(card, _("Borgeren hører nu til %(unit)s.", unit=named), undo)
