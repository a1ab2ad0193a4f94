"""What matching shows on other services' pages: a citizen's card, the citizen's own, and what a search finds."""

import re
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.pages import pages
from services.matching.pages.companies import is_consultant
from services.matching.pages.consents import OWN, own_id, proposals
from services.matching.schemas.forms import WordsQuery
from services.matching.use_cases import matches
from shared.auth import STAFF, Principal
from shared.lookups import NOBODY, About, looked
from shared.pages import Page, Response

CARD = About("health_function", "citizen_id", purpose="matching")
WAITING = ("proposed", "consented", "accepted")
FOUND, LISTED = 10, 5
CPR = re.compile(r"\s*[0-9]{6}[-\s]?[0-9xX]{4}\s*")


@pages.get("/match/kort/borger/<uuid:citizen_id>", roles=STAFF, about=CARD, fragment=True)
def citizen_card(session: Session, who: Principal, citizen_id: UUID) -> Page:
    """What matching knows of a citizen, for staff."""
    wishes, consultant = queries.wishes(session, citizen_id), is_consultant(who)
    fitting = matches.ranked_needs(session, citizen_id, LISTED) if wishes and consultant else []
    shown = {
        "wishes": wishes,
        "fitting": fitting,
        "needs": queries.needs_with_company(session, [one.need_id for one in fitting]) if fitting else {},
        "matches": queries.matches_of(session, citizen_id, *WAITING),
        "placements": queries.placements_of(session, citizen_id),
        "consultant": consultant,
    }
    return Page("matching/card_citizen.html", shown)


@pages.get("/match/kort/mig", roles=("citizen",), about=OWN, fragment=True)
def own_card(session: Session, who: Principal) -> Page:
    """What a citizen is put forward for, and the form for their word where it is awaited."""
    citizen_id = own_id(who)
    looked(session, citizen_id)
    found = queries.matches_of(session, citizen_id, *WAITING)
    shown: dict[str, Any] = {"matches": proposals(session, found)}
    shown["placements"] = queries.placements_of(session, citizen_id)
    shown["companies"] = queries.company_names(session, {one.company_id for one in shown["placements"]})
    return Page("matching/card_own.html", shown)


@pages.get("/match/kort/soeg", roles=(*STAFF, "company_employee"), about=NOBODY, query=WordsQuery, fragment=True)
def search_card(session: Session, who: Principal, query: dict[str, Any]) -> Page | Response:
    """Companies and needs that are called so; no people, so a CPR number is not even looked for."""
    if not query["q"] or CPR.fullmatch(query["q"]):
        return Response(status=204)
    border = queries.own(who)
    found = [] if border else queries.companies_by_name(session, words=query["q"], after=None, limit=FOUND)["items"]
    asked = queries.needs_called(session, border, query["q"], FOUND)
    names = queries.company_names(session, {need.company_id for need in asked}) if border is None else {}
    shown = {
        "found": found,
        "needs": asked,
        "names": names,
        "consultant": is_consultant(who),
        "own": border is not None,
    }
    return Page("matching/card_search.html", shown)
