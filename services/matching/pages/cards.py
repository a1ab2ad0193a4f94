"""What matching shows on other services' pages: a citizen's card, the citizen's own, and what a search finds."""

import re
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.pages import pages
from services.matching.pages.companies import is_consultant
from services.matching.pages.consents import OWN, proposals
from services.matching.rules.ranking import judge
from services.matching.schemas.forms import WordsQuery
from services.matching.use_cases import POLICY
from shared import clock, merges
from shared.auth import STAFF, Principal
from shared.lookups import NOBODY, About, looked
from shared.pages import Page, Response

CARD = About("placement", "citizen_id", purpose="matching")
WAITING = ("proposed", "consented", "accepted")
FOUND, MOST_JUDGED = 10, 200
CPR = re.compile(r"\s*[0-9]{6}[-\s]?[0-9xX]{4}\s*")


@pages.get("/match/kort/borger/<uuid:citizen_id>", roles=STAFF, about=CARD, fragment=True)
def citizen_card(session: Session, who: Principal, citizen_id: UUID) -> Page:
    """What a citizen is put forward for and has agreed, for staff; the wishes are on intake's own card."""
    looked(session, citizen_id := merges.survivor(session, citizen_id))
    shown = {
        "wishes": queries.wishes(session, citizen_id),
        "matches": queries.matches_of(session, citizen_id, *WAITING),
        "placements": queries.placements_of(session, citizen_id),
        "consultant": is_consultant(who),
    }
    return Page("matching/card_citizen.html", shown)


@pages.get("/match/kort/aabninger/<uuid:citizen_id>", roles=STAFF, about=CARD, fragment=True)
def openings_card(session: Session, who: Principal, citizen_id: UUID) -> Page:
    """Today's openings for the talk: those that fit the citizen, best first; else the newest, and that it is so."""
    newest = queries.open_needs(session, MOST_JUDGED)
    told = queries.wishes(session, citizen_id)
    shown: dict[str, Any] = {"newest": newest[:FOUND], "fitting": [], "consultant": is_consultant(who)}
    if told is not None and told.consent_to_matching:
        citizen, seen = queries.candidate(session, citizen_id), queries.openings(session, [need for need, _ in newest])
        judged = [(need, name, judge(seen[need.id], citizen, POLICY, clock.today())) for need, name in newest]
        fits = [(need, name, one.score) for need, name, one in judged if not one.missed]
        shown["fitting"] = sorted(fits, key=lambda one: (-one[2], str(one[0].id)))[:FOUND]
    return Page("matching/card_openings.html", shown)


@pages.get("/match/kort/mig", roles=("citizen",), about=OWN, fragment=True)
def own_card(session: Session, who: Principal) -> Page:
    """What a citizen is put forward for, and the form for their word where it is awaited."""
    citizen_id = who.citizen_id
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
