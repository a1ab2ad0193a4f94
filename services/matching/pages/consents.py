"""The citizen's own word on being put forward."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.models import Company, Match, Need
from services.matching.pages import pages
from services.matching.rules.fitting import shared_hours
from services.matching.schemas.forms import OwnConsentForm
from services.matching.use_cases import matches
from shared.auth import Principal
from shared.errors import NotFound
from shared.lookups import About
from shared.pages import Page, See

OWN = About("case", purpose="own_access")
OWN_CHANGE = About("case", how="change", purpose="own_access")
ADDRESS = "/match/samtykke/<uuid:match_id>"


def proposal(session: Session, match: Match, need: Need, company: Company) -> dict[str, Any]:
    """A match as its citizen sees it: to whom, for what, and exactly what would be told there."""
    candidate = queries.candidate(session, match.citizen_id)
    least, most = shared_hours(queries.opening(session, need), candidate)
    waiting = match.state == "proposed"
    return {
        "match": match,
        "need": need,
        "company": company,
        "open": match.state == "proposed",
        "may_refuse": match.state in ("consented", "accepted") and not queries.agreed(session, [match]),
        "told": sorted(candidate.needs) if waiting else match.disclosed_needs,
        "hours": (least, most) if waiting and least <= most else (match.weekly_hours_min, match.weekly_hours_max),
    }


@pages.get(ADDRESS, roles=("citizen",), about=OWN)
def own_match(session: Session, who: Principal, match_id: UUID, typed: Any = None) -> Page:
    """What a citizen is asked."""
    match = queries.match(session, match_id)
    if str(match.citizen_id) != who.subject:
        raise NotFound
    need, company = session.get_one(Need, match.need_id), session.get_one(Company, match.company_id)
    crumbs = [(_("Min side"), "/min-side"), (need.title, None)]
    shown = {"one": proposal(session, match, need, company), "crumbs": crumbs, "typed": typed}
    return Page("matching/own_match.html", shown)


@pages.post(ADDRESS, roles=("citizen",), about=OWN_CHANGE, body=OwnConsentForm, again=own_match, decides=True)
def answer_own_match(session: Session, who: Principal, match_id: UUID, body: dict[str, Any]) -> See:
    """The citizen's yes or no."""
    matches.answer_consent(session, who.subject, match_id, how="digital", by=who.subject, **body)
    told = _("Tak. Virksomheden kan nu se det, du har sagt ja til.") if body["given"] else None
    return See("/min-side", told or _("Tak. Dit nej er noteret, og virksomheden får ikke noget at vide."))
