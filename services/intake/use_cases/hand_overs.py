"""A waiting person is given to another desk or consultant: for a coded reason, taken over by somebody, taken back."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.intake import rules
from services.intake.models import Arrival, Consultant, HandOver
from services.intake.rules import waiting as states
from services.intake.use_cases import POLICY, waiting
from shared import clock
from shared.database import new_id
from shared.errors import Invalid, NotFound, Refused

CALL = ("called_at", "called_to", "called_by")


def targets(session: Session) -> dict[str, str | None]:
    """Whom somebody can be given to: the desks, without a name, and the consultants who hold talks with theirs."""
    desks = rules.desks(POLICY.row("waiting.desks", clock.today()).value)
    people = session.execute(
        select(Consultant.code, Consultant.name).where(Consultant.active).order_by(Consultant.name)
    )
    return {**dict.fromkeys(desks), **{row.code: row.name for row in people}}


def give(session: Session, arrival_id: UUID, *, to_code: str, reason_code: str, by: str) -> HandOver:
    """The newest hand-over counts, and whoever was called in waits again; raises Refused once a talk has begun."""
    if to_code not in targets(session):
        raise Invalid({"to_code": "Vælg en skranke eller en konsulent. / Choose a desk or a consultant."})
    arrival = waiting.locked(session, arrival_id)
    if arrival.state not in states.GIVEN_ON:
        raise waiting.elsewhere(arrival)
    given = HandOver(
        id=new_id(), arrival_id=arrival.id, to_code=to_code, reason_code=reason_code, given_at=clock.now(), given_by=by,
        **{name: getattr(arrival, name) for name in CALL},
    )  # fmt: skip
    arrival.state = states.ARRIVED
    for name in CALL:
        setattr(arrival, name, None)
    session.add(given)
    session.flush()
    return given


def acknowledge(session: Session, hand_over_id: UUID, *, by: str) -> HandOver:
    """Somebody at the other end has seen it; the first who presses does so."""
    given, _arrival = _locked(session, hand_over_id)
    if given.acknowledged_at is not None:
        raise Refused(
            "acknowledged_already",
            "En kollega har allerede taget imod. Tavlen viser, hvordan det står nu.",
            "A colleague has taken over already. The board shows how it stands now.",
        )
    given.acknowledged_at, given.acknowledged_by = clock.now(), by
    session.flush()
    return given


def take_back(session: Session, hand_over_id: UUID, *, version: int) -> tuple[HandOver, Arrival, bool]:
    """The acknowledgement is taken back, or without one the hand-over itself; True while there still is one.

    Raises CannotUndo where somebody did something since.
    """
    given, arrival = _locked(session, hand_over_id)
    given.require_untouched(version)
    acknowledged = given.acknowledged_at is not None
    if acknowledged:
        given.acknowledged_at = given.acknowledged_by = None
    else:
        _call_again(session, given, arrival)
        session.delete(given)
    session.flush()
    return given, arrival, acknowledged


def _call_again(session: Session, given: HandOver, arrival: Arrival) -> None:
    """Whoever was called when they were given on is called as before, unless somebody has done something with them."""
    if given.called_at is None:
        return
    newer = select(HandOver.id).where(HandOver.arrival_id == arrival.id, HandOver.id > given.id)
    if arrival.state != states.ARRIVED or session.scalar(newer.limit(1)) is not None:
        raise waiting.elsewhere(arrival)
    arrival.state = states.CALLED
    for name in CALL:
        setattr(arrival, name, getattr(given, name))


def _locked(session: Session, hand_over_id: UUID) -> tuple[HandOver, Arrival]:
    given = session.get(HandOver, hand_over_id)
    if given is None:
        raise NotFound
    arrival = waiting.locked(session, given.arrival_id)
    rows = select(HandOver).where(HandOver.id == hand_over_id).execution_options(populate_existing=True)
    found = session.scalars(rows).one_or_none()
    if found is None:
        raise NotFound
    return found, arrival
