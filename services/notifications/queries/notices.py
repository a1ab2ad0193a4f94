"""What waits for somebody, and what they have read of it."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select
from sqlalchemy.orm import Session

from services.notifications.models import MentorLogin, Notice, NoticeRead
from services.notifications.rules.notices import KINDS
from shared import units
from shared.auth import STAFF, Principal
from shared.lookups import looked

OPEN, UNREAD, CLEARED = SHOWN = ("open", "unread", "cleared")
MOST_COUNTED = 99


def may_see(who: Principal) -> ColumnElement[bool]:
    """The notices for the caller: their own, and those for their role in their unit or company."""
    allowed = Notice.roles.overlap(list(who.roles))
    if "company_employee" in who.roles:
        own = [Notice.cvr == who.organisation, Notice.p_number.in_(who.p_numbers)][: 2 if who.p_numbers else 1]
        return and_(allowed, *own) if who.organisation else false()
    if "mentor" in who.roles:
        theirs = select(MentorLogin.mentor_id).where(MentorLogin.subject == who.subject)
        return and_(allowed, Notice.mentor_id.in_(theirs))
    if who.kind != "staff" or not set(who.roles) & {*STAFF, "leader"}:
        return and_(allowed, or_(Notice.owner.is_(None), Notice.owner == who.subject))
    table = units.TABLE
    citizens = select(table.c.unit_code).where(table.c.citizen_id == Notice.citizen_id).scalar_subquery()
    unit = func.coalesce(Notice.unit_code, citizens)
    anybodys = and_(Notice.owner.is_(None), or_(unit.is_(None), unit == who.organisation))
    return and_(allowed, or_(Notice.owner == who.subject, anybodys))


def _read_by(who: Principal) -> ColumnElement[bool]:
    return exists().where(NoticeRead.notice_id == Notice.id, NoticeRead.reader == who.subject)


def unread(session: Session, who: Principal) -> int:
    """How many wait unread, counted to MOST_COUNTED and one."""
    waiting = select(Notice.id).where(Notice.cleared_at.is_(None), may_see(who), ~_read_by(who))
    return session.scalar(select(func.count()).select_from(waiting.limit(MOST_COUNTED + 1).subquery())) or 0


def listed(
    session: Session, who: Principal, *, shown: str, kind: str | None, cursor: UUID | None, limit: int
) -> dict[str, Any]:
    """A page of them, newest first, on record as looked at."""
    wanted = select(Notice, _read_by(who).label("is_read")).where(may_see(who))
    wanted = wanted.where(Notice.cleared_at.is_not(None) if shown == CLEARED else Notice.cleared_at.is_(None))
    if shown == UNREAD:
        wanted = wanted.where(~_read_by(who))
    if kind is not None:
        wanted = wanted.where(Notice.kind == kind)
    if cursor is not None:
        wanted = wanted.where(Notice.id < cursor)
    rows = session.execute(wanted.order_by(Notice.id.desc()).limit(limit + 1)).all()
    items = [as_seen(row.Notice, is_read=row.is_read) for row in rows[:limit]]
    looked(session, *(one["citizen_id"] for one in items if one["citizen_id"]))
    return {"items": items, "next": items[-1]["id"] if len(rows) > limit else None}


def as_seen(notice: Notice, *, is_read: bool) -> dict[str, Any]:
    """One of them as lists show it."""
    names = ("id", "kind", "cause_id", "citizen_id", "told_at", "cleared_at", "cleared_code")
    seen = {name: getattr(notice, name) for name in names}
    path = KINDS[notice.kind].path.format(**seen)
    return seen | {"path": path, "read": is_read, "own": notice.owner is not None}
