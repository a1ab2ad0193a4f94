"""Doors for changing an agreement: tried dry, made, taken back, and its versions read."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.api import CONSULTANTS, PLACEMENT, PLACEMENT_CHANGE, doors
from services.matching.queries import own
from services.matching.schemas import changes as schemas
from services.matching.schemas.placements import PlacementAnswer
from services.matching.use_cases import changes
from shared.auth import Principal

ONE = "/placements/<uuid:placement_id>"


@doors.post(
    f"{ONE}/changes/dry-run",
    roles=CONSULTANTS,
    about=PLACEMENT,
    body=schemas.ChangeBody,
    answer=schemas.PlannedAnswer,
    status=200,
)
def try_change(session: Session, _principal: Principal, placement_id: UUID, body: dict[str, Any]) -> Any:
    """What a change would do, before it is made; nothing is kept."""
    return planned_answer(changes.plan(session, placement_id, **body))


@doors.post(
    f"{ONE}/changes",
    roles=CONSULTANTS,
    about=PLACEMENT_CHANGE,
    body=schemas.NewChange,
    answer=PlacementAnswer,
)
def change_placement(session: Session, principal: Principal, placement_id: UUID, body: dict[str, Any]) -> Any:
    """Change a draft's terms; extend, shorten or annul an agreement. The same content again is the same change."""
    return changes.change(session, placement_id, by=principal.subject, **body)


@doors.post(
    f"{ONE}/changes/undo",
    roles=CONSULTANTS,
    about=PLACEMENT_CHANGE,
    body=schemas.DropChange,
    answer=PlacementAnswer,
)
def take_change_back(session: Session, principal: Principal, placement_id: UUID, body: dict[str, Any]) -> Any:
    """A change that waits for approvals was not wanted after all; the terms in force stand."""
    return changes.take_back(session, placement_id, by=principal.subject, **body)


@doors.get(f"{ONE}/versions", roles=CONSULTANTS, about=PLACEMENT, answer=schemas.VersionList)
def list_versions(session: Session, _principal: Principal, placement_id: UUID) -> Any:
    """The versions of an agreement."""
    queries.placement(session, None, placement_id)
    return {"items": queries.versions_of(session, placement_id)}


@doors.get(
    "/company-placements/<uuid:placement_id>/versions",
    roles=("company_employee",),
    about=PLACEMENT,
    answer=schemas.CompanyVersionList,
)
def list_own_versions(session: Session, principal: Principal, placement_id: UUID) -> Any:
    """The versions of the company's own agreement."""
    queries.placement(session, own(principal), placement_id)
    return {"items": queries.versions_of(session, placement_id)}


def planned_answer(planned: changes.Planned) -> dict[str, Any]:
    """A dry run in the shape of its schema."""
    return {
        "kind": planned.kind, "number": planned.number, "extension_no": planned.extension_no,
        "ends_before": planned.before[1], "ends_after": planned.after[1], "hours_before": planned.before[2],
        "hours_after": planned.after[2], "ratio": planned.verdict.result if planned.verdict else None,
        "asks": planned.asks, "at_once": planned.at_once, "policies": planned.policies,
    }  # fmt: skip
