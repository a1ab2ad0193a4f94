"""The consultants' time: opened ahead as the calendars give it, and given away once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, and_, any_, bindparam, delete, or_, select, update
from sqlalchemy import insert as core_insert
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.intake.models import Absence, Consultant, FirstContact, Room, Slot, Visitation
from services.intake.rules import calendars
from services.intake.rules.calendars import Given, Seat, Time, Worker
from services.intake.use_cases import POLICY
from shared import calendar, clock
from shared.database import new_id
from shared.errors import Refused
from shared.events import VisitationBooked
from shared.outbox import record

_SLOTS: Any = Slot.__table__
_VISITATIONS: Any = Visitation.__table__
_NOBODY_HAS_IT = _SLOTS.c.visitation_id.is_(None)
_NOBODY_HOLDS_IT = or_(_SLOTS.c.held_until.is_(None), _SLOTS.c.held_until <= bindparam("now"))
_OURS: Any = {"visitation_id": bindparam("visitation"), "hold_id": None, "held_until": None}
_SOONEST = (
    select(_SLOTS.c.id)
    .where(_NOBODY_HAS_IT, _NOBODY_HOLDS_IT, _SLOTS.c.starts_at >= bindparam("earliest"))
    .order_by(_SLOTS.c.starts_at, _SLOTS.c.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_GIVEN = (_SLOTS.c.starts_at, _SLOTS.c.ends_at, _SLOTS.c.place_code)
_TAKE_SOONEST: Any = update(_SLOTS).where(_SLOTS.c.id == _SOONEST.scalar_subquery()).values(_OURS).returning(*_GIVEN)
_FREE_FOR = or_(_NOBODY_HOLDS_IT, _SLOTS.c.hold_id == bindparam("holder"))
_TAKE_CHOSEN: Any = (
    update(_SLOTS)
    .where(_SLOTS.c.id == bindparam("chosen"), _NOBODY_HAS_IT, _FREE_FOR, _SLOTS.c.starts_at > bindparam("now"))
    .values(_OURS)
    .returning(*_GIVEN)
)
_NEW_VISITATION: Any = core_insert(_VISITATIONS)


class SlotTaken(Refused):
    """The slot that was chosen is somebody else's by now."""

    def __init__(self) -> None:
        super().__init__(
            "slot_taken",
            "Tiden er taget af en anden. Der er valgt en ny tid nedenfor. Se den, og gem igen.",
            "Somebody else took the time. A new one is chosen below. Look at it, and save again.",
        )


class NoSlot(Refused):
    """Every slot of the horizon is given away."""

    def __init__(self) -> None:
        super().__init__("no_slot", "Der er ingen ledig tid endnu.", "There is no free slot yet.")


def free_now(moment: datetime) -> Any:
    """The condition that nobody has a slot and nobody holds it."""
    return and_(Slot.visitation_id.is_(None), or_(Slot.held_until.is_(None), Slot.held_until <= moment))


def take_soonest(session: Session, visitation_id: UUID, earliest: datetime) -> Any:
    """Start, end and place of the soonest free slot, which is the visitation's from now on; None without one."""
    asked = {"earliest": earliest, "now": clock.now(), "visitation": visitation_id}
    return session.execute(_TAKE_SOONEST, asked).one_or_none()


def take_chosen(session: Session, visitation_id: UUID, slot_id: UUID, holder: UUID | None) -> Any:
    """As `take_soonest`, of one slot, free or held by `holder`; raises SlotTaken."""
    asked = {"chosen": slot_id, "holder": holder, "now": clock.now(), "visitation": visitation_id}
    slot = session.execute(_TAKE_CHOSEN, asked).one_or_none()
    if slot is None:
        raise SlotTaken
    return slot


def book_soonest(session: Session, contact: FirstContact, earliest: datetime) -> Visitation | None:
    """The soonest free slot becomes the citizen's; two desks never get the same one. None when all are taken."""
    visitation_id = new_id()
    slot = take_soonest(session, visitation_id, earliest)
    return _booked(session, contact, visitation_id, slot) if slot else None


def book_chosen(session: Session, contact: FirstContact, slot_id: UUID, holder: UUID | None) -> Visitation:
    """The slot that somebody chose becomes the citizen's; raises SlotTaken."""
    visitation_id = new_id()
    return _booked(session, contact, visitation_id, take_chosen(session, visitation_id, slot_id, holder))


def _booked(session: Session, contact: FirstContact, visitation_id: UUID, slot: Any) -> Visitation:
    row = {
        "id": visitation_id,
        "contact_id": contact.id,
        "citizen_id": contact.citizen_id,
        "state": "booked",
        "starts_at": slot.starts_at,
        "first_starts_at": slot.starts_at,
        "ends_at": slot.ends_at,
        "place_code": slot.place_code,
        "within_local_goal": calendar.danish_day(slot.starts_at) <= contact.local_goal_due,
        "version": 1,
    }
    session.execute(_NEW_VISITATION, row)
    visitation = Visitation(**row)
    record(session, VisitationBooked(
        visitation_id=visitation.id, citizen_id=contact.citizen_id,
        starts_at=visitation.starts_at, ends_at=visitation.ends_at, place_code=visitation.place_code,
        local_goal_due=contact.local_goal_due, statutory_due=contact.statutory_due,
        guidance_version=contact.guidance_version,
    ))  # fmt: skip
    return visitation


