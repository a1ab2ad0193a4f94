"""Who looks after companies, what they were promised, and who was in touch."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import func, literal_column, select
from sqlalchemy.orm import Session

from services.matching.models import (
    Company,
    CompanyConsultant,
    CompanyContact,
    CompanyPause,
    CompanyPromise,
    ConsultantCover,
)
from services.matching.queries.paging import page_by
from services.matching.rules.contact_budget import Budget, judge, silent
from shared.calendar import danish_time
from shared.danish import sort_key
from shared.policy import Policy

SHOWN = 10


class Caretaker(NamedTuple):
    """The consultant of a company, and who looks after it today where that is somebody else, until a day."""

    row: CompanyConsultant
    cover: ConsultantCover | None

    @property
    def subject(self) -> str:
        """Whose it is today."""
        return self.cover.cover if self.cover else self.row.subject

    @property
    def name(self) -> str:
        """What they are called."""
        return self.cover.cover_name if self.cover else self.row.name


def consultants_of(session: Session, company_ids: Collection[UUID], today: date) -> dict[UUID, Caretaker]:
    """The companies' consultants; those of nobody are left out. Of two covers the one made last counts."""
    rows = session.execute(
        select(CompanyConsultant, ConsultantCover)
        .outerjoin(
            ConsultantCover,
            (ConsultantCover.absent == CompanyConsultant.subject)
            & (ConsultantCover.from_on <= today) & (ConsultantCover.until_on >= today),
        )
        .where(CompanyConsultant.company_id.in_(company_ids))
        .order_by(ConsultantCover.made_at, ConsultantCover.id)
    )  # fmt: skip
    return {row.company_id: Caretaker(row, cover) for row, cover in rows}


def consultant_of(session: Session, company_id: UUID, today: date) -> Caretaker | None:
    """A company's consultant."""
    return consultants_of(session, [company_id], today).get(company_id)


def looked_after(
    session: Session, *, by: str | None = None, cursor: UUID | None = None, limit: int
) -> tuple[Sequence[tuple[CompanyConsultant, Company]], UUID | None]:
    """A page of somebody's companies, or of those that are handed on, in Danish order; and the next one's cursor."""
    rows = select(CompanyConsultant, Company).join(Company, Company.id == CompanyConsultant.company_id)
    rows = rows.where(CompanyConsultant.offered_at.is_not(None) if by is None else CompanyConsultant.subject == by)
    return page_by(session, rows, (Company.sort_key, Company.id), cursor=cursor, limit=limit)


def caretakers(session: Session) -> Sequence[tuple[str, str]]:
    """Who looks after companies, by subject and name, in the order of names."""
    found = select(CompanyConsultant.subject, func.max(CompanyConsultant.name)).group_by(CompanyConsultant.subject)
    return sorted(((subject, name) for subject, name in session.execute(found)), key=lambda one: sort_key(one[1]))


def covers(session: Session, today: date) -> Sequence[ConsultantCover]:
    """Who is away, or will be."""
    rows = select(ConsultantCover).where(ConsultantCover.until_on >= today)
    return session.scalars(rows.order_by(ConsultantCover.from_on, ConsultantCover.id)).all()


def promises(
    session: Session,
    *,
    state: str = "open",
    company_id: UUID | None = None,
    owner: str | None = None,
    cursor: UUID | None = None,
    limit: int,
) -> tuple[Sequence[tuple[CompanyPromise, Company]], UUID | None]:
    """A page of what is open, the longest overdue first and what has no day last, or of what is done, the newest
    first; and the next one's cursor. One list of both would skip open ones where a cursor's own is done meanwhile.
    """
    rows = select(CompanyPromise, Company).join(Company, Company.id == CompanyPromise.company_id)
    if company_id is not None:
        rows = rows.where(CompanyPromise.company_id == company_id)
    if owner is not None:
        rows = rows.where(CompanyPromise.owner == owner)
    if state == "open":
        by: Any = CompanyPromise.due_on
        rows = rows.where(CompanyPromise.done_at.is_(None))
    else:
        by = CompanyPromise.done_at
        rows = rows.where(by.is_not(None))
    order = (func.coalesce(by, literal_column("'infinity'")), CompanyPromise.id)
    found, onward = page_by(session, rows, order, cursor=cursor, limit=limit, newest=state != "open")
    return [(promise, company) for promise, company in found], onward


class Kept(NamedTuple):
    """Of a kind of promise: how many in time, too late, still open, open and overdue, and without a day."""

    kind: str
    in_time: int
    late: int
    waiting: int
    overdue: int
    undated: int


def figures(session: Session, since: date, until: date, today: date) -> list[Kept]:
    """What became of the promises that were made from a day to a day."""
    made, due, done = CompanyPromise.made_at, CompanyPromise.due_on, func.date(CompanyPromise.done_at)
    of = func.count().filter
    rows = session.execute(
        select(
            CompanyPromise.kind, of(done <= due), of(done > due), of(done.is_(None) & (due >= today)),
            of(done.is_(None) & (due < today)), of(due.is_(None)),
        )
        .where(made >= danish_time(since, 0), made < danish_time(until + timedelta(days=1), 0))
        .group_by(CompanyPromise.kind)
        .order_by(CompanyPromise.kind)
    )  # fmt: skip
    return [Kept(*row) for row in rows]


def contacts(session: Session, company_id: UUID) -> Sequence[CompanyContact]:
    """The latest, newest first."""
    rows = select(CompanyContact).where(CompanyContact.company_id == company_id)
    return session.scalars(rows.order_by(CompanyContact.at.desc(), CompanyContact.id.desc()).limit(SHOWN)).all()


def budget(session: Session, company_id: UUID, team: str | None, policy: Policy, today: date) -> Budget:
    """Whether the team may approach the company today."""
    monday = danish_time(today - timedelta(days=today.weekday()), 0)
    rows = select(CompanyContact.team).where(
        CompanyContact.company_id == company_id, CompanyContact.direction == "ours", CompanyContact.at >= monday
    )
    row, pause = policy.find("contact.teams_a_week", today), session.get(CompanyPause, company_id)
    teams = [one or "" for one in session.scalars(rows)]
    return judge(teams, team or "", row.value if row else None, pause.until_on if pause else None, today)


def faded(found: Sequence[CompanyContact], policy: Policy, today: date) -> bool:
    """Whether a company has stopped answering."""
    row = policy.find("contact.silent_after", today)
    return silent([(one.direction, one.outcome) for one in found], row.value if row else None)
