"""A job guarantee is agreed, judged on the way, and concluded by a person: kept, or not and why."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.followup import queries, rules
from services.followup.models import GuaranteeAssessment, JobGuarantee
from services.followup.use_cases import POLICY, courses
from shared import calendar, clock
from shared.database import new_id
from shared.errors import NotFound, Refused
from shared.events import EmploymentStarted, GuaranteeAgreed, GuaranteeAssessed, GuaranteeConcluded
from shared.outbox import record


def agree(
    session: Session, placement_id: UUID, *, starts_on: date | None, target_hours: float, agreed_by: str
) -> JobGuarantee:
    """The company promises a job with so many hours, if usual demands are met at the end."""
    placement = courses.locked(session, placement_id)
    if _of(session, placement_id) is not None:
        raise Refused("agreed_already", "Der er allerede aftalt en jobgaranti.", "There is a job guarantee already.")
    begins = starts_on or placement.starts_on
    found = rules.bounds(begins, POLICY)
    made = JobGuarantee(
        id=new_id(), placement_id=placement_id, starts_on=begins, target_hours=target_hours,
        earliest_end=found.earliest, latest_end=found.latest, policies=" ".join(found.policies), agreed_by=agreed_by,
        agreed_at=clock.now(),
    )  # fmt: skip
    session.add(made)
    record(session, GuaranteeAgreed(
        guarantee_id=made.id, placement_id=placement_id, citizen_id=placement.citizen_id,
        company_id=placement.company_id, target_hours=target_hours, earliest_end=found.earliest,
        latest_end=found.latest,
    ), made)  # fmt: skip
    return made


def _of(session: Session, placement_id: UUID, *, locked: bool = False) -> JobGuarantee | None:
    wanted = select(JobGuarantee).where(JobGuarantee.placement_id == placement_id)
    return session.scalar(wanted.with_for_update() if locked else wanted)


def _open(session: Session, placement_id: UUID) -> JobGuarantee:
    found = _of(session, placement_id, locked=True)
    if found is None:
        raise NotFound
    if found.concluded_on is not None:
        raise Refused("concluded", "Garantien er afsluttet.", "The guarantee is concluded.")
    return found


def withdraw(session: Session, placement_id: UUID, *, version: int) -> None:
    """It was not agreed after all, on the day it was noted and before anybody judged anything."""
    courses.locked(session, placement_id)
    found = _open(session, placement_id)
    found.require_untouched(version)
    if calendar.danish_day(found.agreed_at) != clock.today() or queries.assessments(session, found.id):
        raise Refused("not_to_undo", "Der er ikke noget at fortryde.", "There is nothing to undo.")
    session.delete(found)
    session.flush()


def assess(session: Session, placement_id: UUID, *, met: dict[str, bool], made_by: str) -> JobGuarantee:
    """How the demands are met today."""
    placement, found = courses.locked(session, placement_id), _open(session, placement_id)
    today = clock.today()
    for criterion, is_met in met.items():
        row = {"met": is_met, "made_by": made_by, "made_at": clock.now()}
        put = insert(GuaranteeAssessment).values(
            id=new_id(), guarantee_id=found.id, on_day=today, criterion=criterion, **row
        )
        same = ["guarantee_id", "on_day", "criterion"]
        session.execute(put.on_conflict_do_update(index_elements=same, set_=row))
    found.assessed_at = clock.now()
    record(session, GuaranteeAssessed(
        guarantee_id=found.id, placement_id=placement_id, citizen_id=placement.citizen_id, on=today,
        met=tuple(one for one, is_met in met.items() if is_met),
    ), found)  # fmt: skip
    return found


def conclude(
    session: Session, placement_id: UUID, *, outcome_code: str, reason_code: str | None, made_by: str
) -> JobGuarantee:
    """Kept: the job begins with the hours that are paid today. Not kept: a person says why."""
    placement, found, today = courses.locked(session, placement_id), _open(session, placement_id), clock.today()
    rules.check_guarantee(outcome_code, reason_code, today, found.earliest_end)
    if outcome_code == rules.FULFILLED:
        begun = [step for step in queries.steps_of(session, placement_id) if step.since <= today]
        paid = begun[-1].paid if begun else 0.0
        rules.check_kept(queries.judged(session, found.id), paid, found.target_hours)
        record(session, EmploymentStarted(
            placement_id=placement_id, citizen_id=placement.citizen_id, company_id=placement.company_id,
            since=begun[-1].since, weekly_hours=paid,
        ), placement)  # fmt: skip
    found.outcome_code = outcome_code
    found.reason_code = reason_code if outcome_code == rules.NOT_FULFILLED else None
    found.concluded_on, found.concluded_by = today, made_by
    return _told(session, found, placement.citizen_id)


def reopen(session: Session, placement_id: UUID, *, version: int) -> JobGuarantee:
    """It was not concluded after all, on the same day."""
    placement, found = courses.locked(session, placement_id), _of(session, placement_id, locked=True)
    if found is None or found.concluded_on != clock.today():
        raise Refused("not_to_undo", "Der er ikke noget at fortryde.", "There is nothing to undo.")
    found.require_untouched(version)
    found.outcome_code = found.reason_code = found.concluded_on = found.concluded_by = None
    return _told(session, found, placement.citizen_id)


def _told(session: Session, found: JobGuarantee, citizen_id: UUID) -> JobGuarantee:
    record(session, GuaranteeConcluded(
        guarantee_id=found.id, placement_id=found.placement_id, citizen_id=citizen_id, outcome_code=found.outcome_code,
        reason_code=found.reason_code,
    ), found)  # fmt: skip
    return found


def check_none_open(session: Session, placement_id: UUID) -> None:
    """A placement with a promise is not ended before the promise is; raises Refused (A21)."""
    found = _of(session, placement_id)
    if found is not None and found.concluded_on is None:
        raise Refused(
            "guarantee_open",
            "Forløbet har en jobgaranti. Afslut den først.",
            "The placement has a job guarantee. Conclude that first.",
        )
