"""The hours of a week as the citizen notes them, what counts of them, and the desk's word that they are so."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.intake import queries, rules, schemas
from services.intake.models import Citizen
from services.intake.pages import pages
from services.intake.pages.talk import WORDS_CHANGE, WeekForm
from services.intake.use_cases import POLICY, talk
from shared import clock, forms
from shared.auth import STAFF, Principal
from shared.errors import NotFound
from shared.lookups import About, looked
from shared.pages import Page, See, Undo

CITIZEN, HOME = ("citizen",), "/min-side/timer"
OWN = About("health_function", purpose="own_access")
OWN_CHANGE = About("health_function", how="change", purpose="own_access")


def _me(session: Session, principal: Principal) -> Citizen | None:
    found = session.get(Citizen, principal.citizen_id)
    if found is not None:
        looked(session, found.id)
    return found


def _own(session: Session, principal: Principal, typed: Any = None, day: date | None = None) -> Page:
    me = _me(session, principal)
    crumbs = [(_("Min side"), "/min-side"), (_("Dine timer"), None)]
    if me is None:
        return Page("intake/unknown.html", {"crumbs": crumbs})
    day = day or forms.day_sent(typed, "day") or clock.today()
    account, entries = talk.week(session, me.id, day)
    monday, row = rules.monday_of(day), POLICY.find("work_duty.counts", day)
    return Page("intake/own_hours.html", {
        "account": account, "entries": entries, "kinds": rules.WORK_KINDS, "counting": row.value if row else (),
        "monday": monday, "sunday": monday + timedelta(days=6), "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7), "crumbs": crumbs,
    })  # fmt: skip


@pages.get(HOME, roles=CITIZEN, about=OWN, query=WeekForm)
def own_hours(session: Session, principal: Principal, query: dict[str, Any]) -> Page:
    """My hours of a week, and what counts."""
    return _own(session, principal, day=query["dag"])


@pages.post(HOME, roles=CITIZEN, about=OWN_CHANGE, body=schemas.OwnHours, again=_own)
def save_own_hours(session: Session, principal: Principal, body: dict[str, Any]) -> See:
    """I say what I have done; it counts once somebody has seen it."""
    if _me(session, principal) is None:
        raise NotFound
    noted = talk.note_hours(session, principal.citizen_id, **body, source_code=talk.CITIZEN, by=talk.CITIZEN)
    said = _("Timerne er noteret. De tæller med, når vi har set på dem.")
    return See(f"{HOME}?dag={noted.monday}", said, Undo(f"{HOME}/{noted.id}/fjern"))


@pages.post(f"{HOME}/<uuid:hours_id>/fjern", roles=CITIZEN, about=OWN_CHANGE)
def drop_own_hours(session: Session, principal: Principal, hours_id: UUID) -> See:
    """It was a mistake; what is confirmed stays."""
    gone = talk.strike_hours(session, principal.citizen_id, hours_id, by=talk.CITIZEN)
    again = {"day": str(gone.monday), "hours": forms.typed(gone.hours), "kind_code": gone.kind_code}
    return See(f"{HOME}?dag={gone.monday}", _("Timerne er fjernet."), Undo(HOME, again))


CONFIRM = "/borger/<uuid:citizen_id>/timer/<uuid:hours_id>/bekraeft"


def _week(citizen_id: UUID, monday: date, message: str, undo: Undo | None = None) -> See:
    return See(f"/borger/{citizen_id}/timer?dag={monday}", message, undo)


@pages.post(CONFIRM, roles=STAFF, about=WORDS_CHANGE)
def confirm_hours(session: Session, principal: Principal, citizen_id: UUID, hours_id: UUID) -> See:
    """They are as the citizen says."""
    queries.citizen(session, citizen_id)
    noted = talk.confirm_hours(session, citizen_id, hours_id, by=principal.subject)
    undo = Undo(f"/borger/{citizen_id}/timer/{hours_id}/bekraeft/fortryd")
    return _week(citizen_id, noted.monday, _("Timerne er bekræftet og tæller med."), undo)


@pages.post(f"{CONFIRM}/fortryd", roles=STAFF, about=WORDS_CHANGE)
def unconfirm_hours(session: Session, _principal: Principal, citizen_id: UUID, hours_id: UUID) -> See:
    """They are to be looked at again."""
    queries.citizen(session, citizen_id)
    noted = talk.confirm_hours(session, citizen_id, hours_id, by=None)
    return _week(citizen_id, noted.monday, _("Timerne venter på at blive bekræftet igen."))
