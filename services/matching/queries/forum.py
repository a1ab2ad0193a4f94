"""The closed forum as its members see it: posts, seats, and lines that the municipality has passed on."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import String, cast, extract, func, literal_column, select
from sqlalchemy.orm import Session

from services.matching.models import Company, ForumLine, ForumPost, ForumSeat
from services.matching.queries import sealing
from services.matching.queries.paging import newest_lines, page_by
from services.matching.queries.profiles import visible_ids
from shared import units
from shared.auth import Principal
from shared.lookups import looked

MOST = 100
# Events by their start, and then what has none, the newest first.
ORDER = (
    func.coalesce(ForumPost.starts_at, literal_column("'infinity'::timestamptz")),
    -extract("epoch", ForumPost.posted_at),
    ForumPost.id,
)


class Posted(NamedTuple):
    """A post, whose it is, and for an event: seats left, how many wait, and the reader's own place in the line.

    `place` is 0 for who has not signed up, negative for the place on the waiting list.
    """

    post: ForumPost
    company: str | None
    left: int | None
    waiting: int
    place: int


def posts(
    session: Session,
    now: datetime,
    *,
    citizen_id: UUID | None = None,
    company_id: UUID | None = None,
    cursor: UUID | None = None,
    limit: int,
) -> tuple[list[Posted], UUID | None]:
    """A page of what is up now, events to come first, the earliest first, then the newest; and the next cursor."""
    rows = select(ForumPost, Company.name).outerjoin(Company, Company.id == ForumPost.company_id)
    rows = rows.where(ForumPost.hidden_at.is_(None), ForumPost.starts_at.is_(None) | (ForumPost.starts_at >= now))
    found, onward = page_by(session, rows, ORDER, cursor=cursor, limit=limit)
    events = [post.id for post, _name in found if post.kind == "event"]
    seats: dict[UUID, list[ForumSeat]] = {one: [] for one in events}
    taken = select(ForumSeat).where(ForumSeat.post_id.in_(events)).order_by(ForumSeat.taken_at, ForumSeat.id)
    for seat in session.scalars(taken) if events else ():
        seats[seat.post_id].append(seat)
    return [_posted(post, name, seats.get(post.id, []), citizen_id, company_id) for post, name in found], onward


def _posted(
    post: ForumPost, company: str | None, seats: Sequence[ForumSeat], citizen_id: UUID | None, company_id: UUID | None
) -> Posted:
    mine = [
        number
        for number, seat in enumerate(seats, 1)
        if (citizen_id and seat.citizen_id == citizen_id) or (company_id and seat.company_id == company_id)
    ]
    room = post.capacity
    place = mine[0] if mine else 0
    if room is None:
        return Posted(post, company, None, 0, place)
    waiting = max(0, len(seats) - room)
    return Posted(post, company, max(0, room - len(seats)), waiting, place if place <= room else room - place)


class Line(NamedTuple):
    """A line with its words opened."""

    id: UUID
    citizen_id: UUID
    profile_id: UUID
    by_company: bool
    text: str
    at: datetime
    state: str
    version: int


def line(session: Session, row: ForumLine) -> Line:
    """The line as whoever may read it does."""
    words = sealing.opened(session, row.sealed, ForumLine.__tablename__, row.id)
    return Line(row.id, row.citizen_id, row.profile_id, row.by_company, words, row.at, row.state, row.version)


def coming_to(session: Session, post_ids: Collection[UUID]) -> dict[UUID, list[tuple[UUID | None, str | None]]]:
    """Who signed up for these events, the first first: a citizen's id or a company's name."""
    rows = select(ForumSeat, Company.name).outerjoin(Company, Company.id == ForumSeat.company_id)
    rows = rows.where(ForumSeat.post_id.in_(post_ids)).order_by(ForumSeat.taken_at, ForumSeat.id)
    found: dict[UUID, list[tuple[UUID | None, str | None]]] = {}
    for seat, name in session.execute(rows) if post_ids else ():
        found.setdefault(seat.post_id, []).append((seat.citizen_id, name))
    looked(session, *{one for people in found.values() for one, _name in people if one})
    return found


def lines_of_company(
    session: Session, company_id: UUID, *, cursor: UUID | None = None, limit: int
) -> tuple[list[tuple[UUID, bool, list[Line]]], UUID | None]:
    """The newest lines of the company by profile, whether it can still be written to, and where older ones begin.

    Of the citizen's lines those alone that were passed on; none of them once the profile is shown no more.
    Raises NotFound where `cursor` is no line of the company's.
    """
    written = select(ForumLine).where(ForumLine.company_id == company_id)
    rows, older = newest_lines(session, written, ForumLine, cursor=cursor, limit=limit)
    by_profile: dict[UUID, list[ForumLine]] = {}
    for (row,) in rows:
        by_profile.setdefault(row.profile_id, []).append(row)
    there = visible_ids(session, by_profile)
    looked(session, *{lines[0].citizen_id for profile, lines in by_profile.items() if profile in there})
    return [
        (profile, profile in there, [
            line(session, row) for row in lines if row.by_company or (row.state == "passed" and profile in there)
        ])
        for profile, lines in by_profile.items()
    ], older  # fmt: skip


def lines_of_citizen(
    session: Session, citizen_id: UUID, *, only: str | None = None, cursor: UUID | None = None, limit: int
) -> tuple[list[tuple[Company, list[Line]]], UUID | None]:
    """The citizen's newest lines by company, passed on or their own, and where older ones begin.

    `only` is the id of one company, as it was typed. Raises NotFound where `cursor` is no line of theirs.
    """
    mine = (ForumLine.citizen_id == citizen_id) & (~ForumLine.by_company | (ForumLine.state == "passed"))
    if only is not None:
        mine &= cast(ForumLine.company_id, String) == only
    rows, older = newest_lines(session, select(ForumLine).where(mine), ForumLine, cursor=cursor, limit=limit)
    wrote = select(Company).where(Company.id.in_({row.company_id for (row,) in rows}))
    companies = {company.id: company for company in session.scalars(wrote)}
    found: dict[UUID, list[Line]] = {}
    for (row,) in rows:
        found.setdefault(row.company_id, []).append(line(session, row))
    return [(companies[company_id], lines) for company_id, lines in found.items()], older


def to_decide(
    session: Session, who: Principal, *, cursor: UUID | None = None, limit: int
) -> tuple[list[tuple[Line, Company]], UUID | None]:
    """Lines that wait for the reader's unit to pass them on, the first first, and where the next page begins."""
    rows = select(ForumLine, Company).join(Company, Company.id == ForumLine.company_id)
    rows = rows.where(ForumLine.state == "waiting")
    if units.binds(who):
        rows = rows.outerjoin(units.TABLE, units.TABLE.c.citizen_id == ForumLine.citizen_id)
        rows = rows.where(units.TABLE.c.unit_code.is_(None) | (units.TABLE.c.unit_code == who.organisation))
    found, after = page_by(session, rows, (ForumLine.at, ForumLine.id), cursor=cursor, limit=limit)
    looked(session, *{row.citizen_id for row, _company in found})
    return [(line(session, row), company) for row, company in found], after
