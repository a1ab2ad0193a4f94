"""What matching shows on other services' pages: a citizen's card, the citizen's own, and what a search finds."""

import re
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.models import Company, Need
from services.matching.pages import pages
from services.matching.pages.companies import is_consultant
from services.matching.pages.consents import OWN
from services.matching.rules.reasons import Explained
from services.matching.schemas.forms import WordsQuery
from services.matching.use_cases import POLICY, matches
from services.matching.use_cases.own_proposals import proposals
from shared import clock, merges
from shared.auth import STAFF, Principal
from shared.lookups import NOBODY, About, looked
from shared.pages import Page, Response

CARD = About("placement", "citizen_id", purpose="matching")
WAITING = ("proposed", "consented", "accepted")
FOUND, LISTED = 10, 5
CPR = re.compile(r"\s*[0-9]{6}[-\s]?[0-9xX]{4}\s*")


@pages.get("/match/kort/borger/<uuid:citizen_id>", roles=STAFF, about=CARD, fragment=True)
def citizen_card(session: Session, who: Principal, citizen_id: UUID) -> Page:
    """What a citizen is put forward for, has agreed and could do, for staff; the wishes are on intake's own card."""
    looked(session, citizen_id := merges.survivor(session, citizen_id))
    wishes, consultant = queries.wishes(session, citizen_id), is_consultant(who)
    shown = {
        "wishes": wishes,
        "fitting": fitting(session, citizen_id, LISTED) if wishes and consultant else [],
        "matches": queries.matches_of(session, citizen_id, *WAITING),
        "placements": queries.placements_of(session, citizen_id),
        "consultant": consultant,
        "citizen_id": citizen_id,
        "turns": queries.in_carousel(session, [citizen_id], POLICY, clock.today()).get(citizen_id, 0),
    }
    return Page("matching/card_citizen.html", shown)


@pages.get("/match/kort/aabninger/<uuid:citizen_id>", roles=STAFF, about=CARD, fragment=True)
def openings_card(session: Session, who: Principal, citizen_id: UUID) -> Page:
    """Today's openings for the talk: those that fit the citizen, best first; else the newest, and that it is so."""
    looked(session, citizen_id := merges.survivor(session, citizen_id))
    fits = fitting(session, citizen_id, FOUND) if queries.wishes(session, citizen_id) else []
    newest = [] if fits else queries.open_needs(session, FOUND)
    return Page("matching/card_openings.html", {"fitting": fits, "newest": newest, "consultant": is_consultant(who)})


def fitting(session: Session, citizen_id: UUID, most: int) -> list[tuple[Need, Company, Explained]]:
    """The open needs that fit a citizen today, best first."""
    ranked = matches.ranked_needs(session, citizen_id, most)
    known = queries.needs_with_company(session, [one.need_id for one in ranked]) if ranked else {}
    return [(*known[one.need_id], one) for one in ranked]


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
