"""A family's meeting is noted otherwise; how it was noted before is kept."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.followup import queries
from services.followup.models import FamilyForum, ForumAttendance, ForumBefore
from services.followup.use_cases import families
from shared import clock
from shared.auth import Principal
from shared.database import new_id
from shared.errors import NotFound


def _found(session: Session, family_id: UUID, forum_id: UUID, version: int) -> FamilyForum:
    row = session.get(FamilyForum, forum_id, with_for_update=True)
    if row is None or row.family_id != family_id:
        raise NotFound
    row.require_untouched(version)
    return row


def edit(
    session: Session,
    principal: Principal,
    family_id: UUID,
    forum_id: UUID,
    *,
    version: int,
    held_on: date,
    decisions: str | None,
    there: Sequence[tuple[str, str]],
) -> FamilyForum:
    """The day, who was there or what was decided was noted wrongly."""
    row = _found(session, family_id, forum_id, version)
    wanted = select(ForumAttendance).where(ForumAttendance.forum_id == forum_id)
    were = session.scalars(wanted.order_by(ForumAttendance.side, ForumAttendance.name)).all()
    session.add(ForumBefore(
        id=new_id(), forum_id=forum_id, held_on=row.held_on, decisions=row.decisions,
        there=[[one.side, one.name] for one in were], noted_by=row.noted_by, noted_at=row.noted_at,
        replaced_at=clock.now(),
    ))  # fmt: skip
    return families.meet(
        session, principal, family_id, held_on=held_on, decisions=decisions, there=there, forum_id=forum_id
    )


def take_back(session: Session, principal: Principal, family_id: UUID, forum_id: UUID, *, version: int) -> FamilyForum:
    """It was right before; raises NotFound where it was never noted otherwise."""
    _found(session, family_id, forum_id, version)
    before = next(iter(queries.forum_history(session, forum_id)), None)
    if before is None:
        raise NotFound
    there = [(side, name) for side, name in before.there]
    session.delete(before)
    return families.meet(
        session, principal, family_id, held_on=before.held_on, decisions=before.decisions, there=there,
        forum_id=forum_id,
    )  # fmt: skip
