"""Standing places of a virksomhedscenter: asked for, offered by a person in order, taken, ended; offers run out."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.models import Centre, CentrePlace, CentreStay, CitizenCopy
from services.matching.models.centres import LIVE
from services.matching.queries import centres as reads
from services.matching.rules import centres
from services.matching.rules.week import read_week
from shared import clock, merges
from shared.database import new_id
from shared.errors import CannotUndo, Invalid, NotFound, PreconditionFailed, Refused
from shared.events import CentreOfferOver, CentrePlaceOffered
from shared.lookups import looked
from shared.outbox import record

AT_ONCE = 200
FULL = Refused("no_room", "Der er ikke plads på de tider.", "There is no room at those times.")


def set_up(session: Session, p_number: str, version: int | None, **told: Any) -> Centre:
    """A workplace is a centre, or is told of anew in the version that was read."""
    place = queries.find_workplace(session, p_number)
    if place is None:
        raise NotFound
    centre = session.scalar(select(Centre).where(Centre.workplace_id == place.id).with_for_update())
    if (centre.version if centre else None) != version:
        raise PreconditionFailed
    if centre is None:
        centre = Centre(id=new_id(), workplace_id=place.id)
        session.add(centre)
    for name, value in told.items():
        setattr(centre, name, value)
    session.flush()
    return centre


def add_place(session: Session, p_number: str, *, name: str, windows: list[str]) -> CentrePlace:
    """One more standing place."""
    centre, _place = reads.centre_at(session, p_number, lock=True)
    read_week(tuple(windows))
    row = CentrePlace(id=new_id(), centre_id=centre.id, name=name, windows=windows)
    session.add(row)
    session.flush()
    return row


def take_place_away(session: Session, p_number: str, place_id: UUID) -> dict[str, Any]:
    """The place is there no more; returns what would make it again. Raises Refused while somebody has it, or had."""
    centre, _place = reads.centre_at(session, p_number, lock=True)
    row = session.get(CentrePlace, place_id)
    if row is None or row.centre_id != centre.id:
        raise NotFound
    if session.scalar(select(CentreStay.id).where(CentreStay.place_id == place_id).limit(1)) is not None:
        raise Refused("place_used", "Nogen har eller har haft pladsen.", "Somebody has the place, or had.")
    told = {"name": row.name, "windows": row.windows}
    session.delete(row)
    return told


def ask(session: Session, p_number: str, *, citizen_id: UUID, windows: list[str], by: str) -> CentreStay:
    """Somebody waits for a place at those times; an hour a week is enough (A27)."""
    looked(session, citizen_id := merges.survivor(session, citizen_id))
    centre, _place = reads.centre_at(session, p_number, lock=True)
    read_week(tuple(windows))
    if session.get(CitizenCopy, citizen_id) is None:
        raise NotFound
    mine = (CentreStay.centre_id == centre.id) & (CentreStay.citizen_id == citizen_id)
    if session.scalar(select(CentreStay.id).where(mine, CentreStay.state.in_(LIVE))) is not None:
        raise Refused("in_line", "Borgeren venter eller er der allerede.", "The citizen waits or is there already.")
    stay = CentreStay(
        id=new_id(), centre_id=centre.id, citizen_id=citizen_id, windows=windows, state="waiting", asked_by=by,
        asked_at=clock.now(), seen=False,
    )  # fmt: skip
    session.add(stay)
    session.flush()
    return stay


def _stay(session: Session, stay_id: UUID, version: int, *states: str) -> CentreStay:
    """The row in that version, its centre locked, so that two cannot give away one place."""
    stay = session.get(CentreStay, stay_id)
    if stay is None:
        raise NotFound
    looked(session, stay.citizen_id)
    session.get(Centre, stay.centre_id, with_for_update=True)
    session.refresh(stay, with_for_update=True)
    if stay.version != version or stay.state not in states:
        raise PreconditionFailed
    return stay


def offer(
    session: Session, stay_id: UUID, version: int, *, place_id: UUID, answer_by: date, order_reason_code: str | None,
    by: str,
) -> CentreStay:  # fmt: skip
    """A person offers a place: to the first in line whose times it has room for, or to another for a reason."""
    stay = _stay(session, stay_id, version, "waiting")
    if answer_by < clock.today():
        raise Invalid({"answer_by": "Dagen er passeret. / That day has passed."})
    _places, held, stays = reads.held_places(session, stay.centre_id)
    place = next((one for one in held if one.id == place_id), None)
    if place is None:
        raise NotFound
    if not centres.has_room(place, stay.windows):
        raise FULL
    first = next(one for one in stays if one.state == "waiting" and centres.has_room(place, one.windows))
    if first.id != stay.id and order_reason_code is None:
        raise Refused(
            "not_first", "En anden har ventet længere og kan bruge pladsen. Vælg en grund.",
            "Somebody else has waited longer and can use the place. Choose a reason.",
            fields={"order_reason_code": "Mangler. / Missing."},
        )  # fmt: skip
    stay.state, stay.place_id, stay.answer_by = "offered", place_id, answer_by
    stay.offered_by, stay.offered_at = by, clock.now()
    stay.order_reason_code = order_reason_code if first.id != stay.id else None
    _offered(session, stay)
    return stay


def _offered(session: Session, stay: CentreStay) -> None:
    session.flush()
    told: dict[str, Any] = {"stay_id": stay.id, "citizen_id": stay.citizen_id, "answer_by": stay.answer_by}
    told |= {"company_id": reads.company_of(session, stay.centre_id), "offered_at": stay.offered_at}
    record(session, CentrePlaceOffered(**told), stay)


def _offer_over(session: Session, stay: CentreStay, taken_back_at: datetime | None = None) -> None:
    """A letter that has not gone out yet is not sent; one that has is taken back in writing with the offer."""
    session.flush()
    over = CentreOfferOver(stay_id=stay.id, citizen_id=stay.citizen_id, taken_back_at=taken_back_at)
    record(session, over, stay)


def answer(session: Session, stay_id: UUID, version: int, *, accepted: bool, talked_on: date | None) -> CentreStay:
    """What the citizen said; before a yes it is talked through why one goes on from here."""
    stay = _stay(session, stay_id, version, "offered")
    if accepted and (talked_on is None or talked_on > clock.today()):
        wrong = "Mangler. / Missing." if talked_on is None else "Dagen er ikke kommet. / That day has not come."
        raise Invalid({"talked_on": wrong})
    if accepted:
        stay.state, stay.taken_at, stay.talked_on = "taken", clock.now(), talked_on
    else:
        stay.state = "declined"
    _offer_over(session, stay)
    return stay


def end(session: Session, stay_id: UUID, version: int, reason_code: str) -> CentreStay:
    """They have the place, or wait for one, no more; whoever is next is offered it by a person."""
    stay = _stay(session, stay_id, version, "waiting", "taken")
    stay.state, stay.reason_code, stay.ended_at = "ended", reason_code, clock.now()
    session.flush()
    return stay


def undo(session: Session, stay_id: UUID, version: int) -> CentreStay:
    """The last step was not meant so; raises CannotUndo where somebody else has the place by now."""
    stay = _stay(session, stay_id, version, "offered", "taken", "declined", "ended")
    before = {"offered": "waiting", "taken": "offered", "declined": "offered"}.get(stay.state)
    before, was_offered = before or ("taken" if stay.taken_at else "waiting"), stay.state == "offered"
    if stay.state in ("declined", "ended"):
        _require_still_free(session, stay, before)
    stay.state = before
    if before == "waiting":
        stay.place_id, stay.answer_by, stay.offered_by, stay.offered_at = None, None, None, None
    if before != "taken":
        stay.taken_at, stay.talked_on = None, None
    stay.ended_at, stay.reason_code = None, None
    session.flush()
    if was_offered:
        _offer_over(session, stay, clock.now())
    elif before == "offered":
        # Its letter may have been withdrawn with the answer; they are still to hear by when to say yes or no.
        _offered(session, stay)
    return stay


def _require_still_free(session: Session, stay: CentreStay, before: str) -> None:
    _places, held, stays = reads.held_places(session, stay.centre_id)
    again = any(one.citizen_id == stay.citizen_id for one in stays)
    place = next((one for one in held if one.id == stay.place_id), None)
    if again or (before != "waiting" and (place is None or not centres.has_room(place, stay.windows))):
        raise CannotUndo


def lapse(session: Session) -> bool:
    """Offers that nobody answered by their day run out, and whoever made them is told; True when there may be more."""
    overdue = (CentreStay.state == "offered") & (CentreStay.answer_by < clock.today())
    rows = select(CentreStay).where(overdue).order_by(CentreStay.id).limit(AT_ONCE).with_for_update(skip_locked=True)
    found = session.scalars(rows).all()
    for stay in found:
        stay.state, stay.seen = "lapsed", False
        _offer_over(session, stay)
    return len(found) == AT_ONCE


def mark_seen(session: Session, stay_id: UUID, by: str) -> None:
    """Whoever offered has read that the offer ran out."""
    stay = session.get(CentreStay, stay_id)
    if stay is None or stay.offered_by != by or stay.state != "lapsed":
        raise NotFound
    looked(session, stay.citizen_id)
    stay.seen = True
