"""What is heard of standing places: somebody in line is offered one, and the offer is over."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from services.notifications.rules.centre_drafts import CENTRE_OFFERED, centre_offered
from services.notifications.use_cases import messages
from shared.envelope import Received
from shared.events import CentreOfferOver, CentrePlaceOffered, Event
from shared.handling import Handler


def on_offered(session: Session, batch: Sequence[Received[CentrePlaceOffered]]) -> None:
    """A letter to the citizen; one that was withdrawn before it went out goes after all."""
    messages.write(session, [(received, centre_offered(received.event)) for received in batch])
    # After the writing, so that another day by which to answer stands in the letter.
    news = {received.event.stay_id: received.version for received in batch if not received.trace.replayed}
    messages.restore(session, news, (CENTRE_OFFERED,))


def on_over(session: Session, batch: Sequence[Received[CentreOfferOver]]) -> None:
    """A letter that has not gone out never does."""
    versions = {received.event.stay_id: received.version for received in batch}
    messages.withdraw(session, versions, (CENTRE_OFFERED,))


HANDLERS: dict[type[Event], Handler] = {CentrePlaceOffered: on_offered, CentreOfferOver: on_over}
