"""Hours as they were, the brake, the level that lasts, what has to be on file, and tasks that become paid."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.followup import queries, rules
from services.followup.models import DocumentGate, HourAgreement, HourReview, Placement, WeekHours, WorkTask
from services.followup.use_cases import POLICY, courses, hours
from shared import clock
from shared.auth import Principal
from shared.database import new_id
from shared.errors import NotFound, Refused
from shared.events import DocumentGatePassed, HourStepExceeded, SustainableLevelSet
from shared.outbox import record

AT_ONCE, LOOK_BACK = 200, timedelta(weeks=3)


def tell_week(
    session: Session, principal: Principal, placement_id: UUID, *, monday: date, worked: float, told_by: str
) -> WeekHours:
    """How many hours a week had; told again, the later word counts. What is above the step is seen when it closes."""
    found = _told_of(session, principal, placement_id)
    monday = rules.monday_of(monday)
    rules.check_week(monday, found.starts_on, clock.today())
    wanted = select(WeekHours).where(WeekHours.placement_id == placement_id, WeekHours.monday == monday)
    row = session.scalar(wanted.with_for_update())
    if row is None:
        row = WeekHours(id=new_id(), placement_id=placement_id, monday=monday)
        session.add(row)
    row.hours, row.told_by, row.noted_by, row.noted_at = worked, told_by, principal.subject, clock.now()
    session.flush()
    return row


def _told_of(session: Session, principal: Principal, placement_id: UUID) -> Placement:
    if principal.kind != "citizen":
        return queries.placement(session, principal, placement_id)
    return queries.own_placement(session, principal, placement_id)


def close_weeks(session: Session) -> bool:
    """Weeks that are over and above what was agreed are given to adviser and coordinator; contact becomes closer."""
    today = clock.today()
    since = rules.monday_of(today) - LOOK_BACK
    over = queries.worked_weeks(session, since, rules.monday_of(today))
    reviewed = session.execute(select(HourReview.placement_id, HourReview.monday).where(HourReview.monday >= since))
    known = {(row.placement_id, row.monday) for row in reviewed}
    for placement_id in sorted({one for one, _monday in over}):
        steps = queries.steps_of(session, placement_id)
        for monday in sorted(monday for one, monday in over if one == placement_id):
            week = rules.Week(monday, rules.agreed_in(steps, monday), over[placement_id, monday])
            if week.above and (placement_id, monday) not in known:
                _review(session, placement_id, week)
    return False


def _review(session: Session, placement_id: UUID, week: rules.Week) -> None:
    placement = courses.locked(session, placement_id)
    worked = week.worked or 0.0
    review = HourReview(
        id=new_id(), placement_id=placement_id, monday=week.monday, agreed=week.agreed, worked=worked,
        made_at=clock.now(),
    )  # fmt: skip
    session.add(review)
    record(session, HourStepExceeded(
        review_id=review.id, placement_id=placement_id, citizen_id=placement.citizen_id, monday=week.monday,
        agreed=week.agreed, worked=worked,
    ), review)  # fmt: skip
    courses.tighten(session, placement, "hours_exceeded")


def look_at(session: Session, principal: Principal, placement_id: UUID, review_id: UUID, *, seen: bool) -> HourReview:
    """The adviser, or a consultant as coordinator, has looked at the week, or has not after all."""
    queries.placement(session, principal, placement_id)
    review = session.get(HourReview, review_id, with_for_update=True)
    if review is None or review.placement_id != placement_id:
        raise NotFound
    at, by = (clock.now(), principal.subject) if seen else (None, None)
    if "adviser" in principal.roles:
        review.adviser_at, review.adviser_by = at, by
    else:
        review.coordinator_at, review.coordinator_by = at, by
    session.flush()
    return review


def set_sustainable(
    session: Session, placement_id: UUID, *, weekly_hours: float | None, since: date | None
) -> Placement:
    """The level that lasts, recorded as final; without hours that was a mistake."""
    placement = courses.locked(session, placement_id)
    placement.sustainable_hours = weekly_hours
    placement.sustainable_from = None if weekly_hours is None else since or clock.today()
    record(session, SustainableLevelSet(
        placement_id=placement.id, citizen_id=placement.citizen_id, weekly_hours=weekly_hours,
        since=placement.sustainable_from,
    ), placement)  # fmt: skip
    return placement


def hide_hours(session: Session, placement_id: UUID, *, hidden: bool) -> Placement:
    """The citizen's own pages show no hours, or show them again (C8)."""
    placement = courses.locked(session, placement_id)
    placement.hours_hidden = hidden
    session.flush()
    return placement


