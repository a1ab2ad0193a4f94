"""What follow-up tells of a family's plan: that there was a meeting, an action, a milestone; never what of (C6)."""

from datetime import date
from uuid import UUID

from shared.events.base import Event, named


@named("followup.family_forum.held.v1", subject="forum_id", partition="citizen_id", level="P3")
class FamilyForumHeld(Event):
    """People met about a family's plan, so many of them."""

    forum_id: UUID
    family_id: UUID
    citizen_id: UUID
    held_on: date
    attended: int


@named("followup.family_action.assigned.v1", subject="action_id", partition="citizen_id", level="P3")
class ActionAssigned(Event):
    """One department has one action; false where it is done or withdrawn."""

    action_id: UUID
    family_id: UUID
    citizen_id: UUID
    department: str
    due_on: date | None
    is_open: bool


@named("followup.family_milestone.reached.v1", subject="milestone_id", partition="citizen_id", level="P3")
class MilestoneReached(Event):
    """Something is in place since that day; None where that was a mistake."""

    milestone_id: UUID
    family_id: UUID
    citizen_id: UUID
    code: str
    reached_on: date | None
