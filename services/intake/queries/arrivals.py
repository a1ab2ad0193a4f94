"""The waiting room as it stands: who waits, who is called where, who is expected, and what the wall shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from services.intake.models import Arrival, Citizen, Consultant, HandOver, NumberSeries, Room, Slot, Visitation
from services.intake.rules import waiting
from shared import calendar
from shared.errors import NotFound
from shared.lookups import looked

ON_THE_WALL = 6


@dataclass(frozen=True)
class Present:
    """An arrival with a first name (None for a protected person, and once they are erased), the talk's time, the
    newest hand-over, and the consultant's name where it is to one."""

    arrival: Arrival
    first_name: str | None
    booked_at: datetime | None
    hand_over: HandOver | None
    given_to: str | None

    def waited(self, now: datetime) -> timedelta | None:
        """From arrived to called, so far where nobody is called; None for a no-show, and where no call was noted."""
        came = self.arrival.arrived_at
        until = now if self.arrival.state == waiting.ARRIVED else self.arrival.called_at
        return until - came if came and until else None


@dataclass(frozen=True)
class Line:
    """What can be typed in about somebody: a talk without an arrival, or an arrival whose stay is not over."""

    visitation_id: UUID | None
    arrival_id: UUID | None
    starts_at: datetime | None
    name: str | None
    number: int | None
    noted: Mapping[str, datetime | None]

    @classmethod
    def gone(cls, about: str, known_as: str) -> "Line":
        """One that somebody else noted while it was typed."""
        return cls(**{"visitation_id": None, "arrival_id": None, about: UUID(known_as)}, starts_at=None, name=None,
                   number=None, noted={})  # fmt: skip


def first_name(citizen: Citizen | None) -> str | None:
    """All of a name that a board shows; nothing of a protected person's."""
    return citizen.name.split()[0] if citizen and not citizen.protected else None


def room_on(session: Session, unit_code: str, day: date) -> list[Present]:
    """A unit's arrivals of a day, in the order in which they came."""
    rows = select(Arrival, Citizen, Visitation.starts_at)
    rows = rows.outerjoin(Citizen, Citizen.id == Arrival.citizen_id)
    rows = rows.outerjoin(Visitation, Visitation.id == Arrival.visitation_id)
    rows = rows.where(Arrival.on_day == day, Arrival.unit_code == unit_code)
    found = session.execute(rows.order_by(Arrival.arrived_at, Arrival.number, Arrival.id)).all()
    given = _given(session, [arrival.id for arrival, *_ in found])
    looked(session, *(citizen.id for _arrival, citizen, _at in found if citizen))
    return [
        Present(arrival, first_name(citizen), at, *given.get(arrival.id, (None, None)))
        for arrival, citizen, at in found
    ]


def _given(session: Session, arrivals: Sequence[UUID]) -> dict[UUID, tuple[HandOver, str | None]]:
    if not arrivals:
        return {}
    rows = select(HandOver, Consultant.name).outerjoin(Consultant, Consultant.code == HandOver.to_code)
    rows = rows.where(HandOver.arrival_id.in_(arrivals)).order_by(HandOver.given_at, HandOver.id)
    return {one.arrival_id: (one, name) for one, name in session.execute(rows)}


def present(session: Session, arrival_id: UUID) -> Present:
    """One arrival; raises NotFound, also where its citizen was erased."""
    arrival = session.get(Arrival, arrival_id)
    citizen = session.get(Citizen, arrival.citizen_id) if arrival else None
    if arrival is None or citizen is None:
        raise NotFound
    looked(session, citizen.id)
    talk = session.get(Visitation, arrival.visitation_id) if arrival.visitation_id else None
    newest = _given(session, [arrival.id]).get(arrival.id, (None, None))
    return Present(arrival, first_name(citizen), talk.starts_at if talk else None, *newest)


def expected(session: Session, day: date) -> list[tuple[Visitation, str | None, str | None]]:
    """Booked talks of a day that nobody has come to yet, the soonest first: first name, and with whom."""
    came = and_(Arrival.visitation_id == Visitation.id, Arrival.on_day == day)
    rows = select(Visitation, Citizen, Consultant.name).outerjoin(Arrival, came)
    rows = rows.join(Citizen, Citizen.id == Visitation.citizen_id).outerjoin(Slot, Slot.visitation_id == Visitation.id)
    rows = rows.outerjoin(Consultant, Consultant.code == Slot.consultant)
    first, last = calendar.danish_time(day, 0), calendar.danish_time(day + timedelta(days=1), 0)
    rows = rows.where(
        Visitation.state == "booked", Visitation.starts_at >= first, Visitation.starts_at < last, Arrival.id.is_(None)
    )
    found = session.execute(rows.order_by(Visitation.starts_at, Visitation.id)).all()
    looked(session, *(citizen.id for _talk, citizen, _with in found))
    return [(talk, first_name(citizen), consultant) for talk, citizen, consultant in found]


