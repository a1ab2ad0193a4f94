"""What follow-up tells."""

from datetime import datetime
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
