"""Each party's word halfway and at the end; what was agreed then happens, by a person's hand."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.followup import queries, rules
from services.followup.models import Conclusion, Evaluation, Placement
from services.followup.use_cases import courses, guarantees, hours
from shared import clock
from shared.auth import Principal
from shared.database import new_id
from shared.errors import NotFound, Refused
from shared.events import EmploymentStarted, PlacementConcluded
from shared.outbox import record


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
    if kind == "end" and queries.conclusion_of(session, placement_id) is not None:
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


def conclude(session: Session, placement_id: UUID, *, outcome_code: str, made_by: str) -> Conclusion:
    """What was agreed happens: where both say yes to a job, hours are paid from the day after the last one (A19)."""
    placement = courses.locked(session, placement_id)
    verdicts = {one.party: one.verdict for one in queries.evaluations_of(session, placement_id) if one.kind == "end"}
    rules.check_conclusion(outcome_code, verdicts)
    guarantees.check_none_open(session, placement_id)
    row = session.scalar(select(Conclusion).where(Conclusion.placement_id == placement_id))
    if row is not None and row.taken_back_at is None:
        raise Refused("concluded", "Forløbet er allerede afsluttet.", "The placement is concluded already.")
    if row is None:
        row = Conclusion(id=new_id(), placement_id=placement_id)
        session.add(row)
    row.outcome_code, row.made_by, row.made_at, row.taken_back_at = outcome_code, made_by, clock.now(), None
    row.since = rules.employed_from(placement.ends_on) if outcome_code == rules.HIRE else None
    if outcome_code == rules.HIRE:
        _hire(session, placement)
    _told(session, placement, outcome_code)
    return row


def _hire(session: Session, placement: Placement) -> None:
    since = rules.employed_from(placement.ends_on)
    steps = queries.steps_of(session, placement.id)
    now = [step for step in steps if step.since <= placement.ends_on][-1]
    hours.agree_hours(
        session, placement.id, starts_on=since, placement_hours=0, paid_hours=now.total, reason_code="hired",
        asked_by="company",
    )  # fmt: skip
    record(session, EmploymentStarted(
        placement_id=placement.id, citizen_id=placement.citizen_id, company_id=placement.company_id, since=since,
        weekly_hours=now.total,
    ), placement)  # fmt: skip


def take_back(session: Session, placement_id: UUID, *, version: int) -> None:
    """It was not agreed after all; hours of a job that has not begun go as well."""
    placement = courses.locked(session, placement_id)
    row = queries.conclusion_of(session, placement_id)
    if row is None:
        raise NotFound
    row.require_untouched(version)
    if row.since is not None:
        agreed = queries.agreement_from(session, placement_id, row.since)
        if agreed is not None:
            hours.take_hours_back(session, placement_id, agreement_id=agreed.id, version=agreed.version)
    row.taken_back_at = clock.now()
    session.flush()
    _told(session, placement, None)


def _told(session: Session, placement: Placement, outcome_code: str | None) -> None:
    record(session, PlacementConcluded(
        placement_id=placement.id, citizen_id=placement.citizen_id, company_id=placement.company_id,
        outcome_code=outcome_code,
    ), placement)  # fmt: skip
