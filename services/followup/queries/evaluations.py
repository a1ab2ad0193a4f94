"""What each party said, and what followed."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.followup.models import Conclusion, Evaluation, HourAgreement, Placement
from services.followup.queries.placements import placement
from shared.auth import Principal

OF_EVALUATION = ("kind", "party", "verdict", "words", "noted_at")
OF_CONCLUSION = ("outcome_code", "since", "made_at", "version")


def evaluations_of(session: Session, placement_id: UUID) -> Sequence[Evaluation]:
    """Every word, halfway before the end."""
    wanted = select(Evaluation).where(Evaluation.placement_id == placement_id)
    return session.scalars(wanted.order_by(Evaluation.kind.desc(), Evaluation.party)).all()


def conclusion_of(session: Session, placement_id: UUID) -> Conclusion | None:
    """What followed, as it stands."""
    return session.scalar(
        select(Conclusion).where(Conclusion.placement_id == placement_id, Conclusion.taken_back_at.is_(None))
    )


def standing_end(session: Session, placement_id: UUID) -> Conclusion | None:
    """What followed, unless the course goes on beyond it, in another area or a job beside: then it will end again."""
    found, of = conclusion_of(session, placement_id), session.get_one(Placement, placement_id)
    return None if found is None or (found.since is not None and of.ends_on >= found.since) else found


def verdicts_at_end(session: Session, placement_id: UUID) -> dict[str, str]:
    """Each party's word on the end that is coming, not on one that was before it."""
    earlier = conclusion_of(session, placement_id)
    return {
        one.party: one.verdict
        for one in evaluations_of(session, placement_id)
        if one.kind == "end" and (earlier is None or one.noted_at > earlier.made_at)
    }


def agreement_from(session: Session, placement_id: UUID, day: date) -> HourAgreement | None:
    """The step of hours that begins on a day."""
    return session.scalar(
        select(HourAgreement).where(
            HourAgreement.placement_id == placement_id,
            HourAgreement.starts_on == day,
            HourAgreement.taken_back_at.is_(None),
        )
    )


def evaluations(session: Session, principal: Principal, placement_id: UUID) -> dict[str, Any]:
    """What all parties said, for staff."""
    found = placement(session, principal, placement_id)
    conclusion = conclusion_of(session, placement_id)
    return {
        "placement": found,
        "items": [
            {name: getattr(one, name) for name in OF_EVALUATION} for one in evaluations_of(session, placement_id)
        ],
        "goes_on": conclusion is not None and standing_end(session, placement_id) is None,
        "conclusion": conclusion and {name: getattr(conclusion, name) for name in OF_CONCLUSION},
    }


def said_by(session: Session, placement_id: UUID, party: str) -> dict[str, dict[str, Any]]:
    """One party's own words, by kind."""
    found = [one for one in evaluations_of(session, placement_id) if one.party == party]
    return {one.kind: {name: getattr(one, name) for name in OF_EVALUATION} for one in found}
