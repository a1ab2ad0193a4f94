"""The weekly hours of placements as follow-up agreed them."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.matching.models import PlacementHours
from services.matching.rules.outlook import Step


def steps_of(session: Session, placement_ids: Collection[UUID]) -> dict[UUID, list[Step]]:
    """The hours of several placements by their days; none for one whose hours are as they were agreed first."""
    if not placement_ids:
        return {}
    rows = select(PlacementHours).where(PlacementHours.placement_id.in_(placement_ids))
    steps: dict[UUID, list[Step]] = {}
    for row in session.scalars(rows.order_by(PlacementHours.starts_on)):
        steps.setdefault(row.placement_id, []).append(Step(row.starts_on, row.placement_hours, row.paid_hours))
    return steps
