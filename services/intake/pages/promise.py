"""The promise: whose legal limit is in danger, who was not met in time and why, and what the coming days will bring."""

from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask_babel import gettext as _
from marshmallow import ValidationError
from sqlalchemy.orm import Session

from services.intake.pages import pages
from services.intake.pages.listed import listed
from services.intake.queries import promise as queries
from services.intake.rules.promise import CAUSES
from services.intake.schemas.promise import ChosenCause, Period
from services.intake.use_cases import POLICY, promises
from shared import clock, forms
from shared.auth import STAFF, Principal
from shared.fields import Count
from shared.lookups import About
from shared.pages import Page, See, Undo

HOME, DAYS_SHOWN = "/skranken/loefte", 30
LIST = About("case", how="list", purpose="visitation")


class PromiseQuery(Period):
    """The period, and which page of each list."""

    alarmer = Count(1, 10_000, load_default=1)
    brud = Count(1, 10_000, load_default=1)


class CauseForm(ChosenCause, PromiseQuery):
    """With what the page showed, so that it shows it again."""


def _kept(query: dict[str, Any]) -> dict[str, str]:
    """The period and the pages as a form or an address says them, as far as somebody chose them."""
    return {name: str(query[name]) for name in PromiseQuery().fields if query[name] not in (None, 1)}


def _address(query: dict[str, Any]) -> str:
    kept = urlencode(_kept(query))
    return f"{HOME}?{kept}" if kept else HOME


def _promise(session: Session, query: dict[str, Any]) -> Page:
    today = clock.today()
    until = query["until"] or today
    since = query["since"] or until - timedelta(days=DAYS_SHOWN)
    alarms, alarm_pages = listed(partial(queries.alarms, session), HOME, query, "alarmer")
    breaches, breach_pages = listed(partial(queries.breaches, session, since, until), HOME, query, "brud")
    context = {
        "alarms": alarms, "alarm_rule": POLICY.row("promise.alarm", today).name,
        "alarm_pages": alarm_pages, "breaches": breaches, "breach_pages": breach_pages,
        "since": since, "until": until, "kept": _kept(query), "causes": CAUSES,
        "ahead": queries.coming_days(session), "weeks": POLICY.row("forecast.weeks", today).value,
        "least_weeks": POLICY.row("forecast.least_weeks", today).value,
        "crumbs": [(_("Skranken"), "/skranken"), (_("Løftet"), None)],
    }  # fmt: skip
    return Page("intake/promise.html", context)


@pages.get(HOME, roles=STAFF, about=LIST, query=PromiseQuery)
def promise_page(session: Session, _principal: Principal, query: dict[str, Any]) -> Page:
    """Alarms, breaches of a period, and the days ahead."""
    return _promise(session, query)


def _again(session: Session, _principal: Principal, typed: Any, **_path: UUID) -> Page:
    form = PromiseQuery()
    try:
        return _promise(session, form.load(forms.read(form, typed)))
    except ValidationError:
        return _promise(session, form.load({}))


@pages.post(
    f"{HOME}/<uuid:contact_id>/aarsag",
    roles=STAFF,
    about=About("case", how="change", purpose="visitation"),
    body=CauseForm,
    again=_again,
    shows="list",
)
def choose_cause(session: Session, principal: Principal, contact_id: UUID, body: dict[str, Any]) -> See:
    """A person says why."""
    promise, cause = body["promise"], body["cause"]
    before = promises.choose_cause(session, contact_id, promise=promise, cause=cause, by=principal.subject)
    undo = Undo(f"{HOME}/{contact_id}/aarsag", _kept(body) | {"promise": promise, "cause": before or ""})
    return See(_address(body), _("Årsagen er gemt.") if cause else _("Årsagen er fjernet."), undo)
