"""Taking back: by whoever said it, as long as nothing has been built upon it."""

from typing import Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.matching.models import Match, Placement
from services.matching.use_cases import approvals, deadlines, matches, meetings, positions
from shared.errors import CannotUndo, NotFound
from shared.events import MatchReopened
from shared.outbox import record

Side = Literal["citizen", "company"]
TAKEN_BACK, PROPOSER = "taken_back", "proposer"
SAID_BY_CITIZEN = ("consented_at", "consent_how", "consent_heard_by", "weekly_hours_min", "weekly_hours_max")
SAID_BY_COMPANY = ("answered_at", "answered_by")


def withdraw_proposal(session: Session, match_id: UUID, version: int, *, by: str) -> Match:
    """A proposal that nobody has answered yet was none; the candidate can be put forward again."""
    match = matches.locked(session, match_id)
    if match.proposed_by != by:
        raise NotFound
    match.require_untouched(version)
    if match.state != "proposed":
        raise CannotUndo
    matches.decline(session, match, PROPOSER, TAKEN_BACK)
    return match


def take_answer_back(session: Session, match_id: UUID, version: int, *, side: Side, by: str) -> Match:
    """A side's yes or no was not said after all: the match waits for it as it did before.

    Raises NotFound for an answer that somebody else gave or noted, CannotUndo where more has happened since.
    """
    match = matches.locked(session, match_id)
    if by != (match.consent_heard_by if side == "citizen" else match.answered_by):
        raise NotFound
    match.require_untouched(version)
    if match.state_before != ("proposed" if side == "citizen" else "consented"):
        raise CannotUndo
    if match.state == "accepted":
        _free_position(session, match)
        meetings.call_off(session, match)
    elif match.state == "declined":
        _require_no_other(session, match)
    match.state, match.state_before = match.state_before, None
    deadlines.ask(match)
    match.decliner = match.reason_code = None
    for name in SAID_BY_CITIZEN if side == "citizen" else SAID_BY_COMPANY:
        setattr(match, name, None)
    if side == "citizen":
        match.disclosed_needs = []
    record(session, MatchReopened(
        match_id=match.id, need_id=match.need_id, citizen_id=match.citizen_id, company_id=match.company_id,
        waits_for=side,
    ), match)  # fmt: skip
    return match


def _free_position(session: Session, match: Match) -> None:
    if session.scalar(select(Placement.id).where(Placement.match_id == match.id).limit(1)) is not None:
        raise CannotUndo
    positions.free(session, match.need_id)


def _require_no_other(session: Session, match: Match) -> None:
    """The candidate was not put forward for the same need anew, and no agreement hangs on the match."""
    anew = select(Match.id).where(
        Match.need_id == match.need_id, Match.citizen_id == match.citizen_id, Match.state != "declined"
    )
    if session.scalar(anew) is not None:
        raise CannotUndo


def take_placement_back(session: Session, placement_id: UUID, version: int, *, by: str) -> Placement:
    """An agreement that nobody has spoken on yet comes to nothing; the position is free, and both have still said yes.

    Whoever was asked to approve it hears no more of it.
    """
    placement = approvals.locked(session, placement_id)
    if placement.made_by != by:
        raise NotFound
    placement.require_untouched(version)
    if placement.state != "awaiting_statements" or placement.statements:
        raise CannotUndo
    approvals.close(session, placement, "taken_back")
    positions.free(session, session.get_one(Match, placement.match_id).need_id)
    return placement
