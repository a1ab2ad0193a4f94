"""What follow-up tells of the contact course."""

from datetime import date, datetime
from uuid import UUID

from shared.events.base import Event, named


@named("followup.interview.held.v1", subject="interview_id", partition="citizen_id", level="P3")
class InterviewHeld(Event):
    """A talk of the contact course took place; without a day it did not after all."""

    interview_id: UUID
    citizen_id: UUID
    held_on: date | None
    form: str


@named("followup.interview.invited.v1", subject="call_id", partition="citizen_id", level="P3")
class InterviewInvited(Event):
    """The citizen is asked to book the next talk until a day."""

    call_id: UUID
    citizen_id: UUID
    due: date


@named("followup.interview.summoned.v1", subject="call_id", partition="citizen_id", level="P3")
class InterviewSummoned(Event):
    """The citizen is called in to a talk."""

    call_id: UUID
    citizen_id: UUID
    starts_at: datetime
    form: str
    told_at: datetime


@named("followup.interview.self_booked.v1", subject="call_id", partition="citizen_id", level="P3")
class InterviewSelfBooked(Event):
    """The citizen has booked the talk, or another time for it."""

    call_id: UUID
    citizen_id: UUID
    starts_at: datetime
    form: str
    told_at: datetime


@named("followup.interview.called_off.v1", subject="call_id", partition="citizen_id", level="P3")
class InterviewCalledOff(Event):
    """The talk does not take place at that time; without one it need not be booked any more."""

    call_id: UUID
    citizen_id: UUID
    starts_at: datetime | None
    told_at: datetime
