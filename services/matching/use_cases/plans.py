"""The suggestion for the whole office: made at once, approved by people line by line. It decides nothing."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from services.matching.engine import plan as engine
from services.matching.engine.plan import Fairness, Planned
from services.matching.engine.points import Scales
from services.matching.engine.ties import salt_of
from services.matching.models import Match, Need
from services.matching.models.plans import Plan, PlanLine
from services.matching.queries import plans, pool
from services.matching.use_cases import POLICY, matches, positions, undoing
from shared import clock
from shared.database import new_id
from shared.errors import CannotUndo, NotFound, Refused
from shared.lookups import looked


def make_plan(session: Session, *, aim: str, made_by: str) -> Plan:
    """Who could go where today, everybody at once. It takes the place of the plan before."""
    today, plan_id = clock.today(), new_id()
    scales, salt = Scales.of(POLICY, today), salt_of(plan_id, today)
    points, days = (POLICY.row(f"plan.{name}", today) for name in ("unproposed_points", "unproposed_days"))
    vacancies = plans.open_vacancies(session, today)
    lately = plans.proposed_since(session, clock.now() - timedelta(days=days.value))
    found: Planned = pool.with_people(
        session, scales,
        lambda people: engine.planned(
            vacancies, people, scales, Fairness(points.value, lately), aim=aim, salt=salt
        ),
    )  # fmt: skip
    best, most = found.sums[engine.POINTS], found.sums[engine.PEOPLE]
    session.execute(delete(PlanLine))
    session.execute(delete(Plan))
    plan = Plan(
        id=plan_id, made_at=clock.now(), made_by=made_by, aim=aim, needs=len(vacancies),
        seats=sum(one.seats for one in vacancies), candidates=found.candidates,
        best_people=best.people, best_points=best.points, most_people=most.people, most_points=most.points,
        salt=salt,
        policies=sorted({points.name, days.name, *(name for one in vacancies for name in scales.names(one.opening))}),
    )  # fmt: skip
    session.add(plan)
    session.flush()
    order = sorted(found.lines, key=lambda line: (line.need_id, -line.score, line.citizen_id))
    session.add_all(
        PlanLine(plan_id=plan.id, place=place, need_id=line.need_id, citizen_id=line.citizen_id, score=line.score,
                 boost=line.boost)
        for place, line in enumerate(order, 1)
    )  # fmt: skip
    session.flush()
    return plan


def approve_line(session: Session, line_id: UUID, *, by: str) -> Match:
    """Put the person forward as by hand, if all that the plan went by still holds."""
    line = _locked(session, line_id)
    if line.match_id is not None and session.get_one(Match, line.match_id).state != "declined":
        raise Refused("already_proposed", "Borgeren er allerede foreslået.", "The candidate is proposed already.")
    session.get_one(Need, line.need_id, with_for_update=True)
    if plans.seats_left(session, line.need_id) <= 0:
        raise positions.no_position_left()
    if plans.asked(session, line.citizen_id):
        raise Refused(
            "asked_elsewhere",
            "Borgeren er imens blevet spurgt om et andet behov.",
            "The candidate has been asked about another need meanwhile.",
        )
    match = matches.propose_match(
        session, need_id=line.need_id, citizen_id=line.citizen_id, override_reason_code=None, proposed_by=by
    )
    session.flush()
    line.match_id = match.id
    return match


def withdraw_line(session: Session, line_id: UUID, version: int, *, by: str) -> Match:
    """The proposal that was made of the line was none after all, and the line waits again."""
    line = _locked(session, line_id)
    if line.match_id is None:
        raise CannotUndo
    return undoing.withdraw_proposal(session, line.match_id, version, by=by)


def _locked(session: Session, line_id: UUID) -> PlanLine:
    line = session.get(PlanLine, line_id, with_for_update=True)
    if line is None:
        raise NotFound
    looked(session, line.citizen_id)
    return line
