"""What a need's page shows of people besides the ranked list: who is kept in mind, who goes round, and who has it."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.use_cases import POLICY
from shared import clock
from shared.auth import Principal
from shared.lookups import looked


def around(session: Session, who: Principal, need_id: UUID, listed: Collection[UUID]) -> dict[str, Any]:
    """The shortlist, the holder, and those among all of them who had many placements without more hours."""
    held, kept = queries.holder(session, need_id), queries.shortlist(session, need_id)
    looked(session, *kept)
    return {
        "held": held,
        "mine": held is not None and held.held_by == who.subject,
        "free": held is None or held.offered_at is not None,
        "shortlist": kept,
        "gone": set(kept) - queries.taking_part(session, kept) if kept else set(),
        "shortlisted": set(kept),
        "turning": queries.in_carousel(session, {*listed, *kept}, POLICY, clock.today()),
    }
