"""The doors of a family's plan across departments."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.followup import queries, schemas
from services.followup.api.base import FOLLOWERS, doors
from services.followup.use_cases import families, forums
from shared.auth import Principal
from shared.lookups import About, about_each

FAMILY, _FAMILIES, FAMILY_CHANGE = about_each("case", purpose="follow_up")
FIRST_CHANGE = About("case", "citizen_id", how="change", purpose="follow_up")
ONE = "/families/<uuid:family_id>"


@doors.post("/citizens/<uuid:citizen_id>/family", roles=FOLLOWERS, about=FIRST_CHANGE, body=schemas.FamilyBody,
            answer=schemas.FamilyAnswer)  # fmt: skip
def make_family(session: Session, principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> Any:
    """A plan that begins with this grown-up."""
    return queries.family(session, principal, families.make(session, principal, citizen_id, **body).id)


@doors.get(ONE, roles=FOLLOWERS, about=FAMILY, answer=schemas.FamilyAnswer)
def read_family(session: Session, principal: Principal, family_id: UUID) -> Any:
    """The plan as far as the reader's department may see it."""
    return queries.family(session, principal, family_id)


@doors.post(ONE, status=200, roles=FOLLOWERS, about=FAMILY_CHANGE, body=schemas.FamilyEdit,
            answer=schemas.FamilyAnswer)  # fmt: skip
def change_family(session: Session, principal: Principal, family_id: UUID, body: dict[str, Any]) -> Any:
    """What is different now."""
    families.change(session, principal, family_id, **body)
    return queries.family(session, principal, family_id)


@doors.post(f"{ONE}/members", roles=FOLLOWERS, about=FAMILY_CHANGE, body=schemas.FamilyMemberBody,
            answer=schemas.FamilyAnswer)  # fmt: skip
def add_family_member(session: Session, principal: Principal, family_id: UUID, body: dict[str, UUID]) -> Any:
    """Another grown-up."""
    families.add_member(session, principal, family_id, **body)
    return queries.family(session, principal, family_id)


@doors.post(f"{ONE}/members/undo", status=200, roles=FOLLOWERS, about=FAMILY_CHANGE, body=schemas.FamilyMemberUndo,
            answer=schemas.FamilyAnswer)  # fmt: skip
def remove_family_member(session: Session, principal: Principal, family_id: UUID, body: dict[str, UUID]) -> Any:
    """They are no part of it."""
    families.remove_member(session, principal, family_id, **body)
    return queries.family(session, principal, family_id)


@doors.post(f"{ONE}/milestones", status=200, roles=FOLLOWERS, about=FAMILY_CHANGE, body=schemas.MilestoneBody,
            answer=schemas.FamilyAnswer)  # fmt: skip
def reach_milestone(session: Session, principal: Principal, family_id: UUID, body: dict[str, Any]) -> Any:
    """Something is in place."""
    families.reach(session, principal, family_id, **body)
    return queries.family(session, principal, family_id)


@doors.post(f"{ONE}/actions", roles=FOLLOWERS, about=FAMILY_CHANGE, body=schemas.ActionBody,
            answer=schemas.FamilyAnswer)  # fmt: skip
def assign_action(session: Session, principal: Principal, family_id: UUID, body: dict[str, Any]) -> Any:
    """One person of one department does something."""
    families.assign(session, principal, family_id, **body)
    return queries.family(session, principal, family_id)


@doors.post(f"{ONE}/actions/done", status=200, roles=FOLLOWERS, about=FAMILY_CHANGE, body=schemas.ActionDone,
            answer=schemas.FamilyAnswer)  # fmt: skip
def finish_action(session: Session, principal: Principal, family_id: UUID, body: dict[str, Any]) -> Any:
    """It is done, unless it waits for a milestone."""
    families.finish(session, principal, family_id, **body)
    return queries.family(session, principal, family_id)


@doors.post(f"{ONE}/actions/dropped", status=200, roles=FOLLOWERS, about=FAMILY_CHANGE, body=schemas.ActionDropped,
            answer=schemas.FamilyAnswer)  # fmt: skip
def drop_action(session: Session, principal: Principal, family_id: UUID, body: dict[str, Any]) -> Any:
    """Nobody does it."""
    families.drop(session, principal, family_id, **body)
    return queries.family(session, principal, family_id)


@doors.post(f"{ONE}/forums", roles=FOLLOWERS, about=FAMILY_CHANGE, body=schemas.ForumBody,
            answer=schemas.FamilyAnswer)  # fmt: skip
def note_forum(session: Session, principal: Principal, family_id: UUID, body: dict[str, Any]) -> Any:
    """Everybody met at one table."""
    there = [(one["side"], one["name"]) for one in body.pop("there")]
    families.meet(session, principal, family_id, there=there, **body)
    return queries.family(session, principal, family_id)


@doors.post(f"{ONE}/forums/<uuid:forum_id>", status=200, roles=FOLLOWERS, about=FAMILY_CHANGE, body=schemas.ForumEdit,
            answer=schemas.FamilyAnswer)  # fmt: skip
def edit_forum(session: Session, principal: Principal, family_id: UUID, forum_id: UUID, body: dict[str, Any]) -> Any:
    """It was noted wrongly; how it was noted before is kept."""
    there = [(one["side"], one["name"]) for one in body.pop("there")]
    forums.edit(session, principal, family_id, forum_id, there=there, **body)
    return queries.family(session, principal, family_id)


@doors.post(f"{ONE}/forums/<uuid:forum_id>/undo", status=200, roles=FOLLOWERS, about=FAMILY_CHANGE,
            body=schemas.ForumUndo, answer=schemas.FamilyAnswer)  # fmt: skip
def take_forum_edit_back(
    session: Session, principal: Principal, family_id: UUID, forum_id: UUID, body: dict[str, int]
) -> Any:
    """It was right before."""
    forums.take_back(session, principal, family_id, forum_id, **body)
    return queries.family(session, principal, family_id)


@doors.post(f"{ONE}/consents", status=200, roles=FOLLOWERS, about=FAMILY_CHANGE, body=schemas.ConsentBody,
            answer=schemas.FamilyAnswer)  # fmt: skip
def consent_to_sharing(session: Session, principal: Principal, family_id: UUID, body: dict[str, Any]) -> Any:
    """One of the family lets a department see the plan, or no more."""
    families.consent(session, principal, family_id, **body)
    return queries.family(session, principal, family_id)


@doors.post(f"{ONE}/grants", status=200, roles=FOLLOWERS, about=FAMILY_CHANGE, body=schemas.GrantBody,
            answer=schemas.FamilyAnswer)  # fmt: skip
def note_grant(session: Session, principal: Principal, family_id: UUID, body: dict[str, Any]) -> Any:
    """Help: applied for, granted, begun."""
    families.grant(session, principal, family_id, **body)
    return queries.family(session, principal, family_id)
