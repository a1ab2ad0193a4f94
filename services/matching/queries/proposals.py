"""Matches: with the person for staff, without for companies."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from services.matching.models import CitizenCopy, Company, Match, Need, Placement, WishesCopy
from services.matching.queries.border import Own, within
from services.matching.queries.paging import latest
from services.matching.queries.vacancies import require_own
from services.matching.rules.portal import fits
from shared.calendar import danish_time
from shared.errors import NotFound
from shared.lookups import looked
from shared.paging import page


class Named(NamedTuple):
    """What a citizen is called, where intake has told and may tell."""

    name: str | None
    protected: bool


def names(session: Session, citizen_ids: Collection[UUID]) -> dict[UUID, Named]:
    """What the citizens are called, for staff; those that intake has not told of are left out."""
    columns = select(CitizenCopy.citizen_id, CitizenCopy.name, CitizenCopy.protected)
    rows = session.execute(columns.where(CitizenCopy.citizen_id.in_(citizen_ids)))
    return {citizen_id: Named(name, protected) for citizen_id, name, protected in rows}


def match(session: Session, match_id: UUID) -> Match:
    """One match, for staff; raises NotFound."""
    found = session.get(Match, match_id)
    if found is None:
        raise NotFound
    looked(session, found.citizen_id)
    return found


def matches(session: Session, *, need_id: UUID | None, **how: Any) -> dict[str, Any]:
    """A page of matches, for staff."""
    rows = select(Match) if need_id is None else select(Match).where(Match.need_id == need_id)
    found = page(session, rows, Match.id, **how)
    looked(session, *(one.citizen_id for one in found["items"]))
    return found


def latest_matches(session: Session, need_id: UUID, most: int) -> list[Match]:
    """A need's newest matches, for staff, in the order of making."""
    found = latest(session, select(Match).where(Match.need_id == need_id), Match.id, most)
    looked(session, *(one.citizen_id for one in found))
    return found


def matches_of(session: Session, citizen_id: UUID, *states: str) -> list[tuple[Match, Need, Company]]:
    """A citizen's matches in these states with what and where they are for, oldest first."""
    rows = (
        select(Match, Need, Company)
        .join(Need, Need.id == Match.need_id)
        .join(Company, Company.id == Match.company_id)
        .where(Match.citizen_id == citizen_id, Match.state.in_(states))
    )
    return [(one, asked, company) for one, asked, company in session.execute(rows.order_by(Match.id))]


def placement_of(session: Session, match_id: UUID) -> Placement | None:
    """The agreement on a match; a refused one where there is no other."""
    rows = select(Placement).where(Placement.match_id == match_id).order_by(Placement.id.desc())
    return session.scalars(rows.limit(1)).first()


def _company_matches(border: Own | None) -> Select[Any]:
    seen = select(Match).join(Company, Company.id == Match.company_id).join(Need, Need.id == Match.need_id)
    if border is not None:
        seen = seen.where(_MAY_APPEAR)
    return within(seen.where(Match.consented_at.is_not(None)), border, Need.p_number)


# Until intake has told, an identity counts as protected; those people staff speak for on the telephone.
_MAY_APPEAR = exists().where(CitizenCopy.citizen_id == Match.citizen_id, ~CitizenCopy.protected)


def require_shown(session: Session, border: Own | None, asked: Match) -> None:
    """Raises NotFound for a match that its company does not see: no consent yet, or a protected identity."""
    require_own(session, border, session.get_one(Need, asked.need_id))
    if border is not None and (asked.consented_at is None or not may_appear(session, asked)):
        raise NotFound


def may_appear(session: Session, asked: Match) -> bool:
    """False for a match of somebody with a protected identity, of whom no company hears by us."""
    return session.scalar(select(Match.id).where(Match.id == asked.id, _MAY_APPEAR)) is not None


def company_match(session: Session, border: Own | None, match_id: UUID) -> dict[str, Any]:
    """One match without the person; raises NotFound until the candidate has consented."""
    found = match(session, match_id)
    require_shown(session, border, found)
    if found.consented_at is None:
        raise NotFound
    return without_person(session, [found])[0]


def company_matches(session: Session, border: Own | None, *, need_id: UUID | None, **how: Any) -> dict[str, Any]:
    """A page of matches without the persons."""
    rows = _company_matches(border)
    found = page(session, rows if need_id is None else rows.where(Match.need_id == need_id), Match.id, **how)
    return found | {"items": without_person(session, found["items"])}


def latest_company_matches(
    session: Session, border: Own | None, most: int, *, need_id: UUID | None = None
) -> list[dict[str, Any]]:
    """All that wait for the company's answer, or for that of one need, then the newest others; without the persons."""
    rows = _company_matches(border)
    rows = rows if need_id is None else rows.where(Match.need_id == need_id)
    return without_person(session, latest(session, rows, Match.id, most, waiting=Match.state == "consented"))


def company_meetings(session: Session, border: Own | None, since: date, until: date) -> list[dict[str, Any]]:
    """Matches with a meeting in the period, both days in it; without the persons."""
    first, end = danish_time(since, 0), danish_time(until + timedelta(days=1), 0)
    rows = _company_matches(border).where(Match.meeting_at >= first, Match.meeting_at < end)
    met = session.scalars(rows).all()
    return [one for one in without_person(session, met) if one["meeting_at"]] if met else []


def withdrawn(session: Session, matches: Iterable[Match]) -> set[UUID]:
    """Those of the matches whose citizen takes part no more (A25)."""
    pairs = {match.id: match.citizen_id for match in matches}
    taking_part = select(WishesCopy.citizen_id).where(
        WishesCopy.citizen_id.in_(pairs.values()), WishesCopy.consent_to_matching
    )
    staying = set(session.scalars(taking_part))
    return {match_id for match_id, citizen_id in pairs.items() if citizen_id not in staying}


def agreed(session: Session, matches: Iterable[Match]) -> set[UUID]:
    """Those of the matches that an agreement was made on; one that waits or was refused is none."""
    ids = [match.id for match in matches]
    made = select(Placement.match_id).where(Placement.match_id.in_(ids), Placement.state == "agreed")
    return set(session.scalars(made))


def without_person(session: Session, matches: Sequence[Match]) -> list[dict[str, Any]]:
    """What a company may know of its matches (A24): nothing of who, and no needs once there is no reason to.

    A withdrawal ends the match unless an agreement was made, and hides the needs in either case.
    """
    looked(session, *(one.citizen_id for one in matches))
    gone, bound = withdrawn(session, matches), agreed(session, matches)
    asked = {row.id: row for row in session.scalars(select(Need).where(Need.id.in_({m.need_id for m in matches})))}
    answers = []
    for one in matches:
        ended = one.id in gone and one.id not in bound and one.state != "declined"
        state = "no_longer_available" if ended else one.state
        told = state in ("consented", "accepted")
        answers.append({
            "id": one.id,
            "need_id": one.need_id,
            "state": state,
            "title": asked[one.need_id].title,
            "occupation": asked[one.need_id].occupation,
            "functional_needs": one.disclosed_needs if told and one.id not in gone else [],
            "weekly_hours_min": one.weekly_hours_min if told else None,
            "weekly_hours_max": one.weekly_hours_max if told else None,
            "answer_due": one.answer_due if state == "consented" else None,
            "meeting_at": one.meeting_at if told else None,
            "fits": fits(one.factors, one.disclosed_needs, asked[one.need_id].adjustments)
            if told and one.id not in gone
            else [],
            "version": one.version,
        })  # fmt: skip
    return answers
