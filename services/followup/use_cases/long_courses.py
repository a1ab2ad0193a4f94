"""People say which part of a longer course a placement is, and what the course made clear."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.followup import queries, rules
from services.followup.models import LongCourse, Placement
from services.followup.use_cases import courses
from shared import clock
from shared.auth import Principal
from shared.errors import NotFound, Refused
from shared.events import PlacementClarified
from shared.outbox import record


def give_role(session: Session, principal: Principal, placement_id: UUID, *, role: str | None) -> LongCourse:
    """First or last of several; None where it is neither after all."""
    courses.locked(session, placement_id)
    row = queries.long_course_row(session, placement_id)
    if row is None:
        row = LongCourse(placement_id=placement_id)
        session.add(row)
    if role is None and row.outcome_code is not None:
        raise Refused("clarified", "Tag først afklaringen tilbage.", "Take the clarification back first.")
    row.role, row.role_by, row.role_at = role, principal.subject, clock.now()
    session.flush()
    return row


def clarify(
    session: Session, principal: Principal, placement_id: UUID, *, outcome_code: str, reasons: str | None
) -> LongCourse:
    """What a person found at the end; said again, the later word counts. Nothing follows from it by itself."""
    placement = courses.locked(session, placement_id)
    row = queries.long_course_row(session, placement_id)
    rules.check_clarified(row.role if row else None, placement.ends_on, clock.today())
    if row is None:
        raise NotFound
    row.outcome_code, row.reasons, row.outcome_by = outcome_code, reasons, principal.subject
    row.outcome_at = clock.now()
    session.flush()
    _told(session, placement, row)
    return row


def take_back(session: Session, placement_id: UUID, *, version: int) -> None:
    """It was not found after all; the reasons go with it."""
    placement = courses.locked(session, placement_id)
    row = queries.long_course_row(session, placement_id)
    if row is None or row.outcome_code is None:
        raise NotFound
    row.require_untouched(version)
    row.outcome_code = row.reasons = row.outcome_by = row.outcome_at = None
    session.flush()
    _told(session, placement, row)


def _told(session: Session, placement: Placement, row: LongCourse) -> None:
    record(session, PlacementClarified(
        placement_id=placement.id, citizen_id=placement.citizen_id, role=row.role, outcome_code=row.outcome_code,
    ), row)  # fmt: skip
