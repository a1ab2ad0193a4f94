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


@named("followup.guarantee.agreed.v1", subject="guarantee_id", partition="citizen_id")
class GuaranteeAgreed(Event):
    """A job with so many paid hours is promised, to be concluded between two days (A21)."""

    guarantee_id: UUID
    placement_id: UUID
    citizen_id: UUID
    company_id: UUID
    target_hours: float
    earliest_end: date
    latest_end: date


@named("followup.guarantee.assessed.v1", subject="guarantee_id", partition="citizen_id")
class GuaranteeAssessed(Event):
    """Which of the demands were met on a day."""

    guarantee_id: UUID
    placement_id: UUID
    citizen_id: UUID
    on: date
    met: tuple[str, ...]


@named("followup.guarantee.concluded.v1", subject="guarantee_id", partition="citizen_id")
class GuaranteeConcluded(Event):
    """fulfilled, or not_fulfilled with its ground; None where that was a mistake."""

    guarantee_id: UUID
    placement_id: UUID
    citizen_id: UUID
    outcome_code: str | None
    reason_code: str | None


@named("followup.placement.clarified.v1", subject="placement_id", partition="citizen_id", level="P3")
class PlacementClarified(Event):
    """What a person found at the end of a longer course, as a code; None where that was a mistake."""

    placement_id: UUID
    citizen_id: UUID
    role: str | None
    outcome_code: str | None
