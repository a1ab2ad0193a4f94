"""What follow-up tells of the contact course."""

from datetime import date
from uuid import UUID

from shared.events.base import Event, named


@named("followup.interview.held.v1", subject="interview_id", partition="citizen_id", level="P3")
class InterviewHeld(Event):
    """A talk of the contact course took place; without a day it did not after all."""

    interview_id: UUID
    citizen_id: UUID
    held_on: date | None
    form: str
