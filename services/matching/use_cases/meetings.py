"""The meeting of citizen and company, after both have said yes and before the agreement."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.models import Match
from services.matching.use_cases import matches
from shared import clock
from shared.errors import Invalid, PreconditionFailed, Refused


def arrange(session: Session, match_id: UUID, version: int, starts_at: datetime | None) -> Match:
    """They meet then, or no longer; raises Refused before both said yes and once the agreement is made."""
    match = matches.locked(session, match_id)
    if match.version != version:
        raise PreconditionFailed
    if match.state != "accepted" or queries.agreed(session, [match]):
        raise Refused(
            "no_meeting_now",
            "Et møde aftales, når begge har sagt ja, og før aftalen er lavet.",
            "A meeting is arranged once both have said yes, and before the agreement is made.",
        )
    if starts_at is not None and starts_at <= clock.now():
        raise Invalid({"starts_at": "Tidspunktet er passeret. / This time has passed."})
    match.meeting_at = starts_at
    session.flush()
    return match
