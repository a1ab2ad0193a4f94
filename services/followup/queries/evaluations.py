"""What each party said, and what followed."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.followup.models import Conclusion, Evaluation, HourAgreement
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
        "conclusion": conclusion and {name: getattr(conclusion, name) for name in OF_CONCLUSION},
    }


def said_by(session: Session, placement_id: UUID, party: str) -> dict[str, dict[str, Any]]:
    """One party's own words, by kind."""
    found = [one for one in evaluations_of(session, placement_id) if one.party == party]
    return {one.kind: {name: getattr(one, name) for name in OF_EVALUATION} for one in found}
