"""What would refuse a proposal beyond the engine's rules, for many people and needs in few queries."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.engine.facts import Candidate
from services.matching.models import Match
from services.matching.queries.plans import UNDER_WAY
from services.matching.rules.terms import term
from services.matching.use_cases.repeats import BEFORE
from shared.events.codes import Words

Pair = tuple[UUID, UUID]


def obstacles(session: Session, pairs: Sequence[Pair], people: Mapping[UUID, Candidate]) -> dict[Pair, list[Words]]:
    """By need and citizen, in words: not put forward for now, a no before, or an answer that is awaited elsewhere."""
    known = queries.known(session, people.keys())
    earlier = _earlier(session, people.keys())
    found: dict[Pair, list[Words]] = defaultdict(list)
    for need_id, citizen_id in pairs:
        if citizen_id not in people:
            continue
        words = found[need_id, citizen_id]
        if known[citizen_id].paused:
            words.append(term("rule", "paused"))
        matched = earlier[citizen_id]
        if any(one.need_id == need_id and one.decliner == "company" for one, _waits in matched):
            words.append(Words(BEFORE["declined_before"].danish, BEFORE["declined_before"].english))
        if any(waits and one.need_id != need_id for one, waits in matched):
            words.append(ELSEWHERE)
    return found


ELSEWHERE = Words("er imens blevet spurgt om et andet behov", "has been asked about another need meanwhile")


def _earlier(session: Session, people: Collection[UUID]) -> dict[UUID, list[tuple[Match, bool]]]:
    rows = session.execute(select(Match, UNDER_WAY.label("waits")).where(Match.citizen_id.in_(people)))
    found: dict[UUID, list[tuple[Match, bool]]] = defaultdict(list)
    for match, waits in rows:
        found[match.citizen_id].append((match, bool(waits)))
    return found