def lay_gates(session: Session, placement: Placement) -> None:
    """What has to be on file before hours are agreed, by the row for the placement's purpose (A22)."""
    row = POLICY.find("gate.before_hours", placement.starts_on, placement.purpose_code)
    if row is not None:
        session.add(DocumentGate(id=new_id(), placement_id=placement.id, gate_code=row.value, policy=row.name))


def pass_gate(
    session: Session, principal: Principal, placement_id: UUID, *, gate_code: str, document_ref: str | None
) -> DocumentGate:
    """The document is on file under that reference; without one that was a mistake."""
    placement = queries.placement(session, principal, placement_id)
    wanted = select(DocumentGate).where(DocumentGate.placement_id == placement_id, DocumentGate.gate_code == gate_code)
    gate = session.scalar(wanted.with_for_update())
    if gate is None:
        raise NotFound
    gate.document_ref = document_ref
    gate.passed_at, gate.passed_by = (clock.now(), principal.subject) if document_ref else (None, None)
    record(session, DocumentGatePassed(
        gate_id=gate.id, placement_id=placement_id, citizen_id=placement.citizen_id, gate_code=gate_code,
        document_ref=document_ref,
    ), gate)  # fmt: skip
    return gate


def add_task(session: Session, placement_id: UUID, *, name: str, weekly_hours: float) -> WorkTask:
    """A task that somebody is learning."""
    courses.locked(session, placement_id)
    task = WorkTask(id=new_id(), placement_id=placement_id, name=name, weekly_hours=weekly_hours, made_at=clock.now())
    session.add(task)
    session.flush()
    return task


def drop_task(session: Session, placement_id: UUID, task_id: UUID) -> None:
    """It was no task of theirs; one whose hours are paid already stays."""
    courses.locked(session, placement_id)
    task = session.get(WorkTask, task_id)
    if task is None or task.placement_id != placement_id:
        raise NotFound
    if task.mastered_on is not None:
        raise Refused("task_mastered", "Opgavens timer er allerede lønnede.", "The task's hours are paid already.")
    session.delete(task)
    session.flush()


def master(session: Session, placement_id: UUID, task_id: UUID, *, since: date) -> HourAgreement:
    """The task is mastered: its hours are paid from a day on, and fewer are left of the placement (C4)."""
    courses.locked(session, placement_id)
    task = session.get(WorkTask, task_id, with_for_update=True)
    if task is None or task.placement_id != placement_id:
        raise NotFound
    if task.mastered_on is not None:
        raise Refused("task_mastered", "Opgavens timer er allerede lønnede.", "The task's hours are paid already.")
    begun = [step for step in queries.steps_of(session, placement_id) if step.since <= since]
    if not begun:
        raise Refused("no_hours", "Der er ikke aftalt timer den dag.", "No hours are agreed for that day.")
    placement_hours, paid_hours = rules.after_mastering(begun[-1], task.weekly_hours)
    task.mastered_on = since
    return hours.agree_hours(
        session, placement_id, starts_on=since, placement_hours=placement_hours, paid_hours=paid_hours,
        reason_code="task_mastered", asked_by="company",
    )  # fmt: skip
