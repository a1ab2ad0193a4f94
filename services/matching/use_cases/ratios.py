"""Ratio checks: weighed, kept, and held behind the workplace's row."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.models import Placement, RatioCheck, Workplace
from services.matching.rules import ratio
from services.matching.rules.ratio import Supported, Verdict
from services.matching.use_cases import POLICY
from shared import clock
from shared.database import new_id
from shared.errors import Invalid, NotFound
from shared.events import RatioChecked
from shared.outbox import record


def check_ratio(session: Session, p_number: str, *, ratio_exemption: str | None, **offer: Any) -> RatioCheck:
    """How the workplace stands against § 65 with one more; kept whatever it says."""
    if offer["ends_on"] < offer["starts_on"]:
        raise Invalid({"ends_on": "Før starten. / Before the start."})
    verdict = judge(session, locked_workplace(session, p_number), Supported(**offer), ratio_exemption)
    return keep(session, p_number, Supported(**offer), verdict)


def weigh_ratio(session: Session, p_number: str, *, ratio_exemption: str | None, **offer: Any) -> Verdict:
    """How the workplace would stand against § 65 with one more; nothing is kept, and no place is held."""
    workplace = queries.find_workplace(session, p_number)
    if workplace is None:
        raise NotFound
    return judge(session, workplace, Supported(**offer), ratio_exemption)


def locked_workplace(session: Session, p_number: str) -> Workplace:
    """The workplace, held until the transaction ends: agreements on it queue up."""
    workplace = session.scalar(select(Workplace).where(Workplace.p_number == p_number).with_for_update())
    if workplace is None:
        raise NotFound
    return workplace


def judge(
    session: Session,
    workplace: Workplace,
    new: Supported,
    exemption: str | None,
    *,
    agreed_beside: UUID | None = None,
) -> Verdict:
    """Against everybody there, waiting agreements too, or, beside one that is being approved, those agreed only."""
    others = queries.supported_at(session, workplace.p_number, new.starts_on, but=agreed_beside)
    return ratio.check(
        new,
        queries.staff_of(session, [workplace.id])[workplace.id],
        [one for one in others if agreed_beside is None or not one.pending],
        elsewhere_fte=workplace.supported_elsewhere_fte,
        exemption=exemption,
        policy=POLICY,
    )


def keep(session: Session, p_number: str, new: Supported, verdict: Verdict) -> RatioCheck:
    """The row, and its event where something was counted: that somebody is exempt tells of their health."""
    check = RatioCheck(
        id=new_id(),
        p_number=p_number,
        at=clock.now(),
        offer_type=new.offer_type,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        months=list(verdict.months),
        ordinary_fte=None if verdict.ordinary_fte is None else float(verdict.ordinary_fte),
        supported_fte=None if verdict.supported_fte is None else float(verdict.supported_fte),
        adding_fte=float(verdict.adding_fte),
        limit=verdict.limit,
        result=verdict.result,
        policy=verdict.policy,
    )
    session.add(check)
    if check.ordinary_fte is not None and check.supported_fte is not None and check.limit is not None:
        record(session, RatioChecked(
            check_id=check.id, p_number=p_number, ordinary_fte=check.ordinary_fte, supported_fte=check.supported_fte,
            limit=check.limit, result=check.result, policy=check.policy,
        ))  # fmt: skip
    session.flush()
    return check


def hold_the_place(session: Session, placement: Placement) -> None:
    """The ratio once more, behind the workplace's row, against those that are agreed: the last place is one's only."""
    workplace = locked_workplace(session, placement.p_number)
    new = Supported(placement.offer_type, placement.starts_on, placement.ends_on, placement.weekly_hours)
    verdict = judge(session, workplace, new, placement.ratio_exemption, agreed_beside=placement.id)
    ratio.require_allowed(verdict)
    placement.ratio = keep(session, placement.p_number, new, verdict)


def weigh_beside(session: Session, placement: Placement, new: Supported) -> Verdict:
    """How the workplace stands with an agreement of other dates or hours in place of its own."""
    workplace = queries.find_workplace(session, placement.p_number)
    if workplace is None:
        raise NotFound
    return judge(session, workplace, new, placement.ratio_exemption, agreed_beside=placement.id)
