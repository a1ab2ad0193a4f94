"""The meeting of citizen and company, after both have said yes and before the agreement."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.models import Match
from services.matching.use_cases import matches
from shared import clock
from shared.errors import Invalid, PreconditionFailed, Refused
from shared.events import MatchMeetingCancelled, MatchMeetingSet
from shared.outbox import record


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
    if starts_at is None:
        call_off(session, match)
    elif starts_at != match.meeting_at:
        match.meeting_at = starts_at
        record(session, MatchMeetingSet(
            match_id=match.id, citizen_id=match.citizen_id, company_id=match.company_id, starts_at=starts_at,
            set_at=clock.now(), tell_company=queries.may_appear(session, match),
        ), match)  # fmt: skip
    session.flush()
    return match


def call_off(session: Session, match: Match) -> None:
    """They meet no longer, where they were to."""
    if match.meeting_at is None:
        return
    starts_at, match.meeting_at = match.meeting_at, None
    record(session, MatchMeetingCancelled(
        match_id=match.id, citizen_id=match.citizen_id, company_id=match.company_id, starts_at=starts_at,
        cancelled_at=clock.now(), tell_company=queries.may_appear(session, match),
    ), match)  # fmt: skip
