"""What follow-up tells when a placement ends."""

from datetime import date
from uuid import UUID

from shared.events.base import Event, named


@named("followup.placement.concluded.v1", subject="placement_id", partition="citizen_id")
class PlacementConcluded(Event):
    """What was agreed to follow, as a code: hire, next_area, next_place or nothing; None where that was a mistake."""

    placement_id: UUID
    citizen_id: UUID
    company_id: UUID
    outcome_code: str | None


@named("followup.employment.started.v1", subject="placement_id", partition="citizen_id")
class EmploymentStarted(Event):
    """Paid hours of a week from a day on, as both sides said yes at the end (A19)."""

    placement_id: UUID
    citizen_id: UUID
    company_id: UUID
    since: date
    weekly_hours: float
