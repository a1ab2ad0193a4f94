"""A job guarantee as it stands: month by month, what was judged, and those to be concluded soon."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.followup import rules
from services.followup.models import GuaranteeAssessment, JobGuarantee, Placement
from services.followup.queries.hours import steps_of
from services.followup.queries.placements import names_of, placement, values_of
from services.followup.queries.whose import cases_of
from services.followup.use_cases import POLICY
from shared import clock
from shared.auth import Principal
from shared.lookups import looked

OF_GUARANTEE = (
    "id", "placement_id", "starts_on", "target_hours", "earliest_end", "latest_end", "concluded_on", "outcome_code",
    "reason_code", "agreed_at", "version",
)  # fmt: skip


def assessments(session: Session, guarantee_id: UUID) -> Sequence[GuaranteeAssessment]:
    """What was judged, oldest first."""
    wanted = select(GuaranteeAssessment).where(GuaranteeAssessment.guarantee_id == guarantee_id)
    return session.scalars(wanted.order_by(GuaranteeAssessment.on_day, GuaranteeAssessment.criterion)).all()


def judged(session: Session, guarantee_id: UUID) -> dict[str, bool]:
    """The newest word on each demand."""
    return {one.criterion: one.met for one in assessments(session, guarantee_id)}


def guarantee(session: Session, principal: Principal, placement_id: UUID) -> dict[str, Any]:
    """The guarantee with its months and what was judged; None in it where there is none."""
    of = placement(session, principal, placement_id)
    found = session.scalar(select(JobGuarantee).where(JobGuarantee.placement_id == placement_id))
    if found is None:
        return {"placement": of, "guarantee": None, "months": [], "assessments": []}
    lasts = min(found.concluded_on or clock.today(), found.latest_end)
    months = rules.by_month(steps_of(session, placement_id), found.starts_on, lasts)
    return {
        "placement": of,
        "guarantee": values_of(found, *OF_GUARANTEE) | {"policies": found.policies.split()},
        "months": [{"month": month, "placement_hours": at, "paid_hours": paid} for month, at, paid in months],
        "assessments": [values_of(one, "on_day", "criterion", "met") for one in assessments(session, found.id)],
    }


def guarantees_due(session: Session, principal: Principal, whose: str, limit: int) -> list[dict[str, Any]]:
    """Guarantees that are to be concluded soon or are late, the first one first."""
    today = clock.today()
    until = today + timedelta(days=POLICY.row("guarantee.warned_before", today).value)
    wanted = select(JobGuarantee, Placement).join(Placement, Placement.id == JobGuarantee.placement_id)
    wanted = wanted.where(JobGuarantee.concluded_on.is_(None), JobGuarantee.latest_end <= until)
    wanted = wanted.where(cases_of(principal, whose)).order_by(JobGuarantee.latest_end, JobGuarantee.id)
    found = session.execute(wanted.limit(limit)).all()
    looked(session, *(row.Placement.citizen_id for row in found))
    return [_line(row.JobGuarantee, row.Placement, today) for row in found]


def _line(found: JobGuarantee, of: Placement, today: date) -> dict[str, Any]:
    late = (today - found.latest_end).days
    return values_of(found, "placement_id", "latest_end", "target_hours") | names_of(of) | {"days_late": late}
