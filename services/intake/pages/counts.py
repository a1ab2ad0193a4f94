"""Counts for partners: this week and the last, nobody recognisable."""

from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.intake import queries, rules
from services.intake.pages import pages
from services.intake.use_cases import POLICY
from shared import clock
from shared.auth import STAFF, Principal
from shared.lookups import NOBODY
from shared.pages import Page

MEASURES = ("contacts", "held", "within_goal")


@pages.get("/skranken/tal", roles=("leader", "partner", *STAFF), about=NOBODY)
def desk_counts(session: Session, _principal: Principal) -> Page:
    """Counts only; a total is left out where it would give a small cell away."""
    today = clock.today()
    monday = today - timedelta(days=today.weekday())
    least = POLICY.row("counts.hidden_below", today).value
    weeks = []
    for first in (monday - timedelta(days=7), monday):
        found = queries.week_numbers(session, first)
        counts = {name: getattr(found, name) for name in MEASURES}
        weeks.append(rules.shown_counts(counts, {"within_goal": "held"}, least))
    before, now = weeks
    totals: dict[str, Any] = {
        name: None if before[name] is None or now[name] is None else (before[name] or 0) + (now[name] or 0)
        for name in MEASURES
    }
    context = {
        "before": before, "now": now, "totals": totals, "least": least, "monday": monday,
        "crumbs": [(_("Tal fra skranken"), None)],
    }  # fmt: skip
    return Page("intake/counts.html", context)
