"""What follow-up tells of the one question to all parties. No answer is ever told."""

from datetime import datetime
from uuid import UUID

from shared.events.base import Event, named


@named("followup.pulse.asked.v1", subject="pulse_id", partition="citizen_id")
class PulseAsked(Event):
    """Citizen, company and mentor are asked how it goes; each answers by a link of their own until a time."""

    pulse_id: UUID
    placement_id: UUID
    citizen_id: UUID
    company_id: UUID
    mentor_id: UUID
    citizen_answer_id: UUID
    company_answer_id: UUID
    mentor_answer_id: UUID
    ends_at: datetime


@named("followup.pulse.withdrawn.v1", subject="pulse_id", partition="citizen_id")
class PulseWithdrawn(Event):
    """It was not to be asked; nobody had answered."""

    pulse_id: UUID
    placement_id: UUID
    citizen_id: UUID
