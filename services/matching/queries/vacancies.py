"""Needs, and who may come in question for one."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, case, exists, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from services.matching.engine.facts import Opening
from services.matching.models import (
    AttentionNeed,
    AttentionPlace,
    Company,
    CompanyOffer,
    Knowledge,
    Match,
    Need,
    NeedProfile,
    Placement,
    ReadinessCopy,
    WishesCopy,
    Workplace,
)
from services.matching.models.mentors import MentorHours
from services.matching.queries import mentors
from services.matching.queries.border import Own, require_place, within
from services.matching.queries.employers import company, named
from services.matching.queries.paging import latest
from services.matching.rules import catalogue
from services.matching.rules.week import read_week
from shared import clock
from shared.errors import NotFound
from shared.fields import FIRST_DAY
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


def _needs(border: Own | None) -> Select[Any]:
    return within(select(Need).join(Company, Company.id == Need.company_id), border, Need.p_number)


def needs(session: Session, border: Own | None, *, state: str | None, **how: Any) -> dict[str, Any]:
    """A page of needs."""
    rows = _needs(border)
    if state in ("open", "filled"):
        full = Need.taken >= Need.positions
        rows = rows.where(Need.state == "open", full if state == "filled" else ~full)
    elif state is not None:
        rows = rows.where(Need.state == state)
    return page(session, rows, Need.id, **how)


def latest_needs(session: Session, border: Own | None, company_id: UUID, most: int, *wanted: Any) -> list[Need]:
    """A company's newest needs that meet the conditions `wanted`, in the order of making."""
    return latest(session, _needs(border).where(Need.company_id == company_id, *wanted), Need.id, most)


def needs_called(session: Session, border: Own | None, words: str, most: int) -> Sequence[Need]:
    """Needs that are not closed with the words in their title or, for staff, in the company's name; newest first."""
    titled = Need.title.icontains(words, autoescape=True)
    asked = _needs(border).where(Need.state != "closed", titled if border else or_(titled, named(words)))
    return session.scalars(asked.order_by(Need.id.desc()).limit(most)).all()


_IS_OPEN = (Need.state == "open") & (Need.taken < Need.positions)


def _familiar(company_id: Any) -> Select[Any]:
    """Those with whom a company has had an agreement, in one array; NULL where there is nobody."""
    had = (Placement.company_id == company_id, Placement.state == "agreed")
    return select(func.array_agg(Placement.citizen_id.distinct())).where(*had)


# Those whom attention brings forward there; NULL where no night has looked at the need.
_THERE = select(AttentionPlace.citizen_id).where(AttentionPlace.need_id == Need.id).correlate(Need).scalar_subquery()
_BROUGHT = case((exists().where(AttentionNeed.need_id == Need.id).correlate(Need), func.array(_THERE)))
_OPENINGS = (
    select(
        Need.id, Need.occupation, Need.employment_form, Need.weekly_hours_min, Need.weekly_hours_max, Need.windows,
        Need.days_required, Need.hours_per_day, Need.licences, Need.adjustments, Need.mentor_offered,
        Need.p_number, Need.starts_on, Workplace.postal_code, NeedProfile.skills, NeedProfile.danish_level,
        NeedProfile.lifting_kg, NeedProfile.shifts, NeedProfile.languages, NeedProfile.soft_wishes,
        NeedProfile.offers, NeedProfile.season, CompanyOffer.soft_wishes.label("company_wishes"),
        CompanyOffer.season.label("company_season"), CompanyOffer.languages.label("spoken"),
        _familiar(Need.company_id).correlate(Need).scalar_subquery().label("familiar"), _BROUGHT.label("brought"),
        exists().where(MentorHours.workplace_id == Workplace.id).label("has_mentors"),
    )
    .join(Workplace, Workplace.p_number == Need.p_number)
    .outerjoin(NeedProfile, NeedProfile.need_id == Need.id)
    .outerjoin(CompanyOffer, CompanyOffer.company_id == Need.company_id)
)  # fmt: skip


def opening(session: Session, asked: Need) -> Opening:
    """A need as the rules see it; what it does not say itself of season and wishes is its company's."""
    return openings(session, [asked])[asked.id]


def openings(session: Session, asked: Sequence[Need]) -> dict[UUID, Opening]:
    """Needs as the rules see them."""
    return {one.need_id: one for one in _openings(session, _OPENINGS.where(Need.id.in_([need.id for need in asked])))}


