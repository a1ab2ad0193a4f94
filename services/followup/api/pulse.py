"""The doors of the one question."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.followup import queries, schemas
from services.followup.api.base import FOLLOWERS, PLACEMENT, PLACEMENT_CHANGE, doors
from services.followup.use_cases import pulse
from shared.auth import Principal

PULSES = "/placements/<uuid:placement_id>/pulses"


@doors.get(PULSES, roles=FOLLOWERS, about=PLACEMENT, answer=schemas.PulsesAnswer)
def list_pulses(session: Session, principal: Principal, placement_id: UUID) -> Any:
    """What was asked, and what each party answered."""
    queries.placement(session, principal, placement_id)
    return {"items": queries.pulses(session, placement_id)}


@doors.post(PULSES, roles=FOLLOWERS, about=PLACEMENT_CHANGE, answer=schemas.PulsesAnswer)
def ask_pulse(session: Session, principal: Principal, placement_id: UUID) -> Any:
    """All three are asked how it goes."""
    pulse.ask(session, placement_id, asked_by=principal.subject)
    return {"items": queries.pulses(session, placement_id)}


@doors.post(f"{PULSES}/<uuid:pulse_id>/withdrawn", status=200, roles=FOLLOWERS, about=PLACEMENT_CHANGE,
            answer=schemas.PulsesAnswer)  # fmt: skip
def withdraw_pulse(session: Session, principal: Principal, placement_id: UUID, pulse_id: UUID) -> Any:
    """It was not to be asked."""
    pulse.withdraw(session, placement_id, pulse_id)
    return {"items": queries.pulses(session, placement_id)}
