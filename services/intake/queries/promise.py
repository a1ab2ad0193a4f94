"""Who was not met in time, who is in danger of it, whose talk must move, and what the coming days will bring."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Integer, Row, and_, cast, exists, func, literal_column, or_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session, aliased

from services.intake.models import BreachCause, Citizen, Consultant, DoorOutcome, FirstContact, Room, Slot, Visitation
from services.intake.queries.numbered import page_of_rows
from services.intake.rules import URGENT, calendars, is_open, promise
from services.intake.rules.promise import LOCAL, STATUTORY, DayAhead
from services.intake.use_cases import POLICY
from services.intake.use_cases.holds import NOTICE
from services.intake.use_cases.slots import free_now
from shared import calendar, clock, units
from shared.lookups import looked

ALARM_DAYS = 90
# Not a parameter: PostgreSQL must see that what is grouped by is what is shown.
_ZONE: Any = literal_column(f"'{calendar.DENMARK.key}'")


def danish_day(moment: Any) -> Any:
    """The Danish day of a column's moment."""
    return cast(func.timezone(_ZONE, moment), Date)


def of_theirs() -> ColumnElement[bool]:
    """A talk of the contact's person, from then on."""
    return and_(Visitation.citizen_id == FirstContact.citizen_id, Visitation.ends_at > FirstContact.at)


def has_not_ended() -> ColumnElement[bool]:
    """Of a contact: nobody has noted how it ended at the door."""
    return ~exists().where(DoorOutcome.contact_id == FirstContact.id).correlate(FirstContact)


def is_to_come(now: datetime) -> ColumnElement[bool]:
    """A talk that is booked and not over."""
    return and_(Visitation.state == "booked", Visitation.ends_at > now)


def _talks(now: datetime, *conditions: ColumnElement[bool]) -> Any:
    """Talks of the contact's person from then on that were held or are to come."""
    counts = or_(Visitation.state == "held", is_to_come(now))
    return exists().where(of_theirs(), counts, *conditions).correlate(FirstContact)


def broken(due: Any, now: datetime, today: date) -> ColumnElement[bool]:
    """No talk by then, and either the day is over or the talk that there is comes after it; no breach where the
    contact had ended at the door by then, as the leader's numbers count it (rules/indicators.py)."""
    in_time = _talks(now, danish_day(Visitation.starts_at) <= due)
    ended = exists().where(DoorOutcome.contact_id == FirstContact.id, danish_day(DoorOutcome.noted_at) <= due)
    unkept = is_broken(due, in_time, _talks(now, Visitation.state == "booked"), today)
    return and_(unkept, ~ended.correlate(FirstContact))


def is_broken(due: Any, in_time: Any, to_come: Any, today: date) -> ColumnElement[bool]:
    """Of a promise by a day: whether there is a talk by then, and whether one is to come."""
    return and_(due.is_not(None), ~in_time, or_(due < today, to_come))


def in_danger(now: datetime, today: date) -> ColumnElement[bool]:
    """No talk held yet, and the statutory limit near: by a talk that lies there or later, by the day, or for want of
    a free slot before it. Not where the contact has ended at the door."""
    due = FirstContact.statutory_due
    near: Any = due - POLICY.row("promise.alarm", today).value
    soonest = select(danish_day(func.min(Slot.starts_at))).where(free_now(now), Slot.starts_at > now + NOTICE)
    no_room = func.coalesce(soonest.scalar_subquery() > due, True)
    without = and_(~_talks(now), or_(near <= today, no_room))
    safe = _talks(now, danish_day(Visitation.starts_at) < near)
    near_or_late = and_(_talks(now, Visitation.state == "booked"), ~safe)
    not_held = ~_talks(now, Visitation.state == "held")
    lately = due >= today - timedelta(days=ALARM_DAYS)
    return and_(lately, not_held, has_not_ended(), or_(without, near_or_late))


def urgent_first() -> tuple[Any]:
    """The order of contacts that puts what is urgent before the rest."""
    return (FirstContact.urgency.not_in(URGENT).cast(Integer),)


def alarms(session: Session, page: int = 1, *, reader: str | None = None) -> tuple[list[dict[str, Any]], bool]:
    """People whose statutory limit is in danger, the urgent and then the nearest first, each once, with their talk.

    A page of them; True for more. For a `reader` those of that unit and of none.
    """
    now, today = clock.now(), clock.today()
    order = (*urgent_first(), FirstContact.statutory_due, FirstContact.at, FirstContact.id)
    place: Any = func.row_number().over(partition_by=FirstContact.citizen_id, order_by=order).label("place")
    each = select(FirstContact.id, place).where(in_danger(now, today), *_within(reader)).subquery()
    theirs = and_(Visitation.citizen_id == FirstContact.citizen_id, is_to_come(now))
    soonest = select(Visitation.id).where(theirs).order_by(Visitation.starts_at).limit(1).correlate(FirstContact)
    talk = aliased(Visitation)
    rows: Any = select(FirstContact, Citizen, talk).join(each, and_(each.c.id == FirstContact.id, each.c.place == 1))
    rows = rows.join(Citizen, Citizen.id == FirstContact.citizen_id)
    rows = rows.outerjoin(talk, talk.id == soonest.scalar_subquery()).order_by(*order)
    read, more = page_of_rows(session, rows, page)
    found = [{"contact": contact, "citizen": citizen, "talk": booked} for contact, citizen, booked in read]
    looked(session, *(one["citizen"].id for one in found))
    return found, more


