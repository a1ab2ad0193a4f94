"""The letter to somebody in line who is offered a standing place."""

from services.notifications.rules.drafts import CITIZEN, Draft
from shared.events import CentrePlaceOffered

CENTRE_OFFERED = "centre_offered"


def centre_offered(event: CentrePlaceOffered) -> Draft:
    """The citizen hears by when to answer; before a yes somebody talks it through with them."""
    data = {"appointments": [], "due_on": event.answer_by.isoformat(), "company_id": str(event.company_id)}
    return Draft(
        template=CENTRE_OFFERED, kind=CITIZEN, recipient=event.citizen_id, mentions=(event.company_id,), data=data
    )
