"""Each party's word halfway and at the end; what was agreed then happens, by a person's hand."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.followup import queries, rules
from services.followup.models import Conclusion, Evaluation, Placement
from services.followup.use_cases import cases, courses, guarantees, hours
from shared import clock
from shared.auth import Principal
from shared.database import new_id
from shared.errors import NotFound, Refused
from shared.events import EmploymentStarted, PlacementConcluded
from shared.outbox import record

# Why one moves on is talked about before it happens (Randers, Bysekretariatet).
MOVING_ON = ("expectation_talk", "find_another")


def say(
    session: Session,
    principal: Principal,
    placement_id: UUID,
    *,
    kind: str,
    party: str,
    verdict: str,
    words: str | None,
) -> Evaluation:
    """One party's word; said again, the later one counts until the placement is concluded."""
    if principal.kind == "citizen":
        queries.own_placement(session, principal, placement_id)
    else:
        queries.placement(session, principal, placement_id)
    if kind == "end" and queries.standing_end(session, placement_id) is not None:
        raise Refused(
            "concluded", "Forløbet er afsluttet. Tag afslutningen tilbage først.", "Concluded. Take that back first."
        )
    same = Evaluation.placement_id == placement_id, Evaluation.kind == kind, Evaluation.party == party
    row = session.scalar(select(Evaluation).where(*same).with_for_update())
    if row is None:
        row = Evaluation(id=new_id(), placement_id=placement_id, kind=kind, party=party)
        session.add(row)
    row.verdict, row.words, row.noted_by, row.noted_at = verdict, words, principal.subject, clock.now()
    session.flush()
    return row


def conclude(
    session: Session,
    placement_id: UUID,
    *,
    outcome_code: str,
    made_by: str,
    until: date | None = None,
    weekly_hours: float | None = None,
) -> Conclusion:
    """What was agreed happens: a job from the day after the last one where both say yes (A19), another area `until` a
    day (A20), or a talk about why one moves on and the search for another place.
    """
    placement = courses.locked(session, placement_id)
    verdicts = queries.verdicts_at_end(session, placement_id)
    rules.check_conclusion(outcome_code, verdicts)
    guarantees.check_none_open(session, placement_id)
    rules.check_next_area(outcome_code, until, weekly_hours)
    if queries.standing_end(session, placement_id) is not None:
        raise Refused("concluded", "Forløbet er allerede afsluttet.", "The placement is concluded already.")
    row = session.scalar(select(Conclusion).where(Conclusion.placement_id == placement_id))
    if row is None:
        row = Conclusion(id=new_id(), placement_id=placement_id)
        session.add(row)
    row.outcome_code, row.made_by, row.made_at, row.taken_back_at = outcome_code, made_by, clock.now(), None
    goes_on = outcome_code in (rules.HIRE, rules.NEXT_AREA)
    row.since = rules.employed_from(placement.ends_on) if goes_on else None
    if row.since is not None:
        _follows(session, placement, row, until, weekly_hours or 0.0)
    if outcome_code == rules.NEXT_PLACE:
        last = max(clock.today(), placement.ends_on)
        for code, on in zip(MOVING_ON, (last, None), strict=True):
            cases.plan_step(session, placement, code=code, on=on, owner=None, made_by=made_by)
    _told(session, placement, outcome_code)
    return row


def _follows(
    session: Session, placement: Placement, row: Conclusion, until: date | None, placement_hours: float
) -> None:
    """Paid hours of a job, hours of another area beside them, and the course that goes on for that."""
    since, hired = row.since or placement.ends_on, row.outcome_code == rules.HIRE
    now = [step for step in queries.steps_of(session, placement.id) if step.since < since][-1]
    if until is not None:
        courses.change(session, placement.id, kind=rules.EXTENDED, until=until, asked_by="company", made_by=row.made_by)
    hours.agree_hours(
        session, placement.id, starts_on=since, placement_hours=placement_hours,
        paid_hours=now.total if hired else now.paid, reason_code="hired" if hired else "second_area",
        asked_by="company",
    )  # fmt: skip
    if not hired:
        return
    record(session, EmploymentStarted(
        placement_id=placement.id, citizen_id=placement.citizen_id, company_id=placement.company_id, since=since,
        weekly_hours=now.total,
    ), placement)  # fmt: skip


def take_back(session: Session, placement_id: UUID, *, version: int) -> None:
    """It was not agreed after all; what followed from it goes as well: hours to come, another area, next steps."""
    placement = courses.locked(session, placement_id)
    row = queries.conclusion_of(session, placement_id)
    if row is None:
        raise NotFound
    row.require_untouched(version)
    if row.since is not None:
        agreed = queries.agreement_from(session, placement_id, row.since)
        if agreed is not None:
            hours.take_hours_back(session, placement_id, agreement_id=agreed.id, version=agreed.version)
    changes = courses.changes_of(session, placement_id)
    if row.since is not None and changes and changes[-1].kind == rules.EXTENDED and changes[-1].made_at >= row.made_at:
        courses.take_back(session, placement_id, change_id=changes[-1].id, version=changes[-1].version)
    if row.outcome_code == rules.NEXT_PLACE:
        cases.drop_moving_on(session, placement_id, MOVING_ON, row.made_at)
    row.taken_back_at = clock.now()
    session.flush()
    _told(session, placement, None)


def _told(session: Session, placement: Placement, outcome_code: str | None) -> None:
    record(session, PlacementConcluded(
        placement_id=placement.id, citizen_id=placement.citizen_id, company_id=placement.company_id,
        outcome_code=outcome_code,
    ), placement)  # fmt: skip
