"""Places at workplaces: held while the person sits there, given once, the next best offered when one is full."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from services.intake import rules
from services.intake.models import Host, Place, Visitation
from services.intake.rules.places import Room, Stay, first_day_with_room, has_room
from services.intake.use_cases import POLICY
from shared import calendar, clock
from shared.database import new_id
from shared.errors import Invalid, NotFound, Refused
from shared.lookups import looked


@dataclass(frozen=True)
class Offer:
    """A workplace for a stay: free from the day that was asked for, from a later day, or not in reach."""

    host: Host
    free: bool
    next_day: date | None


def edit(session: Session, host_id: UUID, *, places: list[int] | None, closed_days: list[date]) -> Host:
    """So many places by weekday from Monday, and days without any; what is given already stays given."""
    host = session.get(Host, host_id, with_for_update=True)
    if host is None:
        raise NotFound
    host.places, host.closed_days = places, sorted(set(closed_days))
    return host


def offers(session: Session, starts_on: date, weeks: int, *, but: UUID | None = None) -> list[Offer]:
    """Every workplace for a stay, the free ones first; `but` is a visitation whose own hold does not count."""
    wanted = Stay.of(starts_on, weeks)
    hosts = session.scalars(select(Host).order_by(Host.name, Host.id)).all()
    taken = _taken(session, [host.id for host in hosts], wanted.first, but)
    within = POLICY.row("straksaktivering.horizon", clock.today()).value
    found = []
    for host in hosts:
        room, stays = Room(host.places, host.closed_days), taken.get(host.id, [])
        free = has_room(room, wanted, stays)
        found.append(Offer(host, free, None if free else first_day_with_room(room, wanted, stays, within)))
    return sorted(found, key=lambda one: (not one.free, one.next_day or date.max))


def _taken(session: Session, hosts: Sequence[UUID], since: date, but: UUID | None) -> dict[UUID, list[Stay]]:
    rows = select(Place.host_id, Place.starts_on, Place.ends_on).where(
        Place.host_id.in_(hosts), Place.ends_on >= since, Place.visitation_id.is_distinct_from(but),
        or_(Place.held_until.is_(None), Place.held_until > clock.now()),
    )  # fmt: skip
    found: dict[UUID, list[Stay]] = {}
    for host_id, first, last in session.execute(rows):
        found.setdefault(host_id, []).append(Stay(first, last))
    return found


def hold(session: Session, visitation_id: UUID, *, host_code: str, starts_at: datetime, weeks: int) -> Place:
    """A place is the talk's until the time-out; an earlier hold of the same talk is let go."""
    visitation = session.get(Visitation, visitation_id, with_for_update=True)
    if visitation is None:
        raise NotFound
    looked(session, visitation.citizen_id)
    if visitation.state != "booked":
        raise Refused("already_held", "Visitationen er allerede afholdt.", "This visitation was already held.")
    host = known(session, host_code, "host_code")
    rules.check_start(starts_at, clock.now(), POLICY, field="starts_at")
    minutes = POLICY.row("place.hold_minutes", clock.today()).value
    return _take(session, visitation_id, host, (starts_at, weeks), until=clock.now() + timedelta(minutes=minutes))


def known(session: Session, host_code: str, field: str) -> Host:
    """The workplace with that code, locked, so that its last place is given once; raises Invalid."""
    host = session.scalar(select(Host).where(Host.code == host_code).with_for_update())
    if host is None:
        raise Invalid({field: "Stedet kendes ikke. / This host is not known."})
    return host


def give(session: Session, visitation_id: UUID, host: Host, starts_at: datetime, weeks: int) -> None:
    """The place is the person's; the hold becomes it, or one is taken now. The host is locked by the caller."""
    if host.places is not None:
        _take(session, visitation_id, host, (starts_at, weeks), until=None)
    else:
        release(session, visitation_id)


def release(session: Session, visitation_id: UUID) -> None:
    """The talk's hold is let go; a place that was given stays."""
    session.execute(
        delete(Place).where(Place.visitation_id == visitation_id, Place.held_until.is_not(None))
        .execution_options(synchronize_session=False)
    )  # fmt: skip


def _take(
    session: Session, visitation_id: UUID, host: Host, when: tuple[datetime, int], *, until: datetime | None
) -> Place:
    starts_at, weeks = when
    wanted = Stay.of(calendar.danish_day(starts_at), weeks)
    taken = _taken(session, [host.id], wanted.first, visitation_id).get(host.id, [])
    if not has_room(Room(host.places, host.closed_days), wanted, taken):
        raise Refused(
            "place_full",
            "Der er ikke plads de dage. Vælg et andet sted eller en anden start nedenfor.",
            "There is no place on those days. Choose another workplace or another start below.",
            fields={"host_code": "Fuldt optaget. / Full."},
        )
    release(session, visitation_id)
    row: dict[str, Any] = {
        "visitation_id": visitation_id, "host_id": host.id, "starts_at": starts_at, "starts_on": wanted.first,
        "ends_on": wanted.last, "held_until": until,
    }  # fmt: skip
    place = Place(id=new_id(), **row)
    session.add(place)
    session.flush()
    return place


def held(session: Session, visitation_id: UUID) -> tuple[Place, Host] | None:
    """The talk's place that is still held, and where."""
    rows = select(Place, Host).join(Host, Host.id == Place.host_id)
    found = session.execute(
        rows.where(Place.visitation_id == visitation_id, Place.held_until > clock.now())
    ).one_or_none()
    return (found[0], found[1]) if found else None


def let_go(session: Session) -> None:
    """Holds whose time is over are cleared away; they counted for nothing already."""
    session.execute(delete(Place).where(Place.held_until <= clock.now()).execution_options(synchronize_session=False))
