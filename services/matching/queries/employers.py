"""Companies and their workplaces."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, false, or_, select
from sqlalchemy.orm import Session

from services.matching.models import AgreementVersion, Company, Placement, RatioCheck, StaffMonth, Workplace
from services.matching.queries.border import Own, WholeCompany, within
from services.matching.queries.hours import steps_of
from services.matching.queries.paging import page_by
from services.matching.rules.outlook import by_hours
from services.matching.rules.ratio import Staff, Supported
from shared.auth import Principal
from shared.danish import sort_key
from shared.errors import NotFound
from shared.paging import page


def company(session: Session, border: Own | None, company_id: UUID) -> Company:
    """One company; raises NotFound, also where it is not the caller's own."""
    found = session.get(Company, company_id)
    if found is None or (border is not None and found.cvr != border.cvr):
        raise NotFound
    return found


def companies(session: Session, border: Own | None, **how: Any) -> dict[str, Any]:
    """A page of companies."""
    return page(session, within(select(Company), border), Company.id, **how)


def companies_by_name(session: Session, *, words: str, after: UUID | None, limit: int) -> dict[str, Any]:
    """Companies in the Danish order of their names; `words` are the start of a CVR number or any part of a name."""
    found = select(Company)
    if words:
        found = found.where(named(words))
    rows, onward = page_by(session, found, (Company.sort_key, Company.id), cursor=after, limit=limit)
    return {"items": [row for (row,) in rows], "next": onward}


def named(words: str) -> ColumnElement[bool]:
    """The condition that a company is called so, as Danish ears hear it, or has a CVR number that begins so."""
    key, number = sort_key(words), words.replace(" ", "")
    called = Company.sort_key.contains(key, autoescape=True) if key else false()
    return or_(called, Company.cvr.startswith(number, autoescape=True))


def company_of(session: Session, cvr: str) -> Company | None:
    """The company with a CVR number."""
    return session.scalar(select(Company).where(Company.cvr == cvr))


def own_company(session: Session, who: Principal) -> Company:
    """The caller's company; raises NotFound for one that nobody knows."""
    company = company_of(session, who.organisation or "")
    if company is None:
        raise NotFound
    return company


def whole_company(session: Session, who: Principal) -> Company:
    """The caller's company, for what holds in all of it; raises Refused where the caller is narrowed to some places."""
    if who.p_numbers:
        raise WholeCompany
    return own_company(session, who)


def company_names(session: Session, company_ids: Collection[UUID]) -> dict[UUID, str]:
    """What the companies are called."""
    rows = session.execute(select(Company.id, Company.name).where(Company.id.in_(company_ids)))
    return {company_id: name for company_id, name in rows}  # noqa: C416  a row is no tuple to the type checker


def find_workplace(session: Session, p_number: str) -> Workplace | None:
    """The workplace of a P-number."""
    return session.scalar(select(Workplace).where(Workplace.p_number == p_number))


def workplace(session: Session, company_id: UUID, p_number: str) -> Workplace:
    """One of a company's workplaces; raises NotFound."""
    found = find_workplace(session, p_number)
    if found is None or found.company_id != company_id:
        raise NotFound
    return found


def workplaces(session: Session, border: Own | None, company_id: UUID) -> list[dict[str, Any]]:
    """A company's workplaces with their staff, in order of P-number."""
    company(session, border, company_id)
    rows = select(Workplace).where(Workplace.company_id == company_id).order_by(Workplace.p_number)
    if border is not None and border.p_numbers:
        rows = rows.where(Workplace.p_number.in_(border.p_numbers))
    return workplace_answers(session, session.scalars(rows).all())


def workplace_ids(session: Session, company_id: UUID) -> list[UUID]:
    """The workplaces of a company."""
    rows = select(Workplace.id).where(Workplace.company_id == company_id)
    return list(session.scalars(rows.order_by(Workplace.p_number)))


def workplace_answers(session: Session, found: Sequence[Workplace]) -> list[dict[str, Any]]:
    """Workplaces with the staff that was told of them."""
    staff = staff_of(session, [workplace.id for workplace in found])
    return [
        {column.key: getattr(workplace, column.key) for column in Workplace.__table__.columns}
        | {
            "staff": [
                {"month": f"{month:%Y-%m}", "fte": told.fte, "subsidised_fte": told.subsidised_fte}
                for month, told in staff[workplace.id].items()
            ]
        }
        for workplace in found
    ]


def staff_of(session: Session, workplace_ids: Sequence[UUID]) -> dict[UUID, dict[date, Staff]]:
    """The workplaces' staff by month, oldest first."""
    rows = select(StaffMonth).where(StaffMonth.workplace_id.in_(workplace_ids)).order_by(StaffMonth.month)
    staff: dict[UUID, dict[date, Staff]] = {workplace_id: {} for workplace_id in workplace_ids}
    for row in session.scalars(rows):
        staff[row.workplace_id][row.month] = Staff(row.fte, row.subsidised_fte)
    return staff


def supported_at(session: Session, p_number: str, since: date, *, but: UUID | None = None) -> list[Supported]:
    """Everybody whom an agreement, waiting or made, gives a place at the P-number on that day or later.

    A stay whose hours change stands there once for each number of hours; `but` one is left out.
    """
    held = select(
        Placement.id, Placement.offer_type, Placement.starts_on, Placement.ends_on, Placement.weekly_hours,
        Placement.state != "agreed",
    ).where(
        Placement.p_number == p_number, Placement.state != "refused", Placement.ends_on >= since
    )  # fmt: skip
    if but is not None:
        held = held.where(Placement.id != but)
    rows = session.execute(held.order_by(Placement.id)).all()
    steps = steps_of(session, [row[0] for row in rows])
    there = [part for row in rows for part in by_hours(Supported(*row[1:]), steps.get(row[0], ()))]
    return there + _longer_if_approved(session, p_number, since, but)


def _longer_if_approved(session: Session, p_number: str, since: date, but: UUID | None) -> list[Supported]:
    """The time that extensions would add which still wait for approval."""
    version = AgreementVersion
    waiting = (
        select(Placement.offer_type, Placement.ends_on, version.ends_on, version.weekly_hours)
        .join(version, (version.placement_id == Placement.id) & (version.number == Placement.number))
        .where(
            Placement.p_number == p_number, Placement.state == "agreed", version.in_force_at.is_(None),
            version.closed_at.is_(None), version.ends_on > Placement.ends_on, version.ends_on >= since,
        )
    )  # fmt: skip
    if but is not None:
        waiting = waiting.where(Placement.id != but)
    return [
        Supported(offer, ended + timedelta(days=1), ends_on, hours, pending=True)
        for offer, ended, ends_on, hours in session.execute(waiting)
    ]


def ratio_checks(session: Session, p_number: str, most: int) -> Sequence[RatioCheck]:
    """The workplace's latest checks, newest first."""
    rows = select(RatioCheck).where(RatioCheck.p_number == p_number).order_by(RatioCheck.id.desc()).limit(most)
    return session.scalars(rows).all()
