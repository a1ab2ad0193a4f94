"""What follow-up tells of area work."""

from uuid import UUID

from shared.events.base import Event, named


@named("followup.area_overview.requested.v1", subject="request_id", level="P1")
class AreaOverviewRequested(Event):
    """Somebody in a role asked for an area's counts, or its people, for a purpose (A31); nobody is named in it."""

    request_id: UUID
    area_code: str
    tier: str
    role: str
    purpose: str
    cells_hidden: int
