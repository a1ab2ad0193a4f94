"""One thing after another, for the same events."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from shared.envelope import Received
from shared.handling import Handler


def beside(handle: Handler, also: Handler) -> Handler:
    """Both, in this order."""

    def both(session: Session, batch: Sequence[Received[Any]]) -> None:
        handle(session, batch)
        also(session, batch)

    return both
