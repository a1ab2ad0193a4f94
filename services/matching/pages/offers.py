"""What somebody was offered before and why a need's list leaves them out, for staff who match."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.api import CANDIDATE_SIDE
from services.matching.api.knowledge import KNOWN
from services.matching.pages import pages, said
from services.matching.schemas.pipeline import WhyQuery
from services.matching.use_cases import POLICY, why_not
from shared import clock, merges
from shared.auth import CONSULTANTS, Principal
from shared.lookups import looked
from shared.pages import Page

LISTED = 50


@pages.get("/match/borger/<uuid:citizen_id>/historik", roles=CONSULTANTS, about=KNOWN, query=WhyQuery)
def offer_history(session: Session, who: Principal, citizen_id: UUID, query: dict[str, Any]) -> Page:
    """All offers, newest first, with a warning where they go round; and why one need does not list the citizen."""
    looked(session, citizen_id := merges.survivor(session, citizen_id))
    name = said.called(citizen_id, queries.names(session, [citizen_id]))
    turns = queries.in_carousel(session, [citizen_id], POLICY, clock.today())
    needs = queries.open_needs(session, LISTED)
    asked = query["behov"]
    shown = {
        "citizen_id": citizen_id,
        "name": name,
        "offers": queries.offers_of(session, citizen_id),
        "turns": turns.get(citizen_id, 0),
        "needs": [(str(need.id), f"{need.title}, {company.name}") for need, company in needs],
        "asked": str(asked or ""),
        "causes": why_not.causes(session, asked, citizen_id, open_causes=who_may_know(who)) if asked else None,
        "crumbs": [(name, f"/borger/{citizen_id}"), (_("Tilbud indtil nu"), None)],
    }
    return Page("matching/offers.html", shown)


def who_may_know(who: Principal) -> bool:
    """True for those on the candidate's side; whoever serves companies is not told which adjustment it is."""
    return bool(set(who.roles) & set(CANDIDATE_SIDE))
