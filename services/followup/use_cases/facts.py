"""What is counted of the other services' events: each thing once, on the Danish day that it was told of."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from services.followup.models import Fact
from services.followup.rules import overview
from shared.calendar import danish_day
from shared.envelope import Received
from shared.events import (
    CompanyPromiseBroken,
    CompanyRequestReceived,
    Event,
    MatchProposed,
    NotificationFailed,
    PlacementAgreed,
)
from shared.handling import Handler
from shared.inbox import keep_newest

COUNTED: dict[type[Event], str] = {
    CompanyRequestReceived: overview.NEEDS,
    MatchProposed: overview.PROPOSALS,
    PlacementAgreed: overview.AGREEMENTS,
    CompanyPromiseBroken: overview.BROKEN,
    NotificationFailed: overview.FAILED,
}


def on_told(session: Session, batch: Sequence[Received[Any]]) -> None:
    """Told again, it is the same thing."""
    keep_newest(session, Fact, [
        {
            "figure": COUNTED[type(received.event)], "id": getattr(received.event, received.event.subject),
            "day": danish_day(received.time), "version": received.version,
        }
        for received in batch
    ])  # fmt: skip


def beside(handle: Handler) -> Handler:
    """A handler of an event that is counted as well."""

    def both(session: Session, batch: Sequence[Received[Any]]) -> None:
        handle(session, batch)
        on_told(session, batch)

    return both
