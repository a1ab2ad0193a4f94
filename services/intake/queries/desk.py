"""Intake's reads."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, exists, func, literal, select
from sqlalchemy.orm import Session, joinedload, selectinload

from services.intake.models import (
    Arrival,
    Citizen,
    CitizenName,
    Erasure,
    FirstContact,
    Host,
    JobWishes,
    MachineClient,
    Referral,
    Slot,
    Visitation,
)
from services.intake.queries.numbered import page_of_rows
from services.intake.queries.promise import danish_day, has_not_ended, in_danger, must_move, of_theirs, urgent_first
from services.intake.use_cases.slots import free_now
from shared import calendar, clock, paging
from shared.errors import NotFound
from shared.lookups import looked

ERASURE_SHOWN = (
    "id", "citizen_id", "classes", "policies", "reason_code", "announced_at", "due_on", "stopped_at",
    "stop_reason_code",
)  # fmt: skip


def citizen(session: Session, citizen_id: UUID) -> Citizen:
    """One person; raises NotFound."""
    found = session.get(Citizen, citizen_id)
    if found is None:
        raise NotFound
    return found


def visitation(session: Session, visitation_id: UUID) -> Visitation:
    """One visitation; raises NotFound."""
    found = session.get(Visitation, visitation_id)
    if found is None:
        raise NotFound
    looked(session, found.citizen_id)
    return found


def _bounds(day: date | None) -> tuple[datetime, datetime]:
    day = day or clock.today()
    return calendar.danish_time(day, 0), calendar.danish_time(day + timedelta(days=1), 0)


def _on(first: datetime, last: datetime) -> Any:
    return and_(Visitation.starts_at >= first, Visitation.starts_at < last, Visitation.state != "cancelled")


def visitations_on(session: Session, day: date | None) -> Sequence[Visitation]:
    """The day list, in order of time."""
    first, last = _bounds(day)
    rows = select(Visitation).where(_on(first, last))
    found = session.scalars(rows.order_by(Visitation.starts_at, Visitation.id)).all()
    looked(session, *(one.citizen_id for one in found))
    return found


def free_slots_on(session: Session, day: date | None) -> Sequence[Slot]:
    """Free slots of a day that have not begun."""
    first, last = _bounds(day)
    now = clock.now()
    rows = select(Slot).where(free_now(now), Slot.starts_at >= max(first, now), Slot.starts_at < last)
    return session.scalars(rows.order_by(Slot.starts_at, Slot.id)).all()


def hosts(session: Session) -> Sequence[Host]:
    """Workplaces for activation at once, by name."""
    return session.scalars(select(Host).order_by(Host.name, Host.id)).all()


# A talk of another time, that somebody came for before, is none of this one's.
_WAITS = (
    ~exists().where(of_theirs(), Visitation.state.in_(("booked", "held"))).correlate(FirstContact),
    has_not_ended(),
)


def waiting(session: Session, page: int = 1) -> tuple[Sequence[Row[*tuple[Any, ...]]], bool]:
    """Contacts of people who have had no talk since, and have none booked, the longest first; a page, True for more.

    Not those that have ended at the door: nobody waits for these, and in time they would fill the list.
    """
    rows = select(FirstContact).where(*_WAITS).order_by(FirstContact.at, FirstContact.id)
    found, more = page_of_rows(session, rows, page)
    looked(session, *(contact.citizen_id for (contact,) in found))
    return found, more


def job_wishes(session: Session, citizen_id: UUID) -> JobWishes:
    """What a citizen can and wants; raises NotFound."""
    found = session.scalar(select(JobWishes).where(JobWishes.citizen_id == citizen_id))
    if found is None:
        raise NotFound
    return found


def machine_clients(session: Session, *, cursor: UUID | None, limit: int) -> dict[str, Any]:
    """A page of machine clients with their secrets, ended ones among them, in the order of making."""
    after = None if cursor is None else str(cursor)
    clients = select(MachineClient).options(selectinload(MachineClient.secrets))
    return paging.page(session, clients, MachineClient.id, cursor=after, limit=limit)


def due_erasures(session: Session, page: int = 1) -> tuple[list[dict[str, Any]], bool]:
    """What is announced and not done, with the person's name, the soonest first; a page of it, True for more."""
    rows = select(Erasure, Citizen.name).join(Citizen, Citizen.id == Erasure.citizen_id)
    rows = rows.where(Erasure.erased_at.is_(None)).order_by(Erasure.due_on, Erasure.id)
    found, more = page_of_rows(session, rows, page)
    looked_at = [{"name": name, **{key: getattr(one, key) for key in ERASURE_SHOWN}} for one, name in found]
    looked(session, *(one["citizen_id"] for one in looked_at))
    return looked_at, more


def due_by_class(session: Session, day: date) -> dict[str, int]:
    """How many people's data of each class the nightly job erases by that day."""
    due = select(func.unnest(Erasure.classes).label("data")).where(
        Erasure.erased_at.is_(None), Erasure.stopped_at.is_(None), Erasure.due_on <= day
    )
    data = due.subquery().c.data
    return {row[0]: row[1] for row in session.execute(select(data, func.count()).group_by(data))}


def contact(session: Session, contact_id: UUID) -> FirstContact:
    """One first contact; raises NotFound."""
    found = session.get(FirstContact, contact_id)
    if found is None:
        raise NotFound
    looked(session, found.citizen_id)
    return found


