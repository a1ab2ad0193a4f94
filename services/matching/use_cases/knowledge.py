"""What is known of a candidate and what a need asks for, and the gate before a company hears of anybody."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.engine.facts import Candidate
from services.matching.models import Knowledge, Need, NeedProfile, WishesCopy
from services.matching.rules import skills, words
from services.matching.rules.terms import term
from services.matching.use_cases import POLICY
from shared import clock, merges
from shared.database import new_id
from shared.errors import Invalid, NotFound, PreconditionFailed, Refused
from shared.lookups import looked


def write_down(session: Session, citizen_id: UUID, version: int | None, told: dict[str, Any], by: str) -> Knowledge:
    """What is known of a candidate, anew; `version` is the one that was read, none where nothing was known.

    Raises Refused for who takes no part: nothing is kept of them here.
    """
    looked(session, citizen_id := merges.survivor(session, citizen_id))
    wishes = session.get(WishesCopy, citizen_id, with_for_update=True)
    if wishes is None:
        raise NotFound
    if not wishes.consent_to_matching:
        raise Refused(
            "no_consent",
            "Borgeren deltager ikke i matchningen. Spørg om samtykke først.",
            "The citizen takes no part in matching. Ask for consent first.",
        )
    skills.require_known(told["skills"])
    row = queries.knowledge(session, citizen_id)
    if (row.version if row else None) != version:
        raise PreconditionFailed
    if row is None:
        row = Knowledge(id=new_id(), citizen_id=citizen_id)
        session.add(row)
    for name, value in told.items():
        setattr(row, name, value)
    row.known_at, row.known_by = clock.now(), by
    session.flush()
    return row


def take_back(session: Session, citizen_id: UUID, version: int, before: dict[str, Any] | None, by: str) -> None:
    """What was known before the last change; nothing, where nothing was."""
    looked(session, citizen_id)
    row = queries.knowledge(session, citizen_id)
    if row is None:
        raise NotFound
    row.require_untouched(version)
    if before is None:
        session.delete(row)
    else:
        write_down(session, citizen_id, version, before, by)


def forget_withdrawn(session: Session, citizen_ids: list[UUID]) -> None:
    """Nothing stays here of those who take part no more."""
    session.execute(delete(Knowledge).where(queries.of_withdrawn(Knowledge, citizen_ids)))


def require_known_well(session: Session, candidate: Candidate) -> None:
    """Raises Refused naming what to find out before a company hears of them (C13), and for who is not to be put
    forward for now."""
    facts = queries.known(session, [candidate.citizen_id])[candidate.citizen_id]
    if facts.paused:
        raise Refused(
            "paused",
            "Borgeren skal ikke foreslås for tiden. Det kan ændres på siden med det, vi ved.",
            "The citizen is not to be put forward for now. The page of what we know can change that.",
        )
    today = clock.today()
    codes = queries.unknown(session, [candidate], POLICY, today).get(candidate.citizen_id)
    if codes:
        row = queries.gate(POLICY, today)
        missing = words.listed([term("knowledge", code) for code in codes])
        raise Refused(
            "not_known_well_enough",
            f"Vi kender ikke borgeren godt nok endnu. Find først ud af: {missing.danish}.",
            f"We do not know the citizen well enough yet. First find out: {missing.english}.",
            policy=row.name if row else None,
        )


def describe_need(session: Session, need_id: UUID, version: int | None, told: dict[str, Any]) -> NeedProfile:
    """What a need asks for beyond its hours, anew; `version` is the one that was read, none where nothing was told."""
    need = session.get(Need, need_id, with_for_update=True)
    if need is None:
        raise NotFound
    if need.state == "closed":
        raise Refused("need_closed", "Behovet er lukket.", "The need is closed.")
    skills.require_known(told["skills"])
    if set(told["learnable"]) - set(told["skills"]):
        raise Invalid({"learnable": "Kun blandt de ønskede. / Among those wished for only."})
    row = session.get(NeedProfile, need_id)
    if (row.version if row else None) != version:
        raise PreconditionFailed
    if row is None:
        row = NeedProfile(need_id=need_id)
        session.add(row)
    for name, value in told.items():
        setattr(row, name, value)
    session.flush()
    return row


def take_description_back(session: Session, need_id: UUID, version: int, before: dict[str, Any] | None) -> None:
    """What the need asked for before the last change; nothing, where nothing was told."""
    row = session.get(NeedProfile, need_id)
    if row is None:
        raise NotFound
    row.require_untouched(version)
    if before is None:
        session.delete(row)
    else:
        describe_need(session, need_id, version, before)
