"""The waiting room: somebody comes, is called, is talked with; one desk at a time does each step, and takes it back."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.intake import rules
from services.intake.models import Arrival, Citizen, HandOver, NumberSeries, Room, Visitation
from services.intake.rules import waiting
from services.intake.use_cases import POLICY
from shared import calendar, clock, units
from shared.auth import Principal
from shared.database import new_id
from shared.errors import CannotUndo, Invalid, NotFound, Refused
from shared.events import VisitationMissed, VisitationNotMissed
from shared.lookups import looked
from shared.outbox import record

WORDS = {
    waiting.ARRIVED: ("venter i venteværelset", "is in the waiting room"),
    waiting.CALLED: ("er allerede kaldt ind", "was called in already"),
    waiting.IN_TALK: ("er allerede i samtale", "is in a talk already"),
    waiting.DONE: ("er allerede færdig", "is done already"),
    waiting.LEFT: ("er noteret som gået", "is noted as gone"),
    waiting.NO_SHOW: ("er noteret som udeblevet", "is noted as a no-show"),
}


def queue_of(principal: Principal) -> str:
    """The unit whose numbers somebody gives and calls; empty for whoever belongs to none."""
    return principal.organisation if principal.organisation in units.codes() else ""


def arrive(session: Session, citizen_id: UUID, *, unit_code: str, visitation_id: UUID | None = None) -> Arrival:
    """Somebody is here, for the talk that they have today if there is one; they get the day's next number.

    Whoever was noted as a no-show comes late after all. Raises Refused where they are here already.
    """
    today = clock.today()
    talk = _talk(session, citizen_id, visitation_id, today)
    citizen = session.get(Citizen, citizen_id, with_for_update=True)
    if citizen is None:
        raise NotFound
    looked(session, citizen_id)
    rows = select(Arrival).where(Arrival.citizen_id == citizen_id, Arrival.on_day == today)
    known = session.scalars(rows.with_for_update().order_by(Arrival.id)).all()
    for one in known:
        if one.state in waiting.HERE:
            raise elsewhere(one)
    late = next((one for one in known if talk and one.visitation_id == talk.id), None)
    if late is not None and late.state != waiting.NO_SHOW:
        talk, late = None, None
    arrival = late or Arrival(
        id=new_id(), citizen_id=citizen_id, visitation_id=talk and talk.id, unit_code=unit_code, on_day=today
    )
    arrival.state, arrival.arrived_at = waiting.ARRIVED, clock.now()
    arrival.number = next_number(session, arrival.unit_code, today)
    if talk is not None:
        talk.state = "booked"
    session.add(arrival)
    session.flush()
    if late is not None:
        record(session, VisitationNotMissed(no_show_id=arrival.id, citizen_id=citizen_id), arrival)
    return arrival


def _talk(session: Session, citizen_id: UUID, visitation_id: UUID | None, day: date) -> Visitation | None:
    first, last = calendar.danish_time(day, 0), calendar.danish_time(day + timedelta(days=1), 0)
    rows = select(Visitation).where(
        Visitation.citizen_id == citizen_id, Visitation.state.in_(("booked", "missed")),
        Visitation.starts_at >= first, Visitation.starts_at < last,
    )  # fmt: skip
    if visitation_id is not None:
        rows = rows.where(Visitation.id == visitation_id)
    found = session.scalars(rows.order_by(Visitation.starts_at, Visitation.id).limit(1).with_for_update()).one_or_none()
    if visitation_id is not None and found is None:
        raise Refused(
            "no_talk_today",
            "Borgeren har ikke den tid i dag. Notér ankomsten uden tid i stedet.",
            "The citizen does not have that talk today. Note the arrival without a booking instead.",
        )
    return found


def next_number(session: Session, unit_code: str, day: date) -> int:
    """One more than the last of the unit's day; other desks wait here until this one is through."""
    series = insert(NumberSeries).values(unit_code=unit_code, on_day=day, last=1)
    counted = series.on_conflict_do_update(
        index_elements=["unit_code", "on_day"], set_={"last": NumberSeries.last + 1}
    ).returning(NumberSeries.last)
    number: int = session.execute(counted).scalar_one()
    return number