def people_waiting(session: Session, today: date, page: int = 1) -> tuple[Sequence[Row[*tuple[Any, ...]]], bool]:
    """As `waiting`, with who it is, and each person once, what is urgent first; a page of them, True for more.

    Each with how many people wait on all pages (`everybody`) and for how many the local goal is past (`overdue`).
    """
    order = (*urgent_first(), FirstContact.at, FirstContact.id)
    place: Any = func.row_number().over(partition_by=FirstContact.citizen_id, order_by=order).label("place")
    each = select(FirstContact.id, place).where(*_WAITS).subquery()
    overdue = func.count().filter(FirstContact.local_goal_due < today).over().label("overdue")
    rows: Any = select(FirstContact, Citizen, func.count().over().label("everybody"), overdue)
    rows = rows.join(each, and_(each.c.id == FirstContact.id, each.c.place == 1))
    rows = rows.join(Citizen, Citizen.id == FirstContact.citizen_id)
    found, more = page_of_rows(session, rows.order_by(*order), page)
    looked(session, *(one.Citizen.id for one in found))
    return found, more


def talks_on(session: Session, day: date) -> Sequence[Row[*tuple[Any, ...]]]:
    """The day list with who it is, nobody where the person is erased, their arrival once they came, and the contact."""
    first, last = _bounds(day)
    rows = select(Visitation, Citizen, Arrival).outerjoin(Citizen, Citizen.id == Visitation.citizen_id)
    rows = rows.outerjoin(Arrival, and_(Arrival.visitation_id == Visitation.id, Arrival.on_day == day))
    rows = rows.options(joinedload(Visitation.contact, innerjoin=True))
    rows = rows.where(_on(first, last))
    found = session.execute(rows.order_by(Visitation.starts_at, Visitation.id)).all()
    looked(session, *(person.id for _talk, person, _came in found if person))
    return found


def desk_numbers(session: Session, today: date, next_open: date) -> Row[*tuple[Any, ...]]:
    """Of the people who came today: how many, how many of them have a talk by the local goal; talks to come that are
    later than their goal; people whose statutory limit is in danger; talks that must move; free slots left today and
    on the next opening day."""
    first, last = _bounds(today)
    came = and_(FirstContact.at >= first, FirstContact.at < last)
    in_time = exists().where(
        Visitation.citizen_id == FirstContact.citizen_id, Visitation.starts_at >= first,
        Visitation.state != "cancelled", danish_day(Visitation.starts_at) <= FirstContact.local_goal_due,
    )  # fmt: skip
    late = and_(Visitation.state == "booked", ~Visitation.within_local_goal, Visitation.starts_at >= clock.now())
    free = select(func.count()).select_from(Slot).where(free_now(clock.now()))
    people = select(func.count(FirstContact.citizen_id.distinct()))
    moving = select(func.count()).select_from(Visitation).join(Slot, Slot.visitation_id == Visitation.id)
    next_first, next_last = _bounds(next_open)
    return session.execute(
        select(
            select(func.count()).where(came).scalar_subquery().label("came"),
            select(func.count()).where(came, in_time).scalar_subquery().label("in_time"),
            select(func.count()).where(late).scalar_subquery().label("late"),
            people.where(in_danger(clock.now(), today)).scalar_subquery().label("alarms"),
            moving.where(*must_move(clock.now())).scalar_subquery().label("to_move"),
            free.where(Slot.starts_at >= clock.now(), Slot.starts_at < last).scalar_subquery().label("free_today"),
            free.where(Slot.starts_at >= next_first, Slot.starts_at < next_last).scalar_subquery().label("free_next"),
        )
    ).one()


def contacts_of(session: Session, citizen_id: UUID) -> Sequence[FirstContact]:
    """Somebody's first contacts, the newest first."""
    rows = select(FirstContact).where(FirstContact.citizen_id == citizen_id)
    return session.scalars(rows.order_by(FirstContact.at.desc(), FirstContact.id)).all()


def talks_of(
    session: Session, *, citizen_id: UUID | None = None, visitation_id: UUID | None = None
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Somebody's visitations, the newest first, with what was referred in them and where; or a single one."""
    rows = select(Visitation, Referral, Host).outerjoin(Referral, Referral.visitation_id == Visitation.id)
    rows = rows.outerjoin(Host, Host.code == Referral.host_code)
    one = Visitation.id == visitation_id if visitation_id else Visitation.citizen_id == citizen_id
    return session.execute(rows.where(one).order_by(Visitation.starts_at.desc(), Visitation.id)).all()


def wishes_of(session: Session, citizen_id: UUID) -> JobWishes | None:
    """What a citizen can and wants, where it is written down."""
    return session.scalar(select(JobWishes).where(JobWishes.citizen_id == citizen_id))


def people_found(session: Session, names: Sequence[str], born: Collection[date], most: int) -> Sequence[Citizen]:
    """People with words in their names that begin so, born on one of these days where any are given; Danish order."""
    rows = select(Citizen)
    if born:
        rows = rows.where(Citizen.birth_date.in_(born))
        rows = rows.where(*(Citizen.id.in_(_named(name)) for name in names))
    else:
        longest, *others = sorted(names, key=len, reverse=True)
        # The index gives these in order, so that a common name costs no more than a rare one; nobody has five words
        # that begin alike.
        begins = _named(longest).order_by(CitizenName.part, CitizenName.whole).limit(most * 5)
        held = [(literal(" ") + CitizenName.whole).contains(f" {name}", autoescape=True) for name in others]
        rows = rows.where(Citizen.id.in_(begins.where(*held).subquery().select()))
    return session.scalars(rows.order_by(Citizen.name_sort, Citizen.id).limit(most)).all()


def _named(beginning: str) -> Any:
    after_all = f"{beginning}\U0010ffff"
    return select(CitizenName.citizen_id).where(CitizenName.part >= beginning, CitizenName.part < after_all)