def last_place(session: Session, caller: str, day: date) -> str | None:
    """Where somebody called to last on a day, so that they need not say it again."""
    rows = select(Arrival.called_to).where(
        Arrival.called_by == caller, Arrival.on_day == day, Arrival.called_to.is_not(None)
    )
    return session.scalar(rows.order_by(Arrival.called_at.desc()).limit(1))


def on_the_wall(session: Session, unit_code: str, day: date) -> Sequence[Any]:
    """What everybody may see: number, place and the place's name of those who are called, the newest first."""
    rows = select(Arrival.number, Arrival.called_to, Room.name, Arrival.called_at)
    rows = rows.outerjoin(Room, Room.code == Arrival.called_to)
    rows = rows.where(Arrival.on_day == day, Arrival.unit_code == unit_code, Arrival.state == waiting.CALLED)
    return session.execute(rows.order_by(Arrival.called_at.desc(), Arrival.id.desc()).limit(ON_THE_WALL)).all()


def lines_to_type(session: Session, unit_code: str, day: date, most: int) -> list[Line]:
    """A day's talks that nobody is noted for and a unit's arrivals that are not over, in the order of time."""
    first, last = calendar.danish_time(day, 0), calendar.danish_time(day + timedelta(days=1), 0)
    came = and_(Arrival.visitation_id == Visitation.id, Arrival.on_day == day)
    on_day = and_(Visitation.starts_at >= first, Visitation.starts_at < last, Visitation.state != "cancelled")
    talks = select(Visitation, Citizen).outerjoin(Arrival, came)
    talks = talks.join(Citizen, Citizen.id == Visitation.citizen_id).where(on_day, Arrival.id.is_(None))
    here = select(Arrival, Citizen, Visitation.starts_at).join(Citizen, Citizen.id == Arrival.citizen_id)
    here = here.outerjoin(Visitation, Visitation.id == Arrival.visitation_id)
    here = here.where(Arrival.on_day == day, Arrival.unit_code == unit_code, Arrival.state.in_(waiting.HERE))
    found = [
        (citizen.id, Line(None, arrival.id, at, first_name(citizen), arrival.number, _noted(arrival)))
        for arrival, citizen, at in session.execute(here.order_by(Arrival.arrived_at, Arrival.id).limit(most))
    ]
    found += [
        (citizen.id, Line(talk.id, None, talk.starts_at, first_name(citizen), None, {}))
        for talk, citizen in session.execute(talks.order_by(Visitation.starts_at, Visitation.id).limit(most))
    ]
    looked(session, *(citizen_id for citizen_id, _line in found[:most]))
    return [line for _citizen_id, line in found[:most]]


def _noted(arrival: Arrival) -> dict[str, datetime | None]:
    columns = zip(waiting.STEPS, waiting.WAITING_STATES, strict=False)
    return {step: getattr(arrival, waiting.TIMES[state]) for step, state in columns}


def walk_ins(session: Session, unit_code: str, day: date) -> Sequence[Any]:
    """Who came to a unit without a booking on a day: the arrival, the name and the birth date, none once erased."""
    rows = select(Arrival, Citizen.id, Citizen.name, Citizen.birth_date)
    rows = rows.outerjoin(Citizen, Citizen.id == Arrival.citizen_id)
    rows = rows.where(
        Arrival.on_day == day, Arrival.unit_code == unit_code, Arrival.visitation_id.is_(None),
        Arrival.state != waiting.NO_SHOW,
    )  # fmt: skip
    found = session.execute(rows.order_by(Arrival.arrived_at, Arrival.id)).all()
    looked(session, *(one.id for one in found if one.id))
    return found


def last_number(session: Session, unit_code: str, day: date) -> int:
    """The last number that a unit gave on a day."""
    rows = select(NumberSeries.last).where(NumberSeries.unit_code == unit_code, NumberSeries.on_day == day)
    return session.scalar(rows) or 0
