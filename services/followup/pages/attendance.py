"""Attendance by week, made for a phone; and the citizen's own word that they cannot come today."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from marshmallow import ValidationError
from sqlalchemy.orm import Session

from services.followup import queries, rules, schemas
from services.followup.api import PLACEMENT, PLACEMENT_CHANGE, WITH_MENTOR
from services.followup.pages import pages
from services.followup.pages.board import HOME
from services.followup.pages.placements import LIST
from services.followup.use_cases import attendance
from shared import frame
from shared.auth import Principal
from shared.lookups import About
from shared.pages import Page, See, Undo

WEEK = f"{LIST}/<uuid:placement_id>/uge"
OWN = f"{HOME}/mit-forloeb/<uuid:placement_id>/meld-fra"
OWN_CHANGE = About("placement", how="change", purpose="own_access")


@pages.get(WEEK, roles=WITH_MENTOR, about=PLACEMENT, query=schemas.WeekQuery)
def see_week(session: Session, principal: Principal, placement_id: UUID, query: dict[str, Any]) -> Page:
    """The week with what was noted."""
    return _week(session, principal, placement_id, query["day"])


def _week(session: Session, principal: Principal, placement_id: UUID, day: Any) -> Page:
    found = queries.week(session, principal, placement_id, day)
    placement, monday = found["placement"], found["monday"]
    return Page("followup/week.html", found | {
        "states": rules.STATES,
        "named": lambda on: frame.short_day(on, "EEEE d. MMM"),
        "earlier": monday - timedelta(days=7) if monday > placement.starts_on else None,
        "later": monday + timedelta(days=7) if monday + timedelta(days=7) <= placement.ends_on else None,
        "crumbs": [(_("Opfølgning"), HOME), (_("Et forløb"), f"{LIST}/{placement_id}"), (_("Fremmøde"), None)],
    })  # fmt: skip


def _again(session: Session, principal: Principal, placement_id: UUID, typed: Any) -> Page:
    try:
        day = schemas.WeekForm().fields["monday"].deserialize(typed.get("monday"))
    except ValidationError:
        day = None
    return _week(session, principal, placement_id, day)


@pages.post(WEEK, roles=WITH_MENTOR, about=PLACEMENT_CHANGE, body=schemas.WeekForm, again=_again)
def note_week(session: Session, principal: Principal, placement_id: UUID, body: dict[str, Any]) -> See:
    """Who came on which day."""
    found = queries.week(session, principal, placement_id, body["monday"])
    days = {
        line["on"]: {"state": body[f"state_{number}"], "hours": body[f"hours_{number}"]}
        for number, line in enumerate(found["days"])
        if line["open"]
    }
    attendance.note(session, principal, placement_id, days)
    return See(
        f"{LIST}/{placement_id}/uge?dag={found['monday']}", _("Fremmødet er gemt. Ret det her, hvis noget er forkert.")
    )


@pages.post(OWN, roles=("citizen",), about=OWN_CHANGE)
def tell_away(session: Session, principal: Principal, placement_id: UUID) -> See:
    """The citizen cannot come today."""
    attendance.tell_away(session, principal, placement_id, away=True)
    back = Undo(f"{HOME}/mit-forloeb/{placement_id}/meld-fra/fortryd")
    return See("/min-side", _("Du er meldt fra i dag. Din konsulent kan se det."), back)


@pages.post(f"{OWN}/fortryd", roles=("citizen",), about=OWN_CHANGE)
def tell_coming(session: Session, principal: Principal, placement_id: UUID) -> See:
    """They can after all."""
    attendance.tell_away(session, principal, placement_id, away=False)
    return See("/min-side", _("Du er ikke længere meldt fra i dag."))
