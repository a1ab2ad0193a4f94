"""What a plan for the whole office is made from, and the newest there is."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from services.matching.engine.plan import Vacancy
from services.matching.models import Knowledge, Match, Need, Placement
from services.matching.models.plans import Plan, PlanLine
from services.matching.queries import vacancies

_AGREED = exists().where(Placement.match_id == Match.id, Placement.state == "agreed")
# Somebody is waiting for an answer, or for an agreement.
UNDER_WAY = or_(Match.state.in_(("proposed", "consented")), and_(Match.state == "accepted", ~_AGREED))


def open_vacancies(session: Session, today: date) -> list[Vacancy]:
    """Open needs with seats that nobody is proposed for, each without those who said no to it, are placed then, or are
    not put forward for now."""
    left = _seats_left()
    rows = session.execute(select(Need, left).where(Need.state == "open", left > 0).order_by(Need.id)).all()
    openings = vacancies.openings(session, [need for need, _left in rows])
    busy = set(session.scalars(select(Match.citizen_id).where(UNDER_WAY)))
    busy |= set(session.scalars(select(Knowledge.citizen_id).where(Knowledge.paused)))
    settled = _settled(session)
    placed = session.execute(
        select(Placement.citizen_id, func.max(Placement.ends_on))
        .where(Placement.state == "agreed", Placement.ends_on >= today)
        .group_by(Placement.citizen_id)
    ).all()
    return [
        Vacancy(
            replace(openings[need.id], brought=None), min(seats, openings[need.id].mentor_room or seats),
            frozenset(busy | settled[need.id] | {who for who, ends in placed if ends >= max(need.starts_on, today)}),
        )
        for need, seats in rows
    ]  # fmt: skip


def seats_left(session: Session, need_id: UUID) -> int:
    """The seats of a need that nobody has or is proposed for; none where it is not open."""
    return session.scalar(select(_seats_left()).where(Need.id == need_id, Need.state == "open")) or 0


def _seats_left() -> ColumnElement[int]:
    waiting = select(func.count(Match.id)).where(Match.need_id == Need.id, Match.state.in_(("proposed", "consented")))
    return Need.positions - Need.taken - waiting.correlate(Need).scalar_subquery()


def _settled(session: Session) -> dict[UUID, set[UUID]]:
    """By need whom it was matched with, unless the company, the desk or the proposer ended that."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    over = (Match.state == "declined") & (Match.decliner != "citizen")
    for need_id, citizen_id in session.execute(select(Match.need_id, Match.citizen_id).where(~over)):
        found[need_id].add(citizen_id)
    return found


def proposed_since(session: Session, moment: datetime) -> set[UUID]:
    """Whom somebody proposed for a need after that, and did not take back."""
    stands = or_(Match.state != "declined", Match.decliner != "proposer")
    return set(session.scalars(select(Match.citizen_id).where(Match.proposed_at >= moment, stands)))


def newest(session: Session) -> Plan | None:
    """The plan that was made last."""
    return session.scalars(select(Plan).order_by(Plan.id.desc()).limit(1)).first()


def plan_lines(session: Session, plan: Plan, after: int, most: int) -> list[tuple[PlanLine, Match | None]]:
    """Its lines from there on, each with the proposal that was made of it."""
    rows = select(PlanLine, Match).outerjoin(Match, Match.id == PlanLine.match_id)
    found = session.execute(
        rows.where(PlanLine.plan_id == plan.id, PlanLine.place > after).order_by(PlanLine.place).limit(most)
    )
    return [(line, match) for line, match in found]


def approved(session: Session, plan: Plan) -> tuple[int, int]:
    """How many of its lines stand as proposals, of how many."""
    stands = func.count(Match.id).filter(Match.state != "declined")
    rows = select(stands, func.count(PlanLine.id)).select_from(PlanLine).outerjoin(Match, Match.id == PlanLine.match_id)
    done, lines = session.execute(rows.where(PlanLine.plan_id == plan.id)).one()
    return done, lines


def asked(session: Session, citizen_id: UUID) -> bool:
    """True where somebody waits for their answer, or they for an agreement, at any need."""
    return session.scalar(select(Match.id).where(Match.citizen_id == citizen_id, UNDER_WAY).limit(1)) is not None
