"""The closed forum as its members see it: posts, seats, and lines that the municipality has passed on."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.matching.models import Company, ForumLine, ForumPost, ForumSeat
from services.matching.queries import sealing
from services.matching.queries.profiles import visible_ids
from shared import units
from shared.auth import Principal
from shared.lookups import looked

MOST = 100


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
    session: Session, now: datetime, *, citizen_id: UUID | None = None, company_id: UUID | None = None
) -> list[Posted]:
    """What is up now, events to come first, the earliest first; then the newest."""
    rows = select(ForumPost, Company.name).outerjoin(Company, Company.id == ForumPost.company_id)
    rows = rows.where(ForumPost.hidden_at.is_(None), ForumPost.starts_at.is_(None) | (ForumPost.starts_at >= now))
    rows = rows.order_by(ForumPost.starts_at.asc().nulls_last(), ForumPost.posted_at.desc())
    found = session.execute(rows.limit(MOST)).all()
    events = [post.id for post, _name in found if post.kind == "event"]
    seats: dict[UUID, list[ForumSeat]] = {one: [] for one in events}
    taken = select(ForumSeat).where(ForumSeat.post_id.in_(events)).order_by(ForumSeat.taken_at, ForumSeat.id)
    for seat in session.scalars(taken) if events else ():
        seats[seat.post_id].append(seat)
    return [_posted(post, name, seats.get(post.id, []), citizen_id, company_id) for post, name in found]


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


def lines_of_company(session: Session, company_id: UUID) -> list[tuple[UUID, bool, list[Line]]]:
    """The company's dialogues by profile, the newest last, and whether the profile can still be written to.

    Of the citizen's lines those alone that were passed on; none of them once the profile is shown no more.
    """
    rows = select(ForumLine).where(ForumLine.company_id == company_id).order_by(ForumLine.at, ForumLine.id)
    by_profile: dict[UUID, list[ForumLine]] = {}
    for row in session.scalars(rows):
        by_profile.setdefault(row.profile_id, []).append(row)
    there = visible_ids(session, by_profile)
    looked(session, *{lines[0].citizen_id for profile, lines in by_profile.items() if profile in there})
    return [
        (profile, profile in there, [
            line(session, row) for row in lines if row.by_company or (row.state == "passed" and profile in there)
        ])
        for profile, lines in by_profile.items()
    ]  # fmt: skip


def lines_of_citizen(session: Session, citizen_id: UUID) -> list[tuple[Company, list[Line]]]:
    """The citizen's dialogues by company: what was passed on, and all that they wrote themselves."""
    rows = select(ForumLine, Company).join(Company, Company.id == ForumLine.company_id)
    mine = rows.where(ForumLine.citizen_id == citizen_id, ~ForumLine.by_company | (ForumLine.state == "passed"))
    found: dict[UUID, tuple[Company, list[Line]]] = {}
    for row, company in session.execute(mine.order_by(ForumLine.at, ForumLine.id)):
        found.setdefault(company.id, (company, []))[1].append(line(session, row))
    return list(found.values())


def to_decide(session: Session, who: Principal) -> list[tuple[Line, Company]]:
    """Lines that wait for the reader's unit to pass them on, the first first."""
    rows = select(ForumLine, Company).join(Company, Company.id == ForumLine.company_id)
    found = session.execute(rows.where(ForumLine.state == "waiting").order_by(ForumLine.at)).all()
    people = {row.citizen_id for row, _company in found}
    if units.binds(who):
        belong = units.of(session, *people)
        people = {one for one in people if belong[one].unit_code in (None, who.organisation)}
    # Cut after the unit's own were picked: a long row of others must not hide them.
    own = [(row, company) for row, company in found if row.citizen_id in people][:MOST]
    looked(session, *{row.citizen_id for row, _company in own})
    return [(line(session, row), company) for row, company in own]
