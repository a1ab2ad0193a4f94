"""Virksomhedscentre: standing places, who has them and who waits, in order."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.matching.models import Centre, CentrePlace, CentreStay, CitizenCopy, Company, Workplace
from services.matching.models.centres import LIVE
from services.matching.rules import centres
from services.matching.rules.centres import Held
from shared.errors import NotFound
from shared.lookups import looked


class Waiting(NamedTuple):
    """Somebody in line, where they are from, and the places that have room for their times now."""

    stay: CentreStay
    area: str
    room: list[UUID]


class Listed(NamedTuple):
    """A centre in the list, with how many places it has, who has one, and who waits."""

    centre: Centre
    place: Workplace
    company: Company
    places: int
    taken: int
    waiting: int


def company_of(session: Session, centre_id: UUID) -> UUID:
    """Whose the centre is."""
    rows = select(Workplace.company_id).join(Centre, Centre.workplace_id == Workplace.id)
    return session.scalars(rows.where(Centre.id == centre_id)).one()


def centre_at(session: Session, p_number: str, *, lock: bool = False) -> tuple[Centre, Workplace]:
    """The centre at a workplace; raises NotFound where it is none."""
    rows = select(Centre, Workplace).join(Workplace, Workplace.id == Centre.workplace_id)
    rows = rows.where(Workplace.p_number == p_number)
    found = session.execute(rows.with_for_update(of=Centre) if lock else rows).one_or_none()
    if found is None:
        raise NotFound
    return found[0], found[1]


def held_places(session: Session, centre_id: UUID) -> tuple[list[CentrePlace], list[Held], Sequence[CentreStay]]:
    """The places of a centre, what is taken of them, and all who wait or are there, who asked first first."""
    rows = select(CentrePlace).where(CentrePlace.centre_id == centre_id).order_by(CentrePlace.id)
    places = list(session.scalars(rows))
    live = select(CentreStay).where(CentreStay.centre_id == centre_id, CentreStay.state.in_(LIVE))
    stays = session.scalars(live.order_by(CentreStay.asked_at, CentreStay.id)).all()
    taken: dict[UUID | None, list[list[str]]] = defaultdict(list)
    for stay in stays:
        taken[stay.place_id].append(stay.windows)
    return places, [Held(place.id, place.windows, taken[place.id]) for place in places], stays


def centre_answer(session: Session, p_number: str) -> dict[str, Any]:
    """A centre whole: places, who is there, and the line; everybody named was looked up."""
    centre, place = centre_at(session, p_number)
    places, held, stays = held_places(session, centre.id)
    looked(session, *(stay.citizen_id for stay in stays))
    homes = select(CitizenCopy.citizen_id, CitizenCopy.postal_code, CitizenCopy.protected)
    rows = session.execute(homes.where(CitizenCopy.citizen_id.in_([stay.citizen_id for stay in stays])))
    known = {citizen_id: None if protected else code for citizen_id, code, protected in rows}
    line = [
        Waiting(stay, centres.area(known.get(stay.citizen_id), place.postal_code), centres.room_for(held, stay.windows))
        for stay in stays if stay.state == "waiting"
    ]  # fmt: skip
    return {
        "centre": centre,
        "place": place,
        "places": places,
        "there": [stay for stay in stays if stay.state != "waiting"],
        "line": line,
    }


def centres_listed(session: Session) -> list[Listed]:
    """All centres by company and place, with their numbers."""
    rows = session.execute(
        select(Centre, Workplace, Company)
        .join(Workplace, Workplace.id == Centre.workplace_id)
        .join(Company, Company.id == Workplace.company_id)
        .order_by(Company.sort_key, Workplace.p_number)
    ).all()
    places = Counter(session.scalars(select(CentrePlace.centre_id)))
    live = select(CentreStay.centre_id, CentreStay.state).where(CentreStay.state.in_(LIVE))
    states = Counter((centre_id, state == "waiting") for centre_id, state in session.execute(live))
    return [
        Listed(centre, place, company, places[centre.id], states[centre.id, False], states[centre.id, True])
        for centre, place, company in rows
    ]  # fmt: skip


def place_of_stay(session: Session, stay_id: UUID) -> Workplace:
    """The workplace that a stay is at; raises NotFound."""
    rows = select(Workplace).join(Centre, Centre.workplace_id == Workplace.id)
    found = session.scalar(rows.join(CentreStay, CentreStay.centre_id == Centre.id).where(CentreStay.id == stay_id))
    if found is None:
        raise NotFound
    return found


def lapsed_offers(session: Session, by: str) -> list[tuple[CentreStay, Workplace]]:
    """Offers that ran out and that whoever made them has not seen yet."""
    rows = (
        select(CentreStay, Workplace)
        .join(Centre, Centre.id == CentreStay.centre_id)
        .join(Workplace, Workplace.id == Centre.workplace_id)
        .where(CentreStay.state == "lapsed", CentreStay.offered_by == by, ~CentreStay.seen)
        .order_by(CentreStay.answer_by)
    )
    found = [(stay, place) for stay, place in session.execute(rows)]
    looked(session, *(stay.citizen_id for stay, _place in found))
    return found