def _within(reader: str | None) -> list[ColumnElement[bool]]:
    if reader is None:
        return []
    elsewhere = exists().where(
        units.TABLE.c.citizen_id == FirstContact.citizen_id, units.TABLE.c.unit_code != reader
    )  # fmt: skip
    return [~elsewhere]


def breaches(
    session: Session, since: date, until: date, page: int = 1, *, reader: str | None = None
) -> tuple[list[dict[str, Any]], bool]:
    """Each promise that was not kept to those who came on these days, the newest first, with its cause where a person
    has chosen one; nobody where the person is erased. A page of contacts; True for more."""
    now, today = clock.now(), clock.today()
    local, statutory = broken(FirstContact.local_goal_due, now, today), broken(FirstContact.statutory_due, now, today)
    causes: dict[str, Any] = {name: aliased(BreachCause) for name in (LOCAL, STATUTORY)}
    rows = select(FirstContact, Citizen, local, statutory, causes[LOCAL], causes[STATUTORY])
    rows = rows.outerjoin(Citizen, Citizen.id == FirstContact.citizen_id)
    for name, cause in causes.items():
        rows = rows.outerjoin(cause, and_(cause.contact_id == FirstContact.id, cause.promise == name))
    first, last = calendar.danish_time(since, 0), calendar.danish_time(until + timedelta(days=1), 0)
    rows = rows.where(FirstContact.at >= first, FirstContact.at < last, or_(local, statutory), *_within(reader))
    rows = rows.order_by(FirstContact.at.desc(), FirstContact.id)
    read, more = page_of_rows(session, rows, page)
    found = []
    for contact, citizen, *told in read:
        promises = ((LOCAL, contact.local_goal_due), (STATUTORY, contact.statutory_due))
        for (name, due), is_broken, cause in zip(promises, told[:2], told[2:], strict=True):
            if is_broken:
                found.append({"contact": contact, "citizen": citizen, "promise": name, "due": due, "cause": cause})
    looked(session, *(one["citizen"].id for one in found if one["citizen"]))
    return found, more


def to_move(session: Session, page: int = 1) -> tuple[Sequence[Row[*tuple[Any, ...]]], bool]:
    """Talks to come whose slot the calendars no longer give, the soonest first: talk, who it is, with whom.

    A page of them; True for more.
    """
    rows = select(Visitation, Citizen, Consultant).join(Slot, Slot.visitation_id == Visitation.id)
    rows = rows.join(Citizen, Citizen.id == Visitation.citizen_id)
    rows = rows.outerjoin(Consultant, Consultant.code == Slot.consultant)
    rows = rows.where(*must_move(clock.now())).order_by(Visitation.starts_at, Visitation.id)
    found, more = page_of_rows(session, rows, page)
    looked(session, *(citizen.id for _talk, citizen, _with in found))
    return found, more


def must_move(now: datetime) -> tuple[Any, ...]:
    """The conditions of a talk whose consultant, room or day is no longer there."""
    return Slot.off_calendar, Visitation.state == "booked", Visitation.starts_at > now


def where_and_whom(session: Session, visitation_id: UUID) -> Row[*tuple[Any, ...]] | None:
    """Consultant's and room's names of a talk; None once the slot is given back."""
    rows = select(Consultant.name.label("consultant"), Room.name.label("room")).select_from(Slot)
    rows = rows.outerjoin(Consultant, Consultant.code == Slot.consultant).outerjoin(Room, Room.code == Slot.room_code)
    return session.execute(rows.where(Slot.visitation_id == visitation_id)).one_or_none()


def soonest(session: Session, most: int, *, holder: UUID | None = None, until: date | None = None) -> Sequence[Slot]:
    """The soonest times that are free, or held by `holder`, each time once; not after the day `until`."""
    now = clock.now()
    free = free_now(now)
    if holder is not None:
        free = or_(free, and_(Slot.hold_id == holder, Slot.visitation_id.is_(None)))
    theirs_first = (Slot.hold_id == holder).desc().nulls_last() if holder else Slot.id
    rows = select(Slot).ext(distinct_on(Slot.starts_at)).where(free, Slot.starts_at > now + NOTICE)
    if until is not None:
        rows = rows.where(Slot.starts_at < calendar.danish_time(until + timedelta(days=1), 0))
    return session.scalars(rows.order_by(Slot.starts_at, theirs_first, Slot.id).limit(most)).all()


def coming_days(session: Session) -> list[DayAhead]:
    """The opening days ahead for which slots are open, with what is free and how many usually come."""
    today, now = clock.today(), clock.now()
    days = [day for day in calendars.horizon(today, POLICY)[1:] if is_open(day, POLICY)]
    free: Any = select(danish_day(Slot.starts_at), func.count()).where(free_now(now), Slot.starts_at > now)
    weeks = POLICY.row("forecast.weeks", today).value
    earliest = calendar.danish_time(today - timedelta(days=7 * (weeks + 1)), 0)
    came: Any = select(danish_day(FirstContact.at), func.count()).where(FirstContact.at >= earliest)
    since = session.scalar(select(func.min(FirstContact.at)))
    return promise.forecast(
        days,
        free=dict(session.execute(free.group_by(danish_day(Slot.starts_at))).all()),
        came=dict(session.execute(came.group_by(danish_day(FirstContact.at))).all()),
        first_day=since and calendar.danish_day(since),
        policy=POLICY,
        today=today,
    )
