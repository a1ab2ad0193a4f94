"""Keeping people in mind for a need or an occupation, holding a need, and noting why nobody was proposed."""

from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.engine.points import Scales
from services.matching.engine.ties import salt_of
from services.matching.models import Need, NeedHolder, NoMatch, Notice, Pooled, Shortlisted
from services.matching.rules import catalogue, gaps
from services.matching.use_cases import POLICY, matches
from shared import clock, merges
from shared.database import new_id
from shared.errors import CannotUndo, Invalid, NotFound, PreconditionFailed, Refused
from shared.lookups import looked


def _require_candidate(session: Session, citizen_id: UUID) -> None:
    wishes = queries.wishes(session, citizen_id)
    if wishes is None:
        raise NotFound
    if not wishes.consent_to_matching:
        raise matches.no_longer_available()


def keep_in_mind(session: Session, need_id: UUID, citizen_id: UUID, *, kept: bool, by: str) -> None:
    """On a need's shortlist, or off it; twice is once."""
    looked(session, citizen_id := merges.survivor(session, citizen_id))
    queries.need(session, None, need_id)
    if kept:
        _require_candidate(session, citizen_id)
        row = {"id": new_id(), "need_id": need_id, "citizen_id": citizen_id, "added_by": by, "added_at": clock.now()}
        session.execute(insert(Shortlisted).values(row).on_conflict_do_nothing())
    else:
        gone = delete(Shortlisted).where(Shortlisted.need_id == need_id, Shortlisted.citizen_id == citizen_id)
        session.execute(gone)


def keep_in_pool(session: Session, occupation: str, citizen_id: UUID, *, kept: bool, by: str) -> None:
    """In the pool of an occupation, or out of it; twice is once."""
    looked(session, citizen_id := merges.survivor(session, citizen_id))
    catalogue.occupation(occupation)
    if kept:
        _require_candidate(session, citizen_id)
        row = {"id": new_id(), "occupation": occupation, "citizen_id": citizen_id, "added_by": by}
        session.execute(insert(Pooled).values(row | {"added_at": clock.now()}).on_conflict_do_nothing())
    else:
        session.execute(delete(Pooled).where(Pooled.occupation == occupation, Pooled.citizen_id == citizen_id))


def take(session: Session, need_id: UUID, version: int | None, *, by: str, name: str) -> NeedHolder:
    """A consultant has the need from now: one that nobody has, or that was handed on; that is the acknowledgement."""
    queries.need(session, None, need_id)
    held = session.get(NeedHolder, need_id, with_for_update=True)
    if (held.version if held else None) != version:
        raise PreconditionFailed
    if held is None:
        held = NeedHolder(need_id=need_id, held_by=by, held_name=name, since=clock.now(), offered_at=None)
        session.add(held)
    elif held.offered_at is None and held.held_by != by:
        raise Refused("held_by_another", "Behovet er hos en kollega.", "A colleague has the need.")
    held.held_by, held.held_name, held.since, held.offered_at = by, name, clock.now(), None
    session.flush()
    return held


def hand_on(session: Session, need_id: UUID, version: int, *, offered: bool, by: str) -> NeedHolder:
    """The need waits for a colleague, and stays with who has it until one takes it; or it waits no more."""
    held = session.get(NeedHolder, need_id, with_for_update=True)
    if held is None or held.held_by != by:
        raise NotFound
    if held.version != version:
        raise PreconditionFailed
    held.offered_at = clock.now() if offered else None
    session.flush()
    return held


def note_no_match(session: Session, need_id: UUID, reasons: list[str], by: str) -> NoMatch:
    """Why nobody was proposed today, with what the list counted; said again on the same day it replaces."""
    need = queries.need(session, None, need_id)
    if not reasons:
        raise Invalid({"reasons": "Vælg mindst én grund. / Choose one reason at least."})
    if unknown := set(reasons) - set(gaps.REASONS):
        raise Invalid({"reasons": f"Kendes ikke: {min(unknown)}. / Not known: {min(unknown)}."})
    mine = (NoMatch.need_id == need.id) & (NoMatch.on_day == clock.today()) & (NoMatch.noted_by == by)
    row = session.scalar(select(NoMatch).where(mine))
    excluded = [f"{rule} {count}" for rule, count in sorted(counted(session, need).items())]
    if row is None:
        row = NoMatch(id=new_id(), need_id=need.id, on_day=clock.today(), noted_by=by)
        session.add(row)
    row.noted_at, row.reasons, row.excluded = clock.now(), sorted(reasons), excluded
    session.flush()
    return row


def counted(session: Session, need: Need) -> dict[str, int]:
    """What keeps people out of the need's list today, as numbers only; nothing for a need that is not open."""
    if need.state != "open":
        return {}
    today, opening = clock.today(), queries.opening(session, need)
    found, _people = queries.ranked(
        session, opening, Scales.of(POLICY, today), salt=salt_of(need.id, today), most=1,
        left_out=queries.left_out(session, need, today),
    )  # fmt: skip
    return {rule: count for rule, count in found.excluded.items() if count}


def take_note_back(session: Session, need_id: UUID, note_id: UUID, by: str) -> None:
    """It was not meant so."""
    row = session.get(NoMatch, note_id)
    if row is None or row.need_id != need_id:
        raise NotFound
    if row.noted_by != by:
        raise CannotUndo
    session.delete(row)


def mark_seen(session: Session, notice_id: UUID, *, seen: bool, by: str) -> Notice:
    """A consultant has read what they were told, or has not after all."""
    row = session.get(Notice, notice_id)
    if row is None or row.to_subject != by:
        raise NotFound
    row.seen_at = clock.now() if seen else None
    return row
