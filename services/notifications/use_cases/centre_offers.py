"""What is heard of standing places: somebody in line is offered one, and the offer is over."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.notifications.rules.centre_drafts import (
    CENTRE_OFFERED,
    CENTRE_WITHDRAWN,
    centre_offered,
    centre_withdrawn,
)
from services.notifications.use_cases import messages
from shared.envelope import Received
from shared.events import CentreOfferOver, CentrePlaceOffered, Event
from shared.handling import Handler


def _versions(batch: Iterable[Received[Any]]) -> dict[UUID, int]:
    return {received.event.stay_id: received.version for received in batch}


def _news(batch: Iterable[Received[Any]]) -> dict[UUID, int]:
    return _versions(received for received in batch if not received.trace.replayed)


def on_offered(session: Session, batch: Sequence[Received[CentrePlaceOffered]]) -> None:
    """A letter to the citizen; one that was withdrawn before it went out goes after all."""
    messages.withdraw(session, _versions(batch), (CENTRE_WITHDRAWN,))
    messages.write(session, [(received, centre_offered(received.event)) for received in batch])
    # After the writing, so that another day by which to answer stands in the letter.
    messages.restore(session, _news(batch), (CENTRE_OFFERED,))


def on_over(session: Session, batch: Sequence[Received[CentreOfferOver]]) -> None:
    """A letter that has not gone out never does; one that has is taken back by another, where the offer was."""
    versions = _versions(batch)
    messages.withdraw(session, versions, (CENTRE_OFFERED,))
    told = messages.sent_data(session, versions, CENTRE_OFFERED)
    back = [(received, at) for received in batch if (at := received.event.taken_back_at) is not None]
    messages.write(session, [
        (received, centre_withdrawn(received.event, told[received.event.stay_id]["company_id"], at))
        for received, at in back
        if received.event.stay_id in told
    ])  # fmt: skip
    # Offered anew and taken back before that was written: what they hold is still the first letter.
    messages.restore(session, _news(received for received, _at in back), (CENTRE_WITHDRAWN,))


HANDLERS: dict[type[Event], Handler] = {CentrePlaceOffered: on_offered, CentreOfferOver: on_over}
