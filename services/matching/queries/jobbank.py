"""A workplace's seasons, and who was at a company before and may be asked again: confirmed as it is read."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from services.matching.models import Alumnus, Company, Need, Placement, Season, StaffMonth, WishesCopy
from services.matching.queries.border import Own
from shared.lookups import looked


class Former(NamedTuple):
    """Somebody's last placement at a company, and their yes where there is one."""

    placement: Placement
    alumnus: Alumnus | None


class Catalogued(NamedTuple):
    """A former placement as the company reads it: no name, no person."""

    id: UUID
    occupation: str
    weekly_hours: float
    starts_on: date
    ends_on: date


def seasons(session: Session, workplace_id: UUID) -> list[tuple[Season, Need, Need | None]]:
    """Each with the need it asks like, and the last one it asked for."""
    rows = session.scalars(select(Season).where(Season.workplace_id == workplace_id).order_by(Season.id)).all()
    ids = {one for row in rows for one in (row.pattern_need_id, row.last_need_id) if one}
    needs = {need.id: need for need in session.scalars(select(Need).where(Need.id.in_(ids)))} if ids else {}
    return [(row, needs[row.pattern_need_id], needs[row.last_need_id] if row.last_need_id else None) for row in rows]


def former(session: Session, company_id: UUID, today: date) -> list[Former]:
    """Who has been at a company and takes part, each with their last placement there; the latest first."""
    rows = (
        select(Placement, Alumnus)
        .join(WishesCopy, WishesCopy.citizen_id == Placement.citizen_id)
        .outerjoin(Alumnus, (Alumnus.citizen_id == Placement.citizen_id) & (Alumnus.company_id == Placement.company_id))
        .where(Placement.company_id == company_id, _been(today), WishesCopy.consent_to_matching)
        .order_by(Placement.ends_on.desc(), Placement.id)
    )
    last: dict[UUID, Former] = {}
    for placement, alumnus in session.execute(rows):
        last.setdefault(placement.citizen_id, Former(placement, alumnus))
    looked(session, *last)
    return list(last.values())


def _been(today: date) -> ColumnElement[bool]:
    return (Placement.state == "agreed") & (Placement.ends_on < today)


def has_been(session: Session, citizen_id: UUID, company_id: UUID, today: date) -> bool:
    """True for somebody whose placement at the company is over."""
    mine = (Placement.citizen_id == citizen_id) & (Placement.company_id == company_id)
    return bool(session.scalar(select(exists().where(mine, _been(today)))))


def own_places(session: Session, citizen_id: UUID, today: date) -> list[tuple[Company, Alumnus | None]]:
    """Where somebody has been, with their own yes."""
    rows = (
        select(Company, Alumnus)
        .outerjoin(Alumnus, (Alumnus.company_id == Company.id) & (Alumnus.citizen_id == citizen_id))
        .where(exists().where(Placement.company_id == Company.id, Placement.citizen_id == citizen_id, _been(today)))
        .order_by(Company.sort_key)
    )
    return [(company, alumnus) for company, alumnus in session.execute(rows)]


def catalogue(session: Session, border: Own | None, company_id: UUID, today: date) -> list[Catalogued]:
    """Those who said yes, as the company reads them; of its own workplaces where it is bound to some."""
    return [
        Catalogued(alumnus.id, made.occupation, made.weekly_hours, made.starts_on, made.ends_on)
        for made, alumnus in former(session, company_id, today)
        if alumnus is not None and (border is None or border.has_place(made.p_number))
    ]


def latest_staff(session: Session, workplace_id: UUID) -> StaffMonth | None:
    """The newest month that a workplace told of."""
    rows = select(StaffMonth).where(StaffMonth.workplace_id == workplace_id).order_by(StaffMonth.month.desc())
    return session.scalars(rows.limit(1)).first()
