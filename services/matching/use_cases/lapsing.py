"""Proposals that end by themselves: nobody answered in time, or somebody was hired; whoever proposed is told."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.matching.models import Match, Need, Notice, Placement
from services.matching.use_cases import matches, meetings, positions
from shared import clock
from shared.database import new_id

AT_ONCE = 200
CLOCK, HIRED = "clock", "hired"


def tell(session: Session, to: str, kind: str, about: UUID, need_id: UUID) -> bool:
    """A consultant is told, at most once for each thing; False where they were told before."""
    row = {"id": new_id(), "to_subject": to, "kind": kind, "about": about, "need_id": need_id, "at": clock.now()}
    told = insert(Notice).values(row).on_conflict_do_nothing().returning(Notice.id)
    return session.scalar(told) is not None


def lapse(session: Session) -> bool:
    """Whatever nobody answered by its day is declined by the clock; True when there may be more."""
    overdue = Match.state.in_(("proposed", "consented")) & (Match.answer_due < clock.today())
    rows = select(Match).where(overdue).order_by(Match.id).limit(AT_ONCE).with_for_update(skip_locked=True)
    found = session.scalars(rows).all()
    for match in found:
        matches.decline(session, match, CLOCK, "no_answer")
        tell(session, match.proposed_by, "lapsed", match.id, match.need_id)
    return len(found) == AT_ONCE


def close_others(session: Session, placement: Placement) -> None:
    """An agreement is made: what else the citizen was put forward for in its time is closed, and, where the need is
    full, whoever else was put forward for it."""
    need = session.get_one(Need, session.get_one(Match, placement.match_id).need_id)
    made = select(Placement.match_id).where(Placement.state == "agreed")
    live = select(Match).where(Match.id != placement.match_id, Match.state != "declined", Match.id.not_in(made))
    theirs = live.join(Need, Need.id == Match.need_id).where(
        Match.citizen_id == placement.citizen_id, Need.starts_on <= placement.ends_on
    )
    for match in session.scalars(theirs.order_by(Match.id).with_for_update(of=Match)).all():
        _close(session, match, "placed_elsewhere")
    session.flush()
    if positions.taken(session, need.id) >= need.positions:
        waiting = live.where(Match.need_id == need.id, Match.state.in_(("proposed", "consented")))
        for match in session.scalars(waiting.order_by(Match.id).with_for_update()).all():
            _close(session, match, "position_taken")


def _close(session: Session, match: Match, reason: str) -> None:
    meetings.call_off(session, match)
    matches.decline(session, match, HIRED, reason)
    tell(session, match.proposed_by, reason, match.id, match.need_id)
