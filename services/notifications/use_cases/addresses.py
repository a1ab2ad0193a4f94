"""The address book: how to reach people, kept from what other services tell."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.notifications.models import Address
from services.notifications.rules.drafts import CITIZEN, COMPANY, MENTOR
from services.notifications.use_cases import numbers
from shared.envelope import Received
from shared.events import (
    AgreementAsked,
    CitizenChannelsChanged,
    CitizenRegistered,
    CompanyRegistered,
    MentorContactTold,
    PlacementAgreed,
)
from shared.inbox import keep_newest


def keep_citizens(
    session: Session, batch: Sequence[Received[CitizenRegistered]] | Sequence[Received[CitizenChannelsChanged]]
) -> None:
    """How to reach these citizens now."""
    settings = session.info["settings"]
    keep_newest(session, Address, [
        row(
            CITIZEN, received.event.citizen_id, received.version,
            name=received.event.name, email=received.event.email, phone=received.event.phone,
            language=received.event.language, digital_post_exempt=received.event.digital_post_exempt,
            protected=received.event.protected,
            cpr_secret=numbers.locked(settings, received.event.citizen_id, received.event.cpr),
        )
        for received in batch
    ])  # fmt: skip


def keep_companies(session: Session, batch: Sequence[Received[CompanyRegistered]]) -> None:
    """Whom to reach at these companies."""
    keep_newest(session, Address, [
        row(
            COMPANY, received.event.company_id, received.version, organisation=received.event.name,
            cvr=received.event.cvr, name=received.event.contact_name, email=received.event.contact_email,
            phone=received.event.contact_phone,
        )
        for received in batch
    ])  # fmt: skip


def keep_mentors(
    session: Session,
    batch: Sequence[Received[PlacementAgreed]]
    | Sequence[Received[AgreementAsked]]
    | Sequence[Received[MentorContactTold]],
) -> None:
    """How to reach mentors: of an agreement, where each has an id of its own, or of follow-up's register."""
    keep_newest(session, Address, [
        row(
            MENTOR, received.event.mentor_id, received.version,
            name=received.event.mentor_name, email=received.event.mentor_email, phone=received.event.mentor_phone,
        )
        for received in batch
    ])  # fmt: skip


def row(kind: str, person: UUID, version: int, **known: Any) -> dict[str, Any]:
    """Somebody in the address book, of whom nothing else is known."""
    return {
        "id": person, "kind": kind, "version": version, "name": None, "organisation": None, "cvr": None, "email": None,
        "phone": None, "language": "da", "digital_post_exempt": False, "protected": False, "cpr_secret": None,
        **known,
    }  # fmt: skip
