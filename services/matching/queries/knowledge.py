"""What staff know of candidates and of needs, and what is still to be found out."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.matching.engine.facts import Candidate
from services.matching.models import Knowledge, NeedProfile
from services.matching.rules import knowing
from services.matching.rules.knowing import Known
from shared.policy import Policy, Row

GATE = "match.knowledge"


def knowledge(session: Session, citizen_id: UUID) -> Knowledge | None:
    """What is written down of somebody."""
    return session.scalar(select(Knowledge).where(Knowledge.citizen_id == citizen_id))


def known(session: Session, citizen_ids: Collection[UUID]) -> dict[UUID, Known]:
    """What the rules are told of these people; nothing of those of whom nothing is written down."""
    rows = session.scalars(select(Knowledge).where(Knowledge.citizen_id.in_(citizen_ids)))
    found = {row.citizen_id: told(row) for row in rows}
    return {citizen_id: found.get(citizen_id, knowing.NOTHING) for citizen_id in citizen_ids}


def told(row: Knowledge) -> Known:
    """The row as the rules see it."""
    return Known(
        skills=row.skills,
        languages=row.languages,
        danish_level=row.danish_level,
        transport=row.transport,
        hour_steps=row.hour_steps,
        paused=row.paused,
    )


def gate(policy: Policy, today: date) -> Row | None:
    """The row that says what has to be known; None where none is configured."""
    return policy.find(GATE, today)


def unknown(session: Session, candidates: Collection[Candidate], policy: Policy, today: date) -> dict[UUID, list[str]]:
    """What has to be found out first, of those of the candidates of whom too little is known."""
    row = gate(policy, today)
    if row is None or not candidates:
        return {}
    facts = known(session, [one.citizen_id for one in candidates])
    asked = {one.citizen_id: knowing.unknown(one, facts[one.citizen_id], row.value) for one in candidates}
    return {citizen_id: codes for citizen_id, codes in asked.items() if codes}


def profile(session: Session, need_id: UUID) -> NeedProfile | None:
    """What a need asks for beyond its hours, where it was told."""
    return session.get(NeedProfile, need_id)


def season_of(session: Session, need_id: UUID) -> list[str]:
    """The months ("06") in which a need has most to do; none where it said none."""
    row = profile(session, need_id)
    return row.season if row else []
