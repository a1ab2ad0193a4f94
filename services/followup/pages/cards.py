"""Follow-up's part of pages that others show: on a citizen's card, on the citizen's own page, among what was found."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.followup import queries, schemas
from services.followup.api import FOLLOWERS
from services.followup.pages import pages
from services.followup.pages.board import HOME, late
from shared import clock, merges
from shared.auth import STAFF, Principal
from shared.lookups import About, looked
from shared.pages import Page

LEAST_LETTERS, MOST_FOUND = 2, 10


@pages.get(
    f"{HOME}/kort/borger/<uuid:citizen_id>",
    roles=STAFF,
    about=About("placement", "citizen_id", purpose="follow_up"),
    fragment=True,
)
def card_of_citizen(session: Session, principal: Principal, citizen_id: UUID) -> Page:
    """A citizen's placements for staff, with what is due next."""
    looked(session, citizen_id := merges.survivor(session, citizen_id))
    found = [_now(one) for one in queries.of_citizen(session, citizen_id)]
    opens = bool(set(principal.roles) & set(FOLLOWERS))
    return Page("followup/card_citizen.html", {"placements": found, "opens": opens, "citizen_id": citizen_id})


@pages.get(f"{HOME}/kort/mig", roles=("citizen",), about=About("placement", purpose="own_access"), fragment=True)
def own_card(session: Session, principal: Principal) -> Page:
    """The citizen's own placement: next contact, and how the hours have grown."""
    found = queries.of_citizen(session, principal.citizen_id, since=clock.now())
    plan = queries.plan_actions(session, [one["id"] for one in found]) if found else []
    own = [_now(one) | {"plan": [each for each in plan if each["placement_id"] == one["id"]]} for one in found]
    return Page("followup/card_own.html", {"placements": own, "talk": queries.next_talk(session, principal)})


@pages.get(
    f"{HOME}/kort/soeg",
    roles=FOLLOWERS,
    about=About("placement", how="search", purpose="follow_up"),
    query=schemas.SearchQuery,
    fragment=True,
)
def found(session: Session, _principal: Principal, query: dict[str, Any]) -> Page:
    """Placements by the citizen's or the company's name."""
    words = query["q"].strip()
    placements = queries.search(session, words, MOST_FOUND) if len(words) >= LEAST_LETTERS else []
    return Page("followup/card_search.html", {"placements": placements, "most": MOST_FOUND})


def _now(placement: dict[str, Any]) -> dict[str, Any]:
    """The placement with the hours it began with and those of today, and whether it is over."""
    today: date = clock.today()
    hours = placement["hours"]
    begun = [step for step in hours if step["starts_on"] <= today] or hours[:1]
    following = placement["next"]
    return placement | {
        "over": placement["ends_on"] < today,
        "first_hours": _both(hours[0]) if hours else None,
        "hours_now": _both(begun[-1]) if begun else None,
        "next": following and late(following),
    }


def _both(step: dict[str, Any]) -> float:
    return float(step["placement_hours"] + step["paid_hours"])
