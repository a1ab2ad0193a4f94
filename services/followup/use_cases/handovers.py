"""Cases change hands: asked for by one, accepted line by line by the other, refused, or taken back."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from services.followup import queries, rules
from services.followup.models import HandOver, HandOverLine, NextStep, Placement
from services.followup.use_cases import cases
from shared import calendar, clock
from shared.auth import Principal
from shared.database import new_id
from shared.errors import Invalid, NotFound, Refused
from shared.lookups import looked


def ask(
    session: Session,
    principal: Principal,
    *,
    kind: str,
    to_owner: str,
    from_owner: str | None,
    from_on: date | None,
    until_on: date | None,
    placements: Sequence[UUID],
) -> HandOver:
    """These cases, or all of somebody's, are to be a colleague's, with every promise that is open in them."""
    giver, today = from_owner or principal.subject, clock.today()
    cases.check_colleague(session, to_owner, "to_owner")
    if to_owner == giver:
        raise Invalid({"to_owner": "Vælg en anden end den, der har sagerne. / Choose somebody else."})
    rules.check_hand_over_days(kind, from_on or today, until_on, today)
    wanted = select(Placement).where(Placement.owner == giver, Placement.ends_on >= today).order_by(Placement.id)
    if placements:
        wanted = wanted.where(Placement.id.in_(placements))
    found = session.scalars(wanted).all()
    if not found:
        raise Refused("no_cases", "Der er ingen sager at give.", "There are no cases to give.")
    looked(session, *(one.citizen_id for one in found))
    made = HandOver(
        id=new_id(), kind=kind, from_owner=giver, to_owner=to_owner, from_on=from_on or today,
        until_on=until_on if kind == rules.COVER else None, made_by=principal.subject, made_at=clock.now(),
    )  # fmt: skip
    session.add(made)
    session.flush()
    _lines_missing(session, made, found, [])
    return made


def _lines_missing(session: Session, made: HandOver, of: Sequence[Placement], known: Sequence[HandOverLine]) -> bool:
    """Puts in what was promised since; True where there was something."""
    there = {(line.placement_id, line.kind, line.subject_id) for line in known}
    new = [
        HandOverLine(
            id=new_id(), hand_over_id=made.id, placement_id=placement_id, kind=kind, subject_id=subject, due_on=due
        )
        for placement_id, kind, subject, due in queries.carried_promises(session, of, made)
        if (placement_id, kind, subject) not in there
    ]
    session.add_all(new)
    session.flush()
    return bool(new)


def _received(session: Session, principal: Principal, hand_over_id: UUID) -> HandOver:
    found = session.get(HandOver, hand_over_id, with_for_update=True)
    if found is None or found.to_owner != principal.subject:
        raise NotFound
    if found.withdrawn_at is not None:
        raise Refused("withdrawn", "Overdragelsen er taget tilbage.", "The hand-over was taken back.")
    return found


def _lines(session: Session, made: HandOver, placement_id: UUID) -> list[HandOverLine]:
    wanted = select(HandOverLine).where(HandOverLine.hand_over_id == made.id, HandOverLine.placement_id == placement_id)
    found = list(session.scalars(wanted.with_for_update(of=HandOverLine)))
    if not found:
        raise NotFound
    looked(session, found[0].placement.citizen_id)
    return found


def accept(
    session: Session, principal: Principal, hand_over_id: UUID, placement_id: UUID, line_id: UUID | None
) -> bool:
    """The receiver has seen that line, or every line of the case; the case is theirs once they have seen them all.

    True where it is; what was promised since it was asked comes up as new lines first.
    """
    made = _received(session, principal, hand_over_id)
    lines = _lines(session, made, placement_id)
    asked = [line for line in lines if line_id in (None, line.id)]
    if not asked:
        raise NotFound
    if _case(lines).passed_at is not None or any(line.state == rules.REFUSED for line in lines):
        raise Refused("answered", "Du har allerede svaret på sagen.", "You have answered about the case already.")
    placement = session.get_one(Placement, placement_id, with_for_update={"of": Placement})
    if placement.owner != made.from_owner:
        raise Refused("not_theirs", "Sagen har fået en anden ansvarlig imens.", "The case is somebody else's by now.")
    for line in asked:
        line.state, line.answered_at = rules.ACCEPTED, clock.now()
    session.flush()
    if _lines_missing(session, made, [placement], lines) or any(line.state != rules.ACCEPTED for line in lines):
        return False
    _case(lines).passed_at = clock.now()
    if made.kind == rules.GIVE:
        _moved(session, placement, made.from_owner, made.to_owner)
    session.flush()
    return True


def refuse(session: Session, principal: Principal, hand_over_id: UUID, placement_id: UUID) -> None:
    """The case stays where it is."""
    lines = _lines(session, _received(session, principal, hand_over_id), placement_id)
    if _case(lines).passed_at is not None:
        raise Refused(
            "answered", "Du har allerede taget sagen. Fortryd det først.", "You have taken it. Undo that first."
        )
    for line in lines:
        line.state, line.answered_at = rules.REFUSED, clock.now()
    session.flush()


def undo(session: Session, principal: Principal, hand_over_id: UUID, placement_id: UUID) -> None:
    """What the receiver answered about a case today counts no more, and it is whose it was."""
    made = _received(session, principal, hand_over_id)
    lines = _lines(session, made, placement_id)
    answered = [line.answered_at for line in lines if line.answered_at is not None]
    placement = session.get_one(Placement, placement_id, with_for_update={"of": Placement})
    passed = _case(lines).passed_at is not None
    elsewhere = passed and made.kind == rules.GIVE and placement.owner != made.to_owner
    if not answered or calendar.danish_day(max(answered)) != clock.today() or elsewhere:
        raise Refused("not_to_undo", "Der er ikke noget at fortryde.", "There is nothing to undo.")
    if passed and made.kind == rules.GIVE:
        _moved(session, placement, made.to_owner, made.from_owner)
    for line in lines:
        line.state = line.answered_at = line.passed_at = None
    session.flush()


def withdraw(session: Session, principal: Principal, hand_over_id: UUID) -> HandOver:
    """Whoever asked asks no more: what was not accepted stays, and a cover is over at once."""
    found = session.get(HandOver, hand_over_id, with_for_update=True)
    if found is None or principal.subject not in (found.from_owner, found.made_by):
        raise NotFound
    if found.withdrawn_at is not None:
        raise Refused("withdrawn", "Overdragelsen er taget tilbage.", "The hand-over was taken back.")
    found.withdrawn_at = clock.now()
    session.flush()
    return found


def _case(lines: Sequence[HandOverLine]) -> HandOverLine:
    return next(line for line in lines if line.kind == rules.CASE)


def _moved(session: Session, placement: Placement, giver: str, receiver: str) -> None:
    placement.owner = receiver
    cases.tell_owner(session, placement)
    steps = update(NextStep).where(
        NextStep.placement_id == placement.id, NextStep.owner == giver, NextStep.done_at.is_(None)
    )
    session.execute(steps.values(owner=receiver, version=NextStep.version + 1))
