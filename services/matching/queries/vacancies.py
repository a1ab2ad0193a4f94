"""Needs, and who may come in question for one."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import literal, or_, select, union_all
from sqlalchemy.orm import Session

from services.matching.engine.facts import Opening
from services.matching.models import Company, Match, Need, Placement, ReadinessCopy, WishesCopy, Workplace
from services.matching.queries.border import Own, require_place, within
from services.matching.queries.employers import company, named
from services.matching.rules import catalogue
from services.matching.rules.week import read_week
from shared.errors import NotFound
from shared.paging import page


def need(session: Session, border: Own | None, need_id: UUID) -> Need:
    """One need; raises NotFound."""
    found = session.get(Need, need_id)
    if found is None:
        raise NotFound
    require_own(session, border, found)
    return found


def require_own(session: Session, border: Own | None, asked: Need) -> None:
    """Raises NotFound for a need outside the border."""
    if border is not None:
        company(session, border, asked.company_id)
        require_place(border, asked.p_number)


def needs(
    session: Session, border: Own | None, *, state: str | None, company_id: UUID | None = None, **how: Any
) -> dict[str, Any]:
    """A page of needs."""
    rows = within(select(Need).join(Company, Company.id == Need.company_id), border, Need.p_number)
    if company_id is not None:
        rows = rows.where(Need.company_id == company_id)
    if state in ("open", "filled"):
        full = Need.taken >= Need.positions
        rows = rows.where(Need.state == "open", full if state == "filled" else ~full)
    elif state is not None:
        rows = rows.where(Need.state == state)
    return page(session, rows, Need.id, **how)


def needs_called(session: Session, border: Own | None, words: str, most: int) -> Sequence[Need]:
    """Needs that are not closed with the words in their title or, for staff, in the company's name; newest first."""
    rows = within(select(Need).join(Company, Company.id == Need.company_id), border, Need.p_number)
    titled = Need.title.icontains(words, autoescape=True)
    asked = rows.where(Need.state != "closed", titled if border else or_(titled, named(words)))
    return session.scalars(asked.order_by(Need.id.desc()).limit(most)).all()


def opening(session: Session, asked: Need) -> Opening:
    """A need as the rules see it."""
    return openings(session, [asked])[asked.id]


def openings(session: Session, asked: Sequence[Need]) -> dict[UUID, Opening]:
    """Needs as the rules see them."""
    numbers = {need.p_number for need in asked}
    known = session.execute(select(Workplace.p_number, Workplace.postal_code).where(Workplace.p_number.in_(numbers)))
    places = {p_number: catalogue.place(postal_code) for p_number, postal_code in known}
    return {
        need.id: Opening(
            need_id=need.id,
            occupation=need.occupation,
            employment_form=need.employment_form,
            weekly_hours_min=need.weekly_hours_min,
            weekly_hours_max=need.weekly_hours_max,
            windows=read_week(tuple(need.windows)),
            days_required=need.days_required,
            hours_per_day=need.hours_per_day,
            licences=frozenset(need.licences),
            adjustments=frozenset(need.adjustments),
            mentor_offered=need.mentor_offered,
            place=places[need.p_number],
        )
        for need in asked
    }


def left_out(session: Session, asked: Need, today: date) -> dict[str, set[UUID]]:
    """Whom not to list for a need: those who said no to it, and those who have an agreement in its time."""
    declined = select(literal("declined"), Match.citizen_id).where(
        Match.need_id == asked.id, Match.state == "declined", Match.decliner == "citizen"
    )
    placed = select(literal("placed"), Placement.citizen_id).where(
        Placement.state == "agreed", Placement.ends_on >= max(asked.starts_on, today)
    )
    found: dict[str, set[UUID]] = {"declined": set(), "placed": set()}
    for reason, citizen_id in session.execute(union_all(declined, placed)):
        found[reason].add(citizen_id)
    return found


def wishes(session: Session, citizen_id: UUID) -> WishesCopy | None:
    """What a citizen can and wants, as it was told last."""
    return session.get(WishesCopy, citizen_id)


def category(session: Session, citizen_id: UUID) -> str | None:
    """The readiness category that was decided last."""
    return session.scalar(select(ReadinessCopy.category).where(ReadinessCopy.citizen_id == citizen_id))
