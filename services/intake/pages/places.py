"""Places at workplaces: how many there are, and one that is held while the person sits there."""

from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from marshmallow import ValidationError
from marshmallow import fields as marshmallow_fields
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from services.intake import queries, schemas
from services.intake.models import Host
from services.intake.pages import pages
from services.intake.pages.citizen import crumbs_to
from services.intake.use_cases import POLICY, places
from shared import calendar, clock, forms
from shared.auth import Principal
from shared.fields import Body, Count, Day
from shared.lookups import NOBODY, About
from shared.pages import Page, See, Undo

KEEPERS = ("adviser", "ops")
HOME = "/skranken/steder"
# What a form proposes; whoever holds the place says when.
BEGINS = "08:00"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Days(marshmallow_fields.String):
    """Days as people write them, one on each line."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Any:
        typed = super()._deserialize(value, attr, data, **options) or ""
        try:
            return [date.fromisoformat(forms.day_of(line.strip())) for line in typed.splitlines() if line.strip()]
        except ValueError:
            raise ValidationError("Skriv en dag på hver linje: 24-12-2026. / One day on each line.") from None


class PlacesForm(Body):
    """Places of each weekday; all empty: no limit is set up."""

    mon = Count(0, 999)
    tue = Count(0, 999)
    wed = Count(0, 999)
    thu = Count(0, 999)
    fri = Count(0, 999)
    sat = Count(0, 999)
    sun = Count(0, 999)
    closed_days = Days(load_default=list)


class StayForm(Body):
    """From which day, and for how long."""

    start = Day(load_default=None)
    uger = Count(1, 104, load_default=4)


def _hosts(session: Session, principal: Principal, typed: Any = None, **path: UUID) -> Page:  # noqa: ARG001  as every page is called
    """All of them; after a mistake the one alone, so that what was typed stands at its own workplace."""
    above = (_("Skranken"), "/skranken") if principal.is_staff else (_("Drift"), "/drift")
    crumbs = [above, (_("Arbejdssteder"), HOME if path else None)]
    hosts = [host for host in queries.hosts(session) if host.id == path.get("host_id", host.id)]
    return Page("intake/hosts.html", {"hosts": hosts, "weekdays": WEEKDAYS, "crumbs": crumbs})


@pages.get(HOME, roles=KEEPERS, about=NOBODY)
def host_list(session: Session, principal: Principal) -> Page:
    """Workplaces with their places by weekday and closed days."""
    return _hosts(session, principal)


@pages.post(f"{HOME}/<uuid:host_id>", roles=KEEPERS, about=NOBODY, body=PlacesForm, again=_hosts)
def set_host_places(session: Session, _principal: Principal, host_id: UUID, body: dict[str, Any]) -> See:
    """So many people by weekday."""
    closed = body.pop("closed_days")
    given = [body.get(day, 0) for day in WEEKDAYS] if body else None
    there = session.get(Host, host_id)
    before = _as_typed(there) if there else {}
    host = places.edit(session, host_id, places=given, closed_days=closed)
    return See(HOME, _("Pladserne på %(name)s er gemt.", name=host.name), Undo(f"{HOME}/{host_id}", before))


def _as_typed(host: Host) -> dict[str, str]:
    by_day = dict(zip(WEEKDAYS, map(str, host.places or ()), strict=False))
    return by_day | {"closed_days": "\n".join(day.isoformat() for day in host.closed_days)}


def _offers(session: Session, _principal: Principal, visitation_id: UUID, typed: Any = None, **asked: Any) -> Page:
    """What was asked for, or stands in a form that is shown again; else the next opening day and four weeks."""
    talk = queries.visitation(session, visitation_id)
    citizen = queries.citizen(session, talk.citizen_id)
    told = asked or _readable(typed)
    closing = POLICY.row("opening.closing_days", clock.today()).value
    start, weeks = told.get("start") or calendar.next_open(clock.today(), closing), told.get("uger", 4)
    context = {
        "talk": talk, "start": start, "at": told.get("at", BEGINS), "weeks": weeks,
        "held": places.held(session, visitation_id),
        "offers": places.offers(session, start, weeks, but=visitation_id),
        "minutes": POLICY.row("place.hold_minutes", clock.today()).value,
        "crumbs": crumbs_to(citizen, (_("Visitation"), f"/skranken/visitation/{talk.id}"), (_("Plads"), None)),
    }  # fmt: skip
    return Page("intake/places.html", context)


def _readable(typed: Any) -> dict[str, Any]:
    """The stay in a form that is shown again, as far as it can be read."""
    form = schemas.NewPlaceHold()
    try:
        held = form.load(forms.read(form, typed or MultiDict()))
    except ValidationError as wrong:
        held = wrong.valid_data
    told: dict[str, Any] = {}
    if "starts_at" in held:
        begins = held["starts_at"].astimezone(calendar.DENMARK)
        told = {"start": begins.date(), "at": f"{begins:%H:%M}"}
    return told | ({"uger": held["weeks"]} if "weeks" in held else {})


@pages.get("/skranken/visitation/<uuid:visitation_id>/plads", roles=("adviser",),
           about=About("case", purpose="activation"), query=StayForm)  # fmt: skip
def place_offers(session: Session, principal: Principal, visitation_id: UUID, query: dict[str, Any]) -> Page:
    """Workplaces with a place, and the next best where one is full."""
    return _offers(session, principal, visitation_id, **query)


@pages.post("/skranken/visitation/<uuid:visitation_id>/plads", roles=("adviser",), body=schemas.NewPlaceHold,
            again=_offers, about=About("case", how="change", purpose="activation"))  # fmt: skip
def hold_place_page(session: Session, _principal: Principal, visitation_id: UUID, body: dict[str, Any]) -> See:
    """Held while the person sits there."""
    queries.visitation(session, visitation_id)
    places.hold(session, visitation_id, **body)
    return See(f"/skranken/visitation/{visitation_id}", _("Pladsen holdes, mens I taler sammen."))


@pages.post("/skranken/visitation/<uuid:visitation_id>/plads/slip", roles=("adviser",), again=_offers,
            about=About("case", how="change", purpose="activation"))  # fmt: skip
def release_place_page(session: Session, _principal: Principal, visitation_id: UUID) -> See:
    """Let go."""
    queries.visitation(session, visitation_id)
    places.release(session, visitation_id)
    return See(f"/skranken/visitation/{visitation_id}/plads", _("Pladsen er sluppet."))
