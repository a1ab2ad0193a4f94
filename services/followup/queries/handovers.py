"""Hand-overs to and from somebody, and the promises that are open in a case."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from services.followup import rules
from services.followup.models import (
    Absence,
    Contact,
    HandOver,
    HandOverLine,
    HourReview,
    JobGuarantee,
    NextStep,
    Placement,
)
from services.followup.queries.placements import names_of, values_of
from services.followup.queries.whose import own_any
from services.followup.use_cases import POLICY
from shared import calendar, clock
from shared.auth import Principal
from shared.errors import NotFound
from shared.lookups import looked

OF_HAND_OVER = (
    "id", "kind", "from_owner", "to_owner", "from_on", "until_on", "made_by", "made_at", "withdrawn_at", "version",
)  # fmt: skip
OF_LINE = ("id", "placement_id", "kind", "due_on", "state", "passed_at")
MOST = 50
# Of which placement, of which kind, its id, and by when.
Promise = tuple[UUID, str, UUID, date | None]


def carried_promises(session: Session, of: Sequence[Placement], made: HandOver) -> Iterator[Promise]:
    """The cases themselves, and what is open in each: talks, next steps, hearings, a guarantee, weeks to look at."""
    today, by_id = clock.today(), [one.id for one in of]
    ahead = today + timedelta(days=POLICY.row("hand_over.days_ahead", today).value)
    until = calendar.danish_time((made.until_on or ahead) + timedelta(days=1), 0)
    yield from ((one.id, rules.CASE, one.id, None) for one in of)
    talks = select(Contact).where(
        Contact.placement_id.in_(by_id), Contact.held_at.is_(None), Contact.withdrawn_at.is_(None),
        Contact.planned_at < until,
    )  # fmt: skip
    for talk in session.scalars(talks.order_by(Contact.planned_at)):
        yield talk.placement_id, "contact", talk.id, calendar.danish_day(talk.planned_at)
    steps = select(NextStep).where(
        NextStep.placement_id.in_(by_id), NextStep.done_at.is_(None), NextStep.owner == made.from_owner
    )
    for step in session.scalars(steps.order_by(NextStep.due_on)):
        yield step.placement_id, "next_step", step.id, step.due_on
    heard = select(Placement.id, Absence.id, Absence.hearing_due).join(
        Absence, Absence.citizen_id == Placement.citizen_id
    )
    heard = heard.where(Placement.id.in_(by_id), Absence.hearing_due.is_not(None), Absence.closed_at.is_(None))
    for placement_id, absence_id, due in session.execute(heard.order_by(Absence.hearing_due)):
        yield placement_id, "hearing", absence_id, due
    open_ones = select(JobGuarantee).where(JobGuarantee.placement_id.in_(by_id), JobGuarantee.concluded_on.is_(None))
    for guarantee in session.scalars(open_ones):
        yield guarantee.placement_id, "guarantee", guarantee.id, guarantee.latest_end
    reviews = select(HourReview).where(
        HourReview.placement_id.in_(by_id), or_(HourReview.adviser_at.is_(None), HourReview.coordinator_at.is_(None))
    )
    for review in session.scalars(reviews.order_by(HourReview.monday)):
        yield review.placement_id, "review", review.id, review.monday


def hand_overs(session: Session, principal: Principal) -> list[dict[str, Any]]:
    """The newest that somebody has asked for or been asked about, each with how many lines wait for an answer."""
    me = principal.subject
    waiting = func.count().filter(HandOverLine.state.is_(None)).label("waiting")
    wanted = select(HandOver, waiting).join(HandOverLine, HandOverLine.hand_over_id == HandOver.id)
    wanted = wanted.where(or_(HandOver.to_owner == me, HandOver.from_owner == me, HandOver.made_by == me))
    rows = session.execute(wanted.group_by(HandOver.id).order_by(HandOver.made_at.desc(), HandOver.id).limit(MOST))
    return [values_of(row.HandOver, *OF_HAND_OVER) | {"waiting": row.waiting} for row in rows]


def own_and_waiting(session: Session, principal: Principal) -> tuple[bool, int]:
    """Whether any case is the caller's, and how many lines wait for their answer."""
    wanted = select(func.count()).select_from(HandOverLine).join(HandOver, HandOver.id == HandOverLine.hand_over_id)
    mine = HandOver.to_owner == principal.subject, HandOver.withdrawn_at.is_(None), HandOverLine.state.is_(None)
    both = session.execute(select(own_any(principal), wanted.where(*mine).scalar_subquery())).one()
    return bool(both[0]), int(both[1])


def hand_over(session: Session, hand_over_id: UUID) -> dict[str, Any]:
    """One with its cases and their lines; raises NotFound."""
    found = session.get(HandOver, hand_over_id)
    if found is None:
        raise NotFound
    wanted = select(HandOverLine).where(HandOverLine.hand_over_id == hand_over_id)
    lines = session.scalars(wanted.order_by(HandOverLine.placement_id, HandOverLine.due_on.nulls_first())).all()
    looked(session, *(line.placement.citizen_id for line in lines))
    grouped: dict[UUID, dict[str, Any]] = {}
    for line in lines:
        case = grouped.setdefault(
            line.placement_id,
            {"placement_id": line.placement_id, "lines": [], "passed": False, "refused": False}
            | names_of(line.placement),
        )
        case["lines"].append(values_of(line, *OF_LINE))
        case["passed"] |= line.passed_at is not None
        case["refused"] |= line.state == rules.REFUSED
    return values_of(found, *OF_HAND_OVER) | {"cases": list(grouped.values())}


def own_cases(session: Session, principal: Principal) -> list[dict[str, Any]]:
    """The caller's cases under way, to choose from."""
    wanted = select(Placement).where(Placement.owner == principal.subject, Placement.ends_on >= clock.today())
    found = session.scalars(wanted.order_by(Placement.starts_on, Placement.id)).all()
    looked(session, *(one.citizen_id for one in found))
    return [{"id": one.id} | names_of(one) for one in found]


def cover_of(session: Session, placement_id: UUID) -> dict[str, Any] | None:
    """Who covers a case today, and until when."""
    today = clock.today()
    wanted = select(HandOver.to_owner, HandOver.until_on).join(HandOverLine, HandOverLine.hand_over_id == HandOver.id)
    wanted = wanted.join(Placement, Placement.id == HandOverLine.placement_id).where(
        HandOverLine.placement_id == placement_id, HandOver.from_owner == Placement.owner,
        HandOverLine.passed_at.is_not(None),
        HandOver.kind == rules.COVER, HandOver.withdrawn_at.is_(None), HandOver.from_on <= today,
        HandOver.until_on >= today,
    )  # fmt: skip
    row = session.execute(wanted.order_by(HandOver.made_at.desc()).limit(1)).one_or_none()
    return {"owner": row.to_owner, "until_on": row.until_on} if row else None