def call(session: Session, arrival_id: UUID, *, place: str, by: str) -> Arrival:
    """To a desk or a room: the end of the waiting time."""
    if place not in places(session):
        raise Invalid({"place": "Vælg, hvor borgeren skal hen. / Choose where the citizen is to go."})
    return _step(session, arrival_id, waiting.CALLED, called_to=place, called_by=by)


def begin_talk(session: Session, arrival_id: UUID, *, by: str) -> Arrival:
    """They sit together; whoever was fetched without a call stopped waiting now."""
    arrival = locked(session, arrival_id)
    now = clock.now()
    fetched = {} if arrival.called_at else {"called_at": now, "called_by": by}
    return _step(session, arrival_id, waiting.IN_TALK, talk_at=now, **fetched)


def finish(session: Session, arrival_id: UUID) -> Arrival:
    """The talk is over."""
    return _step(session, arrival_id, waiting.DONE)


def leave(session: Session, arrival_id: UUID) -> Arrival:
    """They went again before the talk. Where it is still to come, as it was moved while they sat there, they are
    expected to it again."""
    _arrival, talk = _locked_with_talk(session, arrival_id)
    to_come = talk is not None and talk.state == "booked" and talk.starts_at > clock.now()
    return _step(session, arrival_id, waiting.LEFT, **({"visitation_id": None} if to_come else {}))


def finish_with(session: Session, visitation_id: UUID) -> None:
    """The visitation was held, so whoever was called for it is done as well."""
    rows = select(Arrival).where(
        Arrival.visitation_id == visitation_id, Arrival.on_day == clock.today(),
        Arrival.state.in_(waiting.FROM[waiting.DONE]),
    )  # fmt: skip
    for arrival in session.scalars(rows.with_for_update()):
        arrival.state, arrival.done_at = waiting.DONE, clock.now()


def no_show(session: Session, visitation_id: UUID, *, unit_code: str) -> Arrival:
    """Nobody came to a talk that has begun; it decides nothing, and a new time can be given at once."""
    talk = session.get(Visitation, visitation_id, with_for_update=True)
    if talk is None:
        raise NotFound
    looked(session, talk.citizen_id)
    now = clock.now()
    if talk.state != "booked" or calendar.danish_day(talk.starts_at) != clock.today():
        raise Refused("no_talk_today", "Der er ikke en booket tid i dag.", "There is no booked talk today.")
    if talk.starts_at > now:
        raise Refused("not_begun", "Tiden er ikke begyndt endnu.", "The time has not begun yet.")
    rows = select(Arrival).where(Arrival.visitation_id == visitation_id, Arrival.on_day == clock.today())
    if (here := session.scalar(rows.with_for_update())) is not None:
        raise elsewhere(here)
    talk.state = "missed"
    arrival = Arrival(
        id=new_id(), citizen_id=talk.citizen_id, visitation_id=talk.id, unit_code=unit_code, on_day=clock.today(),
        state=waiting.NO_SHOW, no_show_at=now,
    )  # fmt: skip
    session.add(arrival)
    tell_missed(session, arrival, talk)
    return arrival


def tell_missed(session: Session, arrival: Arrival, talk: Visitation) -> None:
    """The no-show is told, each by its own id: a talk that is moved may be missed again."""
    missed = VisitationMissed(no_show_id=arrival.id, citizen_id=talk.citizen_id, starts_at=talk.starts_at)
    record(session, missed, arrival)


def step_back(session: Session, arrival_id: UUID, *, version: int) -> tuple[Arrival, str | None]:
    """The last step is taken back; the state it has now, None where there was no step before it and the row is gone.

    Raises CannotUndo where somebody did something since.
    """
    arrival, talk = _locked_with_talk(session, arrival_id)
    arrival.require_untouched(version)
    times = {name: getattr(arrival, name) for name in waiting.TIMES.values()}
    before = waiting.step_before(times, arrival.state, called_to=arrival.called_to)
    if before is None:
        _forget(session, arrival, talk)
        return arrival, None
    if before == waiting.NO_SHOW:
        _miss_again(session, arrival, talk)
        return arrival, before
    if arrival.state == waiting.LEFT:
        arrival.visitation_id = talk.id if talk else None
    setattr(arrival, waiting.TIMES[arrival.state], None)
    if before == waiting.ARRIVED:
        arrival.called_at = arrival.called_to = arrival.called_by = None
    arrival.state = before
    session.flush()
    return arrival, before


