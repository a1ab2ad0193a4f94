"""One meeting of a family with how it was noted before."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.followup.models import FamilyForum, ForumAttendance, ForumBefore
from services.followup.queries.families import family_row, sees_whole
from shared.auth import Principal
from shared.errors import NotFound


def forum_history(session: Session, forum_id: UUID) -> Sequence[ForumBefore]:
    """What it read before, the newest first."""
    rows = select(ForumBefore).where(ForumBefore.forum_id == forum_id)
    return session.scalars(rows.order_by(ForumBefore.replaced_at.desc(), ForumBefore.id.desc())).all()


def forum(session: Session, principal: Principal, family_id: UUID, forum_id: UUID) -> dict[str, Any]:
    """A meeting for whoever may see the whole plan; raises NotFound."""
    family, row = family_row(session, family_id), session.get(FamilyForum, forum_id)
    if row is None or row.family_id != family_id or not sees_whole(session, principal, family):
        raise NotFound
    wanted = select(ForumAttendance).where(ForumAttendance.forum_id == forum_id)
    there = session.scalars(wanted.order_by(ForumAttendance.side, ForumAttendance.name)).all()
    return {
        "id": row.id, "family_id": family_id, "held_on": row.held_on, "decisions": row.decisions,
        "version": row.version, "there": [(one.side, one.name) for one in there],
        "history": forum_history(session, forum_id),
    }  # fmt: skip
