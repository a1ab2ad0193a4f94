"""Matching's reads. `cvr` limits to one company where a company is asking, None is the staff."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from services.matching.models import (
    CitizenCopy,
    Company,
    Match,
    Need,
    Placement,
    ReadinessCopy,
    StaffMonth,
    WishesCopy,
    Workplace,
)
from services.matching.rules import catalogue
from services.matching.rules.fitting import Candidate, Opening
from services.matching.rules.ratio import Staff, Supported
from services.matching.rules.week import read_week
from shared.auth import STAFF, Principal
from shared.errors import NotFound
from shared.paging import page


def own_cvr(principal: Principal) -> str | None:
    """The CVR number a caller is limited to; None for staff, and a number nobody has where none is known."""
    return None if set(principal.roles) & set(STAFF) else principal.organisation or ""


def company(session: Session, cvr: str | None, company_id: UUID) -> Company:
    """One company; raises NotFound, also where it is not the caller's own."""
    found = session.get(Company, company_id)
    if found is None or (cvr is not None and found.cvr != cvr):
        raise NotFound
    return found


def companies(session: Session, cvr: str | None, **how: Any) -> dict[str, Any]:
    """A page of companies."""
    return page(session, _limited(select(Company), cvr), Company.id, **how)


def _limited(statement: Select[Any], cvr: str | None) -> Select[Any]:
    return statement if cvr is None else statement.where(Company.cvr == cvr)


def find_workplace(session: Session, p_number: str) -> Workplace | None:
    """The workplace of a P-number."""
    return session.scalar(select(Workplace).where(Workplace.p_number == p_number))


def workplaces(session: Session, cvr: str | None, company_id: UUID) -> list[dict[str, Any]]:
    """A company's workplaces with their staff, in order of P-number."""
    company(session, cvr, company_id)
    rows = select(Workplace).where(Workplace.company_id == company_id).order_by(Workplace.p_number)
    return workplace_answers(session, session.scalars(rows).all())


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


def supported_at(session: Session, p_number: str, since: date) -> list[Supported]:
    """Everybody whom an agreement, waiting or made, gives a place at the P-number on that day or later."""
    rows = select(Placement.offer_type, Placement.starts_on, Placement.ends_on, Placement.weekly_hours).where(
        Placement.p_number == p_number, Placement.state != "refused", Placement.ends_on >= since
    )
    return [Supported(*row) for row in session.execute(rows.order_by(Placement.id))]


def need(session: Session, cvr: str | None, need_id: UUID) -> Need:
    """One need; raises NotFound."""
    found = session.get(Need, need_id)
    if found is None:
        raise NotFound
    company(session, cvr, found.company_id)
    return found


def needs(session: Session, cvr: str | None, *, state: str | None, **how: Any) -> dict[str, Any]:
    """A page of needs."""
    rows = _limited(select(Need).join(Company, Company.id == Need.company_id), cvr)
    if state in ("open", "filled"):
        full = Need.taken >= Need.positions
        rows = rows.where(Need.state == "open", full if state == "filled" else ~full)
    elif state is not None:
        rows = rows.where(Need.state == state)
    return page(session, rows, Need.id, **how)


def opening(session: Session, asked: Need) -> Opening:
    """A need as the rules see it."""
    workplace = session.scalars(select(Workplace).where(Workplace.p_number == asked.p_number)).one()
    return Opening(
        need_id=asked.id,
        occupation=asked.occupation,
        employment_form=asked.employment_form,
        weekly_hours_min=asked.weekly_hours_min,
        weekly_hours_max=asked.weekly_hours_max,
        windows=read_week(tuple(asked.windows)),
        days_required=asked.days_required,
        hours_per_day=asked.hours_per_day,
        licences=frozenset(asked.licences),
        adjustments=frozenset(asked.adjustments),
        mentor_offered=asked.mentor_offered,
        place=catalogue.place(workplace.postal_code),
    )


_WISHES = select(WishesCopy, CitizenCopy).outerjoin(CitizenCopy, CitizenCopy.citizen_id == WishesCopy.citizen_id)


