"""The leader's alarms and broken promises: when, which limit, why; never who."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.intake.api.promise import LEADERS
from services.intake.pages import pages
from services.intake.queries import leader
from services.intake.schemas.promise import Period
from shared.auth import Principal
from shared.pages import Page

HOME = "/skranken/tal/loefter"


@pages.get(HOME, roles=("leader",), about=LEADERS, query=Period)
def leaders_promises(session: Session, principal: Principal, query: dict[str, Any]) -> Page:
    """Of the leader's own unit and of no unit, without names."""
    crumbs = [(_("Tal fra skranken"), "/skranken/tal"), (_("Alarmer og brud"), None)]
    found = leader.promise_of(session, principal.organisation or "", query)
    return Page("intake/leader.html", found | {"crumbs": crumbs})
