"""What follow-up tells of hours: the brake, the level that lasts, and that a document is there."""

from datetime import date
from uuid import UUID

from shared.events.base import Event, named


@named("followup.hour_step.exceeded.v1", subject="review_id", partition="citizen_id", level="P3")
class HourStepExceeded(Event):
    """In the week of that Monday more was worked than agreed; people look at it, no plan changes (A23)."""

    review_id: UUID
    placement_id: UUID
    citizen_id: UUID
    monday: date
    agreed: float
    worked: float


@named("followup.sustainable_level.set.v1", subject="placement_id", partition="citizen_id", level="P3")
class SustainableLevelSet(Event):
    """The weekly hours that last, from a day on; None where that was a mistake."""

    placement_id: UUID
    citizen_id: UUID
    weekly_hours: float | None
    since: date | None


@named("followup.document_gate.passed.v1", subject="gate_id", partition="citizen_id", level="P3")
class DocumentGatePassed(Event):
    """What had to be on file is there; the document itself is elsewhere (A22). None where that was a mistake."""

    gate_id: UUID
    placement_id: UUID
    citizen_id: UUID
    gate_code: str
    document_ref: str | None
