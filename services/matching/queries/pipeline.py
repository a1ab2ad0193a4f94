"""Who is kept in mind, who holds a need, what was offered to somebody before, and what a consultant is told."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from services.matching.models import (
    Company,
    Match,
    Need,
    NeedHolder,
    NeedProfile,
    NoMatch,
    Notice,
    Placement,
    Pooled,
    SavedSearch,
    Shortlisted,
    WishesCopy,
)
from services.matching.rules import carousel, catalogue, gaps
from services.matching.rules.carousel import Course
from services.matching.rules.gaps import Gap, Unmet
from shared.danish import sort_key
from shared.policy import Policy
from shared.retention import years_from

HAPPENED = 50


class Offer(NamedTuple):
    """What somebody was once put forward for, and the agreement that came of it."""

    match: Match
    need: Need
    company: Company
    placement: Placement | None


def offers_of(session: Session, citizen_id: UUID) -> list[Offer]:
    """All that somebody was put forward for, newest first."""
    rows = (
        select(Match, Need, Company, Placement)
        .join(Need, Need.id == Match.need_id)
        .join(Company, Company.id == Match.company_id)
        .outerjoin(Placement, (Placement.match_id == Match.id) & (Placement.state != "refused"))
        .where(Match.citizen_id == citizen_id)
        .order_by(Match.proposed_at.desc(), Match.id)
    )
    return [Offer(*row) for row in session.execute(rows)]


def in_carousel(session: Session, citizen_ids: Collection[UUID], policy: Policy, today: date) -> dict[UUID, int]:
    """Those of the people who had many placements without more hours, with how many; nobody without the rows."""
    least, years = (policy.find(f"carousel.{name}", today) for name in ("placements", "years"))
    if least is None or years is None or not citizen_ids:
        return {}
    rows = session.execute(
        select(Placement.citizen_id, Placement.starts_on, Placement.weekly_hours).where(
            Placement.citizen_id.in_(citizen_ids),
            Placement.state == "agreed",
            Placement.starts_on >= years_from(today, -years.value),
        )
    )
    courses: dict[UUID, list[Course]] = {}
    for citizen_id, starts_on, hours in rows:
        courses.setdefault(citizen_id, []).append(Course(starts_on, hours))
    return {one: len(had) for one, had in courses.items() if carousel.turns(had, least.value)}


def shortlist(session: Session, need_id: UUID) -> list[UUID]:
    """Who is kept in mind for a need, the first first."""
    rows = select(Shortlisted.citizen_id).where(Shortlisted.need_id == need_id).order_by(Shortlisted.added_at)
    return list(session.scalars(rows.order_by(Shortlisted.id)))


def taking_part(session: Session, citizen_ids: Collection[UUID]) -> set[UUID]:
    """Those of the people who take part in matching."""
    rows = select(WishesCopy.citizen_id).where(WishesCopy.citizen_id.in_(citizen_ids), WishesCopy.consent_to_matching)
    return set(session.scalars(rows))


def of_withdrawn(table: Any, citizen_ids: Collection[UUID]) -> ColumnElement[bool]:
    """The condition on a table's rows that they are of those of the citizens who take part no more."""
    staying = select(WishesCopy.citizen_id).where(
        WishesCopy.citizen_id == table.citizen_id, WishesCopy.consent_to_matching
    )
    return and_(table.citizen_id.in_(citizen_ids), ~staying.exists())


def pool_of(session: Session, occupation: str) -> list[UUID]:
    """Who is kept in mind for the next need of an occupation."""
    rows = select(Pooled.citizen_id).where(Pooled.occupation == occupation).order_by(Pooled.added_at, Pooled.id)
    return list(session.scalars(rows))


def holder(session: Session, need_id: UUID) -> NeedHolder | None:
    """Which consultant has the need."""
    return session.get(NeedHolder, need_id)


def handed_on(session: Session) -> list[tuple[NeedHolder, Need, Company]]:
    """The needs that wait for a colleague to take them over, the longest waiting first."""
    rows = (
        select(NeedHolder, Need, Company)
        .join(Need, Need.id == NeedHolder.need_id)
        .join(Company, Company.id == Need.company_id)
        .where(NeedHolder.offered_at.is_not(None), Need.state != "closed")
        .order_by(NeedHolder.offered_at)
    )
    return [(held, need, company) for held, need, company in session.execute(rows)]


def held_by(session: Session, subject: str) -> list[tuple[Need, Company]]:
    """The needs that a consultant has and that are not closed."""
    rows = (
        select(Need, Company)
        .join(NeedHolder, NeedHolder.need_id == Need.id)
        .join(Company, Company.id == Need.company_id)
        .where(NeedHolder.held_by == subject, Need.state != "closed")
        .order_by(Need.id)
    )
    return [(need, company) for need, company in session.execute(rows)]


def notices(session: Session, subject: str) -> list[tuple[Notice, Need, Company]]:
    """What a consultant was told last, newest first."""
    rows = (
        select(Notice, Need, Company)
        .join(Need, Need.id == Notice.need_id)
        .join(Company, Company.id == Need.company_id)
        .where(Notice.to_subject == subject)
        .order_by(Notice.at.desc(), Notice.id.desc())
        .limit(HAPPENED)
    )
    return [(notice, need, company) for notice, need, company in session.execute(rows)]


def searches(session: Session, owner: str) -> Sequence[SavedSearch]:
    """What a consultant wants to hear of."""
    return session.scalars(select(SavedSearch).where(SavedSearch.owner == owner).order_by(SavedSearch.id)).all()


def diary(session: Session, need_id: UUID) -> Sequence[NoMatch]:
    """Why nobody was proposed for a need, newest first."""
    rows = select(NoMatch).where(NoMatch.need_id == need_id)
    return session.scalars(rows.order_by(NoMatch.on_day.desc(), NoMatch.id.desc())).all()


def gap_list(session: Session, since: date, until: date) -> tuple[list[Gap], int]:
    """What was missing in a period, and for how many needs nobody was proposed; a need counts once."""
    rows = (
        select(NoMatch, Need, NeedProfile)
        .join(Need, Need.id == NoMatch.need_id)
        .outerjoin(NeedProfile, NeedProfile.need_id == Need.id)
        .where(NoMatch.on_day.between(since, until))
        .order_by(NoMatch.on_day, NoMatch.id)
    )
    noted: dict[UUID, tuple[set[str], Need, NeedProfile | None]] = {}
    for one, need, profile in session.execute(rows):
        noted.setdefault(need.id, (set(), need, profile))[0].update(one.reasons)
    unmet = [
        Unmet(reasons=reasons, licences=need.licences, skills=profile.skills if profile else (), windows=need.windows)
        for reasons, need, profile in noted.values()
    ]
    return gaps.gathered(unmet), len(unmet)


def pools(session: Session) -> list[tuple[str, str]]:
    """The occupations that have a pool, with their titles in Danish order."""
    found = session.scalars(select(Pooled.occupation).distinct())
    named = [(star_id, title.title) for star_id in found if (title := catalogue.find_occupation(star_id))]
    return sorted(named, key=lambda one: sort_key(one[1]))
