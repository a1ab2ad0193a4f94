"""What was ended: sessions and machine clients whose tokens are still good by the clock, and may do nothing more.

Intake tells of it, and every service keeps its own list, which it asks when it opens a transaction for a caller.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.envelope import Received
from shared.events import AccessEnded

_END = text(
    "INSERT INTO ended_access (id, ended_at, forget_at) "
    "SELECT * FROM json_to_recordset(cast(:ended AS json)) AS ended(id text, at timestamptz, forget timestamptz) "
    "ON CONFLICT DO NOTHING"
)


def end(session: Session, access_id: UUID, ended_at: datetime, forget_at: datetime) -> AccessEnded:
    """From this commit on it is refused here; what is returned is to be recorded, for the other services."""
    told = AccessEnded(access_id=access_id, ended_at=ended_at, forget_at=forget_at)
    _keep(session, [told])
    return told


def on_ended(session: Session, batch: Sequence[Received[AccessEnded]]) -> None:
    """Intake ended a session or a client."""
    _keep(session, [received.event for received in batch])


def _keep(session: Session, ended: Sequence[AccessEnded]) -> None:
    rows = sorted(
        ({"id": str(told.access_id), "at": told.ended_at, "forget": told.forget_at} for told in ended),
        key=lambda row: str(row["id"]),
    )
    session.execute(_END, {"ended": orjson.dumps(rows).decode()})