def forget(session: Session, arrival_id: UUID, *, version: int) -> None:
    """The whole arrival is taken back, whatever its steps; raises CannotUndo where somebody did something since."""
    arrival, talk = _locked_with_talk(session, arrival_id)
    arrival.require_untouched(version)
    _forget(session, arrival, talk)


def _locked_with_talk(session: Session, arrival_id: UUID) -> tuple[Arrival, Visitation | None]:
    # The talk is locked before the arrival, as by everybody who writes both.
    known = session.execute(
        select(Arrival.visitation_id, Arrival.citizen_id, Arrival.on_day, Arrival.left_at).where(
            Arrival.id == arrival_id
        )
    ).one_or_none()
    if known is None:
        raise NotFound
    rows = select(Visitation).where(Visitation.id == known.visitation_id)
    if known.visitation_id is None and known.left_at is not None:
        rows = _left_before(known.citizen_id, known.on_day, known.left_at)
    talk = session.scalar(rows.order_by(Visitation.starts_at, Visitation.id).limit(1).with_for_update())
    return locked(session, arrival_id), talk


def _left_before(citizen_id: UUID, day: date, left_at: datetime) -> Select[Visitation]:
    """Talks of the day that somebody is expected to, and was here before."""
    noted = exists().where(Arrival.visitation_id == Visitation.id, Arrival.on_day == day)
    return select(Visitation).where(
        Visitation.citizen_id == citizen_id, Visitation.state == "booked", Visitation.starts_at > left_at,
        Visitation.starts_at < calendar.danish_time(day + timedelta(days=1), 0), ~noted,
    )  # fmt: skip


def _forget(session: Session, arrival: Arrival, talk: Visitation | None) -> None:
    if arrival.state == waiting.NO_SHOW:
        if talk is not None and talk.state == "missed":
            talk.state = "booked"
        gone = VisitationNotMissed(no_show_id=arrival.id, citizen_id=arrival.citizen_id)
        record(session, gone, arrival.version + 1)
    session.execute(delete(HandOver).where(HandOver.arrival_id == arrival.id))
    session.delete(arrival)
    session.flush()


def _miss_again(session: Session, arrival: Arrival, talk: Visitation | None) -> None:
    # A talk that was moved or held since is not the one that nobody came to.
    if talk is None or arrival.no_show_at is None or talk.state != "booked" or talk.starts_at > arrival.no_show_at:
        raise CannotUndo
    session.execute(delete(HandOver).where(HandOver.arrival_id == arrival.id))
    arrival.state, arrival.arrived_at, arrival.number, talk.state = waiting.NO_SHOW, None, None, "missed"
    session.flush()
    tell_missed(session, arrival, talk)


def locked(session: Session, arrival_id: UUID) -> Arrival:
    """The row, nobody else's until this is through; raises NotFound, also where its citizen was erased."""
    arrival = session.get(Arrival, arrival_id, with_for_update=True)
    if arrival is None or session.get(Citizen, arrival.citizen_id) is None:
        raise NotFound
    looked(session, arrival.citizen_id)
    return arrival


def _step(session: Session, arrival_id: UUID, to: str, **also: Any) -> Arrival:
    arrival = locked(session, arrival_id)
    if arrival.state not in waiting.FROM[to]:
        raise elsewhere(arrival)
    arrival.state = to
    for name, value in {waiting.TIMES[to]: clock.now(), **also}.items():
        setattr(arrival, name, value)
    session.flush()
    return arrival


def elsewhere(arrival: Arrival) -> Refused:
    """What another desk did meanwhile, said calmly."""
    danish, english = WORDS[arrival.state]
    who = (f"Nr. {arrival.number}", f"No. {arrival.number}") if arrival.number else ("Borgeren", "The citizen")
    return Refused(
        f"{arrival.state}_already" if arrival.state != waiting.ARRIVED else "waits",
        f"{who[0]} {danish}. Tavlen viser, hvordan det står nu.",
        f"{who[1]} {english}. The board shows how it stands now.",
    )


def places(session: Session) -> dict[str, str | None]:
    """Where somebody can be called to: the desks, without a name, and the rooms in use with theirs."""
    number = POLICY.row("waiting.desks", clock.today()).value
    rooms = session.execute(select(Room.code, Room.name).where(Room.active).order_by(Room.name, Room.code))
    found: dict[str, Any] = dict.fromkeys(rules.desks(number))
    return found | {row.code: row.name for row in rooms}
