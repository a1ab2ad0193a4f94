"""What notifications shows inside the pages of others: a citizen's messages, to staff and to the citizen."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.notifications import queries
from services.notifications.pages import pages
from services.notifications.pages.overview import HOME
from services.notifications.use_cases import receipts
from services.notifications.use_cases.messages import SENT
from shared import merges
from shared.auth import STAFF, Principal
from shared.lookups import About, looked
from shared.pages import Page

MOST_SHOWN = 8


@pages.get(
    f"{HOME}/kort/borger/<uuid:citizen_id>",
    roles=STAFF,
    about=About("message", "citizen_id", purpose="letters"),
    fragment=True,
)
def card_of_citizen(session: Session, _principal: Principal, citizen_id: UUID) -> Page:
    """The latest messages to a citizen and how far they got, without their words."""
    looked(session, citizen_id := merges.survivor(session, citizen_id))
    return Page("pages/card_citizen.html", {"messages": queries.to_citizen(session, citizen_id, MOST_SHOWN)})


@pages.get(f"{HOME}/kort/mig", roles=("citizen",), about=About("message", purpose="own_access"), fragment=True)
def own_card(session: Session, principal: Principal) -> Page:
    """The citizen's own messages with their words."""
    letters = queries.own_letters(session, principal.citizen_id, MOST_SHOWN)
    receipts.shown_to_owner(session, [one["id"] for one in letters if one["state"] == SENT and one["text"]])
    return Page("pages/card_own.html", {"messages": letters})
