"""A citizen's placements as one longer course."""

from typing import Any
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from services.followup.models import Conclusion, LongCourse, Placement
from services.followup.queries.placements import names_of, placement
from shared.auth import Principal

OF_COURSE = ("role", "outcome_code", "reasons", "outcome_at", "version")


def long_course_row(session: Session, placement_id: UUID) -> LongCourse | None:
    """What was said of a placement's part."""
    return session.scalar(select(LongCourse).where(LongCourse.placement_id == placement_id))


def long_course(session: Session, principal: Principal, placement_id: UUID) -> dict[str, Any]:
    """A placement's part, and every placement of the same citizen, the oldest first."""
    found = placement(session, principal, placement_id)
    stands = and_(Conclusion.placement_id == Placement.id, Conclusion.taken_back_at.is_(None))
    rows = select(Placement, LongCourse, Conclusion.outcome_code)
    rows = rows.join(LongCourse, LongCourse.placement_id == Placement.id, isouter=True)
    rows = rows.join(Conclusion, stands, isouter=True).where(Placement.citizen_id == found.citizen_id)
    told = session.execute(rows.order_by(Placement.starts_on, Placement.id)).all()
    whole = [
        {
            "id": one.id, "starts_on": one.starts_on, "ends_on": one.ends_on, "ending": ending,
            "role": part and part.role, "outcome_code": part and part.outcome_code,
        } | names_of(one)
        for one, part, ending in told
    ]  # fmt: skip
    part = next(part for one, part, _ending in told if one.id == placement_id)
    said = {name: getattr(part, name) if part else None for name in OF_COURSE}
    return said | {"placement": found, "placement_id": found.id, "whole": whole}