def candidates(session: Session) -> list[Candidate]:
    """Everybody who takes part in matching."""
    taking_part = _WISHES.where(WishesCopy.consent_to_matching)
    return [_candidate(wishes, citizen) for wishes, citizen in session.execute(taking_part)]


def left_out(session: Session, asked: Need, today: date) -> dict[str, set[UUID]]:
    """Whom not to list for a need: those who said no to it, and those who have an agreement in its time."""
    declined = select(Match.citizen_id).where(
        Match.need_id == asked.id, Match.state == "declined", Match.decliner == "citizen"
    )
    placed = select(Placement.citizen_id).where(
        Placement.state == "agreed", Placement.ends_on >= max(asked.starts_on, today)
    )
    return {"declined": set(session.scalars(declined)), "placed": set(session.scalars(placed))}


def candidate(session: Session, citizen_id: UUID) -> Candidate:
    """One citizen as the rules see them; raises NotFound where no wishes are known."""
    row = session.execute(_WISHES.where(WishesCopy.citizen_id == citizen_id)).one_or_none()
    if row is None:
        raise NotFound
    return _candidate(*row)


def _candidate(wishes: WishesCopy, citizen: CitizenCopy | None) -> Candidate:
    return Candidate(
        citizen_id=wishes.citizen_id,
        occupations=tuple(wishes.occupations),
        forms=frozenset(wishes.forms),
        weekly_hours_min=wishes.weekly_hours_min,
        weekly_hours_max=wishes.weekly_hours_max,
        availability=read_week(tuple(wishes.availability)),
        place=catalogue.find_place((citizen and citizen.postal_code) or wishes.postal_code),
        # Until intake has told, an address counts as protected.
        place_hidden=citizen is None or citizen.protected,
        travel_km_max=wishes.travel_km_max,
        licences=frozenset(wishes.licences),
        needs=frozenset(wishes.needs),
        mentor_wanted=wishes.mentor_wanted,
        consent=wishes.consent_to_matching,
    )


def category(session: Session, citizen_id: UUID) -> str | None:
    """The readiness category that was decided last."""
    return session.scalar(select(ReadinessCopy.category).where(ReadinessCopy.citizen_id == citizen_id))


def match(session: Session, match_id: UUID) -> Match:
    """One match, for staff; raises NotFound."""
    found = session.get(Match, match_id)
    if found is None:
        raise NotFound
    return found


def matches(session: Session, *, need_id: UUID | None, **how: Any) -> dict[str, Any]:
    """A page of matches, for staff."""
    rows = select(Match) if need_id is None else select(Match).where(Match.need_id == need_id)
    return page(session, rows, Match.id, **how)


def _company_matches(cvr: str | None) -> Select[Any]:
    seen = select(Match).join(Company, Company.id == Match.company_id)
    return _limited(seen.where(Match.consented_at.is_not(None)), cvr)


def company_match(session: Session, cvr: str | None, match_id: UUID) -> dict[str, Any]:
    """One match without the person; raises NotFound until the candidate has consented."""
    found = session.scalar(_company_matches(cvr).where(Match.id == match_id))
    if found is None:
        raise NotFound
    return without_person(session, [found])[0]


def company_matches(session: Session, cvr: str | None, *, need_id: UUID | None, **how: Any) -> dict[str, Any]:
    """A page of matches without the persons."""
    rows = _company_matches(cvr)
    found = page(session, rows if need_id is None else rows.where(Match.need_id == need_id), Match.id, **how)
    return found | {"items": without_person(session, found["items"])}


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
            "version": one.version,
        })  # fmt: skip
    return answers


def placement(session: Session, cvr: str | None, placement_id: UUID) -> Placement:
    """One agreement; raises NotFound."""
    found = session.get(Placement, placement_id)
    if found is None:
        raise NotFound
    company(session, cvr, found.company_id)
    return found


def placements(session: Session, cvr: str | None, **how: Any) -> dict[str, Any]:
    """A page of agreements."""
    rows = _limited(select(Placement).join(Company, Company.id == Placement.company_id), cvr)
    return page(session, rows, Placement.id, **how)
