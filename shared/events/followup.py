"""What follow-up tells."""

from datetime import date, datetime
from uuid import UUID

from shared.events.base import Event, named


@named("followup.contacts.planned.v1", subject="placement_id", partition="citizen_id")
class FollowUpPlanned(Event):
    """The contacts of a placement, as columns of equal length: id, moment, kind, form (A19, A32)."""

    placement_id: UUID
    citizen_id: UUID
    company_id: UUID
    mentor_id: UUID
    contact_ids: tuple[UUID, ...]
    due_at: tuple[datetime, ...]
    kinds: tuple[str, ...]
    forms: tuple[str, ...]


@named("followup.contact.held.v1", subject="contact_id", partition="citizen_id")
class FollowUpHeld(Event):
    """A planned contact took place."""

    contact_id: UUID
    placement_id: UUID
    citizen_id: UUID
    contact_kind: str
    held_at: datetime


@named("followup.contact.moved.v1", subject="contact_id", partition="citizen_id")
class FollowUpMoved(Event):
    """A planned contact takes place at another moment."""

    contact_id: UUID
    placement_id: UUID
    citizen_id: UUID
    company_id: UUID
    mentor_id: UUID
    contact_kind: str
    form: str
    planned_at: datetime
    reason_code: str


@named("followup.contact.reopened.v1", subject="contact_id", partition="citizen_id")
class FollowUpReopened(Event):
    """It was a mistake, taken back the same day, that a contact had been held."""

    contact_id: UUID
    placement_id: UUID
    citizen_id: UUID
    contact_kind: str


@named("followup.case.taken.v1", subject="placement_id", partition="citizen_id")
class CaseTaken(Event):
    """Whose case an agreement is from now on, by the opaque id they sign in with; nobody's where it was laid down."""

    placement_id: UUID
    citizen_id: UUID
    owner: str | None


@named("followup.hours.changed.v1", subject="agreement_id", partition="citizen_id")
class HoursChanged(Event):
    """Weekly hours from a day on, hours of placement and paid hours apart (A20)."""

    agreement_id: UUID
    placement_id: UUID
    citizen_id: UUID
    starts_on: date
    placement_hours: float
    paid_hours: float
    reason_code: str


@named("followup.trail.anchored.v1", subject="trail_id", level="P0")
class FollowUpTrailAnchored(Event):
    """Where the seals over look-ups and over changes stand; a neighbour keeps it, so that a cut end is seen."""

    trail_id: UUID
    lookup_position: int
    lookup_hash: str
    audit_position: int
    audit_hash: str
