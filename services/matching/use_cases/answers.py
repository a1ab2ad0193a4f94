"""What a party says itself: the citizen signed in, anybody who is asked by their link."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.models import Placement
from services.matching.use_cases import approvals, placements
from shared.auth import Principal
from shared.errors import NotFound, Refused
from shared.lookups import looked

BY_LINK = "link"


def own(session: Session, who: Principal, placement_id: UUID) -> Placement:
    """A citizen's own agreement; raises NotFound for another's."""
    found = queries.placement(session, None, placement_id)
    if found.citizen_id != who.citizen_id:
        raise NotFound
    return found


def answer_own(session: Session, who: Principal, placement_id: UUID, *, number: int, **said: Any) -> Placement:
    """The citizen's yes or no to the terms that were read, on their own account."""
    _require_read(own(session, who, placement_id), number)
    return placements.state_in_writing(
        session, None, placement_id, by=who.subject, party="citizen", how="own", **said
    )  # fmt: skip


def answer_by_link(session: Session, asked_id: UUID, *, number: int, **said: Any) -> Placement:
    """The yes or no of whoever holds the link."""
    placement, asked = approvals.by_link(session, asked_id)
    looked(session, placement.citizen_id)
    _require_read(placement, number)
    return placements.state_in_writing(
        session, None, placement.id, by=BY_LINK, party=asked.party, how=BY_LINK, **said
    )  # fmt: skip


def _require_read(placement: Placement, number: int) -> None:
    if placement.number != number:
        raise Refused(
            "terms_changed",
            "Aftalen er ændret, siden du læste den. Læs den igen, og svar så.",
            "The agreement has changed since you read it. Read it again, then answer.",
        )
