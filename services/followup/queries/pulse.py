"""What was asked and answered, as words for staff."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.followup.models import Pulse, PulseAnswer

MOST = 5


def pulses(session: Session, placement_id: UUID) -> list[dict[str, Any]]:
    """The newest questions with each party's answer, None where there is none yet."""
    wanted = select(Pulse).where(Pulse.placement_id == placement_id, Pulse.withdrawn_at.is_(None))
    found = session.scalars(wanted.order_by(Pulse.asked_at.desc(), Pulse.id).limit(MOST)).all()
    rows = select(PulseAnswer).where(PulseAnswer.pulse_id.in_([one.id for one in found]))
    answers = session.scalars(rows).all() if found else []
    return [
        {"id": one.id, "asked_at": one.asked_at, "ends_at": one.ends_at}
        | {"answers": {row.party: row.answer for row in answers if row.pulse_id == one.id}}
        for one in found
    ]