def release(session: Session, visitation_id: UUID, after: datetime | None = None) -> None:
    """The visitation's slot is free again, or gone where the calendars no longer give it; only one after a moment."""
    its = [Slot.visitation_id == visitation_id, *([Slot.starts_at > after] if after else [])]
    session.execute(delete(Slot).where(*its, Slot.off_calendar).execution_options(synchronize_session=False))
    session.execute(update(Slot).where(*its).values(visitation_id=None).execution_options(synchronize_session=False))


def booked_already(session: Session, citizen_id: UUID, now: datetime) -> Visitation | None:
    """The next visitation that the citizen has, if any."""
    coming = select(Visitation).where(
        Visitation.citizen_id == citizen_id, Visitation.state == "booked", Visitation.ends_at > now
    )
    return session.scalars(coming.order_by(Visitation.starts_at).limit(1)).one_or_none()


def stock_slots(session: Session) -> None:
    """Open the slots of the coming days, close free ones that the calendars no longer give, and mark the taken ones."""
    now, days = clock.now(), calendars.horizon(clock.today(), POLICY)
    workers, seats = _workers(session), _seats(session)
    first = calendar.danish_time(days[0], 0)
    taken = session.scalars(select(Slot).where(Slot.starts_at >= first, ~free_now(now))).all()
    kept = [_given(slot) for slot in taken]
    wanted = [given for day in days for given in calendars.planned(day, workers, seats, kept, POLICY)]
    _follow(session, now, first, wanted)
    gone = {
        slot.id
        for slot, given in zip(taken, kept, strict=True)
        if not calendars.still_given(given, workers, seats, POLICY)
    }
    _mark(session, taken, gone)


def _mark(session: Session, taken: Sequence[Slot], gone: set[UUID]) -> None:
    """By statements that do not mind a slot that is moved away from meanwhile; one that is only held goes at once."""
    held = [slot.id for slot in taken if slot.visitation_id is None and slot.id in gone]
    if held:
        session.execute(
            delete(Slot)
            .where(Slot.id.in_(held), Slot.visitation_id.is_(None))
            .execution_options(synchronize_session=False)
        )
    for mark in (True, False):
        changed = [slot.id for slot in taken if (slot.id in gone) is mark and slot.off_calendar is not mark]
        if changed:
            session.execute(
                update(Slot)
                .where(Slot.id.in_(changed))
                .values(off_calendar=mark)
                .execution_options(synchronize_session=False)
            )


def _follow(session: Session, now: datetime, first: datetime, wanted: list[Given]) -> None:
    """Free slots become these: what stands already is left alone, as ten thousand stand where two hundred change."""
    key = (Slot.consultant, Slot.room_code, Slot.seat, Slot.starts_at)
    free = session.execute(select(Slot.id, *key).where(Slot.starts_at >= first, free_now(now)))
    standing = {tuple(slot): slot_id for slot_id, *slot in free}
    given = {(one.consultant, one.room_code, one.seat, one.time.starts_at): one for one in wanted}
    closed = [slot_id for key, slot_id in standing.items() if key not in given]
    if closed:
        session.execute(
            delete(Slot)
            .where(Slot.id == any_(bindparam("closed", closed, ARRAY(Uuid))), free_now(now))
            .execution_options(synchronize_session=False)
        )
    opened = [_row(one) for key, one in given.items() if key not in standing]
    if opened:
        session.execute(insert(Slot).on_conflict_do_nothing(), opened)


def _workers(session: Session) -> list[Worker]:
    absences: dict[UUID, list[Time]] = {}
    for absence in session.scalars(select(Absence).where(Absence.ends_at > clock.now())):
        absences.setdefault(absence.consultant_id, []).append(Time(absence.starts_at, absence.ends_at))
    there = session.scalars(select(Consultant).where(Consultant.active).order_by(Consultant.code))
    return [Worker(one.code, tuple(one.hours), tuple(absences.get(one.id, ()))) for one in there]


def _seats(session: Session) -> Sequence[Seat]:
    rooms = session.scalars(select(Room).where(Room.active).order_by(Room.code))
    return [Seat(room.code, number, room.place_code) for room in rooms for number in range(1, room.places + 1)]


def _given(slot: Slot) -> Given:
    return Given(slot.consultant, slot.room_code, slot.seat, slot.place_code, Time(slot.starts_at, slot.ends_at))


def _row(given: Given) -> dict[str, Any]:
    return {
        "id": new_id(),
        "consultant": given.consultant,
        "room_code": given.room_code,
        "seat": given.seat,
        "place_code": given.place_code,
        "starts_at": given.time.starts_at,
        "ends_at": given.time.ends_at,
        "off_calendar": False,
    }
