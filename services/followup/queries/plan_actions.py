"""A placement's plan, for staff and for the citizen whose it is."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.followup.models import Placement, PlanAction, PlanSharing
from services.followup.queries.hours import own_placement
from services.followup.queries.placements import placement, values_of
from shared import clock
from shared.auth import Principal

OF_PLAN_ACTION = ("id", "placement_id", "what", "party", "due_on", "done_at", "answer", "answer_words", "version")


def plan_actions(session: Session, placement_ids: Sequence[UUID]) -> list[dict[str, Any]]:
    """What is agreed in these placements, what is open and nearest first."""
    rows = select(PlanAction).where(PlanAction.placement_id.in_(placement_ids), PlanAction.withdrawn_at.is_(None))
    rows = rows.order_by(PlanAction.done_at.is_not(None), PlanAction.due_on.nulls_last(), PlanAction.id)
    today = clock.today()
    return [
        values_of(one, *OF_PLAN_ACTION)
        | {"late": one.done_at is None and one.due_on is not None and one.due_on < today}
        for one in session.scalars(rows)
    ]


def plan_shared(session: Session, found: Placement) -> bool:
    """Whether the citizen lets the mentor there is now see the plan."""
    given = PlanSharing.placement_id == found.id, PlanSharing.mentor_id == found.mentor_id
    return session.scalar(select(PlanSharing.id).where(*given, PlanSharing.withdrawn_at.is_(None))) is not None


def placement_plan(session: Session, principal: Principal, placement_id: UUID) -> dict[str, Any]:
    """One placement's plan, without the citizen's answers for a mentor, who sees nothing before it is shared.

    The citizen's own where a citizen asks. Raises NotFound.
    """
    own = principal.kind == "citizen"
    found = (own_placement if own else placement)(session, principal, placement_id)
    shared = plan_shared(session, found)
    actions = plan_actions(session, [placement_id]) if own or principal.is_staff or shared else []
    if not (own or principal.is_staff):
        actions = [one | {"answer": None, "answer_words": None} for one in actions]
    return {"placement": found, "actions": actions, "shared": shared}
