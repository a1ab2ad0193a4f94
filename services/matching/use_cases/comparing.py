"""People beside each other, and the order of a list as other weights would make it; nothing of it is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.engine.points import Scales
from services.matching.engine.ranking import judge
from services.matching.engine.ties import salt_of
from services.matching.models import Need
from services.matching.rules.reasons import Explained, explained
from services.matching.use_cases import POLICY
from shared import clock
from shared.lookups import looked

LISTED = 20


def side_by_side(session: Session, need: Need, people: Sequence[UUID]) -> list[Explained]:
    """The same factors for each of them; those who take part no more are left out."""
    opening, scales = queries.opening(session, need), Scales.of(POLICY, clock.today())
    candidates = [queries.candidate(session, one, scales) for one in people]
    return [
        explained(judge(opening, one, scales), opening, one, scales)
        for one in sorted(candidates, key=lambda one: people.index(one.citizen_id))
        if one.consent
    ]


def what_if(session: Session, need: Need, weights: Mapping[str, int | None]) -> tuple[list[UUID], list[UUID]]:
    """The order of those who fit by today's weights, and by these; a weight that is left out stays."""
    today = clock.today()
    now = Scales.of(POLICY, today)
    rows = {code: row if (moved := weights.get(code)) is None else replace(row, value=moved)
            for code, row in now.weights.items()}  # fmt: skip
    orders = []
    for scales in (now, replace(now, weights=rows)):
        found, people = queries.ranked(
            session, queries.opening(session, need), scales, salt=salt_of(need.id, today), most=LISTED,
            left_out=queries.left_out(session, need, today),
        )  # fmt: skip
        looked(session, *people)
        orders.append([one.key for one in found.fits])
    return orders[0], orders[1]
