"""The letters to those whose turn it is to approve an agreement."""

from datetime import timedelta

from services.notifications.rules.drafts import (
    AGREEMENT_ASKED,
    AGREEMENT_EXPIRING,
    CITIZEN,
    COMPANY,
    MENTOR,
    Draft,
)
from shared.calendar import danish_time
from shared.events import AgreementAsked, AgreementExpiring


def agreement_asked(event: AgreementAsked | AgreementExpiring) -> list[Draft]:
    """Whoever's turn it is gets a link of their own; the citizen's name stands in nobody's letter."""
    template = AGREEMENT_ASKED if isinstance(event, AgreementAsked) else AGREEMENT_EXPIRING
    asked = ((CITIZEN, event.citizen_id, event.citizen_asked_id), (COMPANY, event.company_id, event.company_asked_id),
             (MENTOR, event.mentor_id, event.mentor_asked_id))  # fmt: skip
    ends_at = danish_time(event.due_on + timedelta(days=1), 0)
    # The same words twice are sent once: what tells the second warning from the first is its number.
    more = {"warning": event.warning} if isinstance(event, AgreementExpiring) else {}
    return [
        Draft(
            template=template, kind=kind, recipient=recipient, mentions=(event.company_id,),
            data={
                "appointments": [], "due_on": event.due_on.isoformat(), "answer_id": str(asked_id),
                "ends_at": ends_at.isoformat(), "company_id": str(event.company_id), **more,
            },
        )
        for kind, recipient, asked_id in asked
        if asked_id is not None
    ]  # fmt: skip
