"""Placements: the list, and one with its contacts, its first day's checklist, and how the hours grow."""

from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.followup import queries, rules, schemas
from services.followup.api import FOLLOWERS, PLACEMENT, PLACEMENT_CHANGE, PLACEMENTS, WITH_MENTOR
from services.followup.models import Placement
from services.followup.pages import pages
from services.followup.pages.board import AT_ONCE, HOME, late
from services.followup.use_cases import POLICY, hours, placements, pulse_rhythm
from shared import calendar, clock, frame
from shared.auth import Principal
from shared.pages import Page, See, Undo

LIST = f"{HOME}/forloeb"


@pages.get(LIST, roles=WITH_MENTOR, about=PLACEMENTS, query=schemas.ListQuery)
def list_placements(session: Session, principal: Principal, query: dict[str, Any]) -> Page:
    """Placements that are followed; a mentor's own only."""
    found = queries.placements(session, principal, {"cursor": query["cursor"], "limit": AT_ONCE})
    crumbs = [(_("Opfølgning"), HOME), (_("Forløb"), None)]
    return Page("followup/placements.html", found | {"cursor": query["cursor"], "crumbs": crumbs})


@pages.get(f"{LIST}/<uuid:placement_id>", roles=WITH_MENTOR, about=PLACEMENT)
def see_placement(session: Session, principal: Principal, placement_id: UUID, typed: Any = None) -> Page:
    """One placement with everything that is followed."""
    found = queries.placement_answer(session, principal, placement_id)
    pulses = queries.pulses(session, placement_id) if principal.is_staff else []
    return Page("followup/placement.html", {
        "placement": found,
        "contacts": [late(contact) for contact in found["contacts"]],
        "steps": charted(found["hours"]),
        "kits": _kits(found),
        "names": queries.colleagues(session) if principal.is_staff else {},
        "pulses": pulses,
        "rhythm": POLICY.find("pulse.rhythm", clock.today()) is not None,
        "next_pulse": _next_pulse(session, placement_id, pulses) if principal.is_staff else None,
        "cover": queries.cover_of(session, placement_id) if principal.is_staff else None,
        "next_steps": queries.steps_in(session, placement_id) if principal.is_staff else [],
        "typed": typed,
        "reasons": schemas.HOUR_REASONS,
        "askers": schemas.ASKED_BY,
        "crumbs": [(_("Opfølgning"), HOME), (_("Forløb"), LIST), (_("Et forløb"), None)],
    })  # fmt: skip


def _next_pulse(session: Session, placement_id: UUID, pulses: list[dict[str, Any]]) -> date | None:
    if POLICY.find("pulse.rhythm", clock.today()) is None:
        return None
    asked = calendar.danish_day(pulses[0]["asked_at"]) if pulses else None
    return pulse_rhythm.next_day(session, session.get_one(Placement, placement_id), asked)


def _kits(found: dict[str, Any]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The lists that the placement has, each thing with its day."""
    first = calendar.danish_day(found["first_day_at"])
    closing = tuple(POLICY.row("calendar.closing_days", first).value)
    items = [
        one | {"on": rules.kit_day(first, found["ends_on"], one["day_number"], closing)} for one in found["checklist"]
    ]
    listed = [(kit, [one for one in items if one["kit"] == kit]) for kit in placements.KITS]
    return [(kit, things) for kit, things in listed if things]


def charted(hours: list[dict[str, Any]]) -> dict[str, list[tuple[str, float]]]:
    """The hours step by step as a chart takes them; paid ones apart, where there are any."""
    days = [frame.short_day(step["starts_on"]) for step in hours]
    return {
        kind: [(day, step[f"{kind}_hours"]) for day, step in zip(days, hours, strict=True)]
        for kind in ("placement", "paid")
        if any(step[f"{kind}_hours"] for step in hours)
    }


@pages.post(
    f"{LIST}/<uuid:placement_id>/timer",
    roles=FOLLOWERS,
    about=PLACEMENT_CHANGE,
    body=schemas.HoursForm,
    again=see_placement,
)
def agree_hours(session: Session, _principal: Principal, placement_id: UUID, body: dict[str, Any]) -> See:
    """New weekly hours from a day on."""
    agreed = hours.agree_hours(session, placement_id, **body)
    known = {"agreement_id": str(agreed.id), "version": str(agreed.version)}
    undo = Undo(f"{LIST}/{placement_id}/timer/fortryd", known) if agreed.starts_on > clock.today() else None
    return See(f"{LIST}/{placement_id}", _("Timerne er aftalt."), undo)


@pages.post(
    f"{LIST}/<uuid:placement_id>/timer/fortryd",
    roles=FOLLOWERS,
    about=PLACEMENT_CHANGE,
    body=schemas.HoursUndoForm,
    again=see_placement,
)
def take_hours_back(session: Session, _principal: Principal, placement_id: UUID, body: dict[str, Any]) -> See:
    """They were not agreed after all."""
    hours.take_hours_back(session, placement_id, **body)
    return See(f"{LIST}/{placement_id}", _("Timerne er, som de var før."))


@pages.post(f"{LIST}/<uuid:placement_id>/tjekliste/<code>", roles=WITH_MENTOR, about=PLACEMENT_CHANGE)
def tick(session: Session, principal: Principal, placement_id: UUID, code: str) -> See:
    """One thing on the first day's checklist is seen to."""
    placements.tick(session, principal, placement_id, code, done=True)
    undo = Undo(f"{LIST}/{placement_id}/tjekliste/{code}/fortryd")
    return See(f"{LIST}/{placement_id}", _("Der er sat et hak på tjeklisten."), undo)


@pages.post(f"{LIST}/<uuid:placement_id>/tjekliste/<code>/fortryd", roles=WITH_MENTOR, about=PLACEMENT_CHANGE)
def untick(session: Session, principal: Principal, placement_id: UUID, code: str) -> See:
    """It was not seen to after all."""
    placements.tick(session, principal, placement_id, code, done=False)
    undo = Undo(f"{LIST}/{placement_id}/tjekliste/{code}")
    return See(f"{LIST}/{placement_id}", _("Hakket er fjernet."), undo)
