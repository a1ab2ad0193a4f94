"""What is told of the digital application: that it was pointed out, that it is sent, or that it is not after all."""

from typing import Any

from sqlalchemy.orm import Session

from services.intake.models import FirstContact
from shared import clock
from shared.events import ApplicationNotReceived, ApplicationReceived, DigitalApplicationPointedOut
from shared.outbox import record

SENT = "sent"


def tell(session: Session, contact: FirstContact, *, before: str | None) -> None:
    """After a word on it was said or taken back; `before` is what was said until then, None for nothing."""
    about: dict[str, Any] = {"contact_id": contact.id, "citizen_id": contact.citizen_id}
    if before is None:
        record(session, DigitalApplicationPointedOut(**about, at=clock.now()), contact)
    if contact.application == SENT != before:
        record(session, ApplicationReceived(**about, at=clock.now()), contact)
    if before == SENT != contact.application:
        record(session, ApplicationNotReceived(**about), contact)
