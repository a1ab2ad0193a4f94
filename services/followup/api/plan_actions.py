"""The doors of a placement's plan."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.followup import queries, schemas
from services.followup.api.base import FOLLOWERS, PLACEMENT, PLACEMENT_CHANGE, WITH_MENTOR, doors
from services.followup.use_cases import plan_actions
from shared.auth import Principal

OF = "/placements/<uuid:placement_id>/plan"
ONE = f"{OF}/<uuid:action_id>"


@doors.get(OF, roles=WITH_MENTOR, about=PLACEMENT, answer=schemas.PlanAnswer)
def read_plan(session: Session, principal: Principal, placement_id: UUID) -> Any:
    """Who does what by when, and what the citizen says to it."""
    return queries.placement_plan(session, principal, placement_id)


@doors.post(OF, roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.PlanActionBody, answer=schemas.PlanAnswer)
def add_action(session: Session, principal: Principal, placement_id: UUID, body: dict[str, Any]) -> Any:
    """One thing more."""
    plan_actions.add(session, principal, placement_id, **body)
    return queries.placement_plan(session, principal, placement_id)


@doors.post(ONE, status=200, roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.PlanActionEdit,
            answer=schemas.PlanAnswer)  # fmt: skip
def change_action(
    session: Session, principal: Principal, placement_id: UUID, action_id: UUID, body: dict[str, Any]
) -> Any:
    """In other words; the citizen is asked anew."""
    plan_actions.change(session, principal, placement_id, action_id, **body)
    return queries.placement_plan(session, principal, placement_id)


@doors.post(f"{ONE}/done", status=200, roles=WITH_MENTOR, about=PLACEMENT_CHANGE, body=schemas.PlanDone,
            answer=schemas.PlanAnswer)  # fmt: skip
def finish_plan_action(
    session: Session, principal: Principal, placement_id: UUID, action_id: UUID, body: dict[str, bool]
) -> Any:
    """Done, or not after all."""
    plan_actions.finish(session, principal, placement_id, action_id, **body)
    return queries.placement_plan(session, principal, placement_id)


@doors.post(f"{ONE}/dropped", status=200, roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.PlanDropped,
            answer=schemas.PlanAnswer)  # fmt: skip
def drop_plan_action(
    session: Session, principal: Principal, placement_id: UUID, action_id: UUID, body: dict[str, bool]
) -> Any:
    """Nobody does it, or somebody does after all."""
    plan_actions.drop(session, principal, placement_id, action_id, **body)
    return queries.placement_plan(session, principal, placement_id)
