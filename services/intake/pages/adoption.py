"""How many use their own pages, and how lately: counts only."""

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.intake.pages import pages
from services.intake.queries import adoption as queries
from services.intake.rules import adoption
from services.intake.use_cases import POLICY
from shared import clock
from shared.auth import STAFF, Principal
from shared.lookups import NOBODY
from shared.pages import Page


@pages.get("/skranken/tal/selvbetjening", roles=("leader", *STAFF), about=NOBODY)
def adoption_counts(session: Session, _principal: Principal) -> Page:
    """Nothing is shown where a count is so small that it may tell of a person."""
    today = clock.today()
    limits, least = POLICY.find("adoption.days", today), POLICY.row("counts.hidden_below", today).value
    latest = queries.latest_sign_ins(session) if limits else []
    found = adoption.counted(queries.offered(session), latest, today, limits.value, least) if limits else None
    crumbs = [(_("Tal fra skranken"), "/skranken/tal"), (_("Brug af Min side"), None)]
    return Page("intake/adoption.html", {"found": found, "least": least, "crumbs": crumbs})
