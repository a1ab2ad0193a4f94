"""The letters to somebody in line who is offered a standing place, or is offered it no more."""

from datetime import datetime
from uuid import UUID

from services.notifications.rules.drafts import CITIZEN, CORRECTED_WITHIN, Draft
from shared.calendar import danish_day
from shared.events import CentreOfferOver, CentrePlaceOffered

CENTRE_OFFERED, CENTRE_WITHDRAWN = "centre_offered", "centre_withdrawn"


def centre_offered(event: CentrePlaceOffered) -> Draft:
    """The citizen hears by when to answer; before a yes somebody talks it through with them."""
    data = {"appointments": [], "due_on": event.answer_by.isoformat(), "company_id": str(event.company_id)}
    if event.offered_at is not None:
        # Offered, taken back and offered again: the second is another message than the first.
        data["told_at"] = event.offered_at.isoformat()
    return Draft(
        template=CENTRE_OFFERED, kind=CITIZEN, recipient=event.citizen_id, mentions=(event.company_id,), data=data
    )


def centre_withdrawn(event: CentreOfferOver, company_id: str, taken_back_at: datetime) -> Draft:
    """The citizen has in writing that the offer no longer holds; worth saying for some days."""
    until = danish_day(taken_back_at) + CORRECTED_WITHIN
    return Draft(
        template=CENTRE_WITHDRAWN, kind=CITIZEN, recipient=event.citizen_id, mentions=(UUID(company_id),),
        data={
            "appointments": [], "due_on": until.isoformat(), "company_id": company_id,
            "told_at": taken_back_at.isoformat(),
        },
    )  # fmt: skip