def familiar(session: Session, company_id: UUID) -> frozenset[UUID]:
    """With whom a company has had an agreement, where it is still telling of its need."""
    return frozenset(session.scalar(_familiar(company_id)) or ())


def _openings(session: Session, asked: Any) -> list[Opening]:
    rows = session.execute(asked).all()
    rooms = mentors.rooms(session, rows, clock.today())
    return [_opening(row, rooms.get(row.id)) for row in rows]


def openings_for(session: Session, citizen_id: UUID, today: date) -> list[Opening]:
    """What is open to somebody: a position left, no match or no of theirs, and no agreement of theirs in its time."""
    settled = (Match.state != "declined") | (Match.decliner == "citizen")
    theirs = select(Match.need_id).where(Match.citizen_id == citizen_id, settled)
    busy_until = select(func.max(Placement.ends_on)).where(
        Placement.citizen_id == citizen_id, Placement.state == "agreed", Placement.ends_on >= today
    )
    rows = _OPENINGS.where(
        _IS_OPEN, Need.id.not_in(theirs),
        Need.starts_on > func.coalesce(busy_until.scalar_subquery(), FIRST_DAY),
    )  # fmt: skip
    return _openings(session, rows)


def _opening(row: Any, mentor_room: int | None) -> Opening:
    return Opening(
        need_id=row.id,
        occupation=row.occupation,
        employment_form=row.employment_form,
        weekly_hours_min=row.weekly_hours_min,
        weekly_hours_max=row.weekly_hours_max,
        windows=read_week(tuple(row.windows)),
        days_required=row.days_required,
        hours_per_day=row.hours_per_day,
        licences=frozenset(row.licences),
        adjustments=frozenset(row.adjustments),
        mentor_offered=row.mentor_offered,
        mentor_room=mentor_room,
        place=catalogue.place(row.postal_code),
        danish_level=row.danish_level,
        lifting=bool(row.lifting_kg),
        strengths=frozenset(row.soft_wishes or row.company_wishes or ()),
        familiar=frozenset(row.familiar or ()),
        skills=frozenset(row.skills or ()),
        shifts=frozenset(row.shifts or ()),
        languages=frozenset(row.languages or ()),
        offers=frozenset(row.offers or ()),
        season=frozenset(row.season or row.company_season or ()),
        spoken=frozenset(row.spoken or ()),
        brought=None if row.brought is None else frozenset(row.brought),
    )


def needs_with_company(session: Session, need_ids: Collection[UUID]) -> dict[UUID, tuple[Need, Company]]:
    """These needs, each with whose it is."""
    rows = session.execute(
        select(Need, Company).join(Company, Company.id == Need.company_id).where(Need.id.in_(need_ids))
    )
    return {need.id: (need, company) for need, company in rows}


def open_needs(session: Session, most: int) -> list[tuple[Need, Company]]:
    """The newest needs that are open and have a position left, each with whose it is."""
    rows = select(Need, Company).join(Company, Company.id == Need.company_id)
    found = session.execute(rows.where(_IS_OPEN).order_by(Need.id.desc()).limit(most))
    return [(need, company) for need, company in found]


def left_out(session: Session, asked: Need, today: date) -> dict[str, set[UUID]]:
    """Whom not to list: who said no to the need, has an agreement in its time, or is not put forward for now."""
    declined = select(literal("declined"), Match.citizen_id).where(
        Match.need_id == asked.id, Match.state == "declined", Match.decliner == "citizen"
    )
    placed = select(literal("placed"), Placement.citizen_id).where(
        Placement.state == "agreed", Placement.ends_on >= max(asked.starts_on, today)
    )
    paused = select(literal("paused"), Knowledge.citizen_id).where(Knowledge.paused)
    found: dict[str, set[UUID]] = {"declined": set(), "placed": set(), "paused": set()}
    for reason, citizen_id in session.execute(union_all(declined, placed, paused)):
        found[reason].add(citizen_id)
    return found


def wishes(session: Session, citizen_id: UUID) -> WishesCopy | None:
    """What a citizen can and wants, as it was told last."""
    return session.get(WishesCopy, citizen_id)


def category(session: Session, citizen_id: UUID) -> str | None:
    """The readiness category that was decided last."""
    return session.scalar(select(ReadinessCopy.category).where(ReadinessCopy.citizen_id == citizen_id))
