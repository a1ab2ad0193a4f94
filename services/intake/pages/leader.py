"""The leader's alarms and broken promises: when, which limit, why; never who."""

from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.intake.pages import pages
from services.intake.queries import promise as queries
from services.intake.schemas.promise import Period
from services.intake.use_cases import alarms
from shared import clock
from shared.auth import Principal
from shared.lookups import About
from shared.pages import Page

HOME, DAYS_SHOWN = "/skranken/tal/loefter", 30


@pages.get(HOME, roles=("leader",), about=About("case", how="list", purpose="supervision"), query=Period)
def leaders_promises(session: Session, principal: Principal, query: dict[str, Any]) -> Page:
    """Of the leader's own unit and of no unit, without names."""
    today, unit = clock.today(), principal.organisation or ""
    until = query["until"] or today
    since = query["since"] or until - timedelta(days=DAYS_SHOWN)
    context = {
        "alarms": queries.alarms(session, reader=unit)[0], "days": alarms.raised(session, unit),
        "breaches": queries.breaches(session, since, until, reader=unit)[0], "since": since, "until": until,
        "mailboxes": alarms.mailboxes(unit, today), "most": queries.MOST,
        "crumbs": [(_("Tal fra skranken"), "/skranken/tal"), (_("Alarmer og brud"), None)],
    }  # fmt: skip
    return Page("intake/leader.html", context)
