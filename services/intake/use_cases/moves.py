"""A booked talk gets another time, or is called off; by the citizen within the rules, by staff with a way back."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.intake.models import Arrival, FirstContact, Slot, Visitation
from services.intake.rules import promise, waiting
from services.intake.use_cases import POLICY, places, slots
from services.intake.use_cases.holds import NOTICE
from shared import calendar, clock
from shared.errors import NotFound, Refused
from shared.events import VisitationCancelled, VisitationMoved
from shared.lookups import looked
from shared.outbox import record

By = Literal["citizen", "staff"]


def move(session: Session, visitation_id: UUID, slot_id: UUID, *, by: By) -> Visitation:
    """To the slot that was chosen, also from a cancelled or missed talk; the old slot is free again."""
    visitation, contact = _open(session, visitation_id)
    if by == "citizen":
        _require_own(visitation)
        _require_within_the_limit(session, contact, slot_id)
    slots.release(session, visitation.id)
    return _at(session, visitation, contact, slots.take_chosen(session, visitation.id, slot_id, None), by)


def move_to_soonest(session: Session, visitation_id: UUID, *, by: By = "staff") -> Visitation:
    """To the soonest free slot, in one act; the talk keeps its time where there is none."""
    visitation, contact = _open(session, visitation_id)
    slots.release(session, visitation.id)
    slot = slots.take_soonest(session, visitation.id, clock.now() + NOTICE)
    if slot is None:
        raise slots.NoSlot
    return _at(session, visitation, contact, slot, by)


def book_again(session: Session, visitation: Visitation) -> Visitation:
    """A talk that was cancelled is on again, at the soonest time."""
    return move_to_soonest(session, visitation.id)


def free_at(session: Session, starts_at: datetime) -> UUID | None:
    """A slot at that time that nobody has and nobody holds."""
    free = select(Slot.id).where(slots.free_now(clock.now()), Slot.starts_at == starts_at)
    return session.scalar(free.order_by(Slot.id).limit(1))


def move_back(session: Session, visitation_id: UUID, starts_at: datetime, *, by: By = "staff") -> Visitation:
    """Undo: to a slot at that time again, while one is free."""
    visitation, contact = _open(session, visitation_id)
    found = free_at(session, starts_at)
    if found is None:
        raise Refused("old_slot_gone", "Den gamle tid er taget af en anden.", "Somebody else has the old time.")
    if by == "citizen":
        _require_own(visitation)
        _require_within_the_limit(session, contact, found)
    slots.release(session, visitation.id)
    return _at(session, visitation, contact, slots.take_chosen(session, visitation.id, found, None), by)


def cancel(session: Session, visitation_id: UUID, *, by: By) -> Visitation:
    """The talk is off, its slot and a place held in it are free; the contact waits again, and both clocks run on."""
    visitation, _contact = _open(session, visitation_id)
    if visitation.state == "cancelled":
        raise Refused("cancelled_already", "Tiden er allerede aflyst.", "The appointment is cancelled already.")
    if visitation.state == "missed":
        raise Refused(
            "talk_is_over", "Tiden er forbi. Vælg en ny i stedet.", "The time is over. Choose another instead."
        )
    if by == "citizen":
        _require_own(visitation)
    slots.release(session, visitation.id)
    places.release(session, visitation.id)
    visitation.state, visitation.cancelled_at, visitation.cancelled_by = "cancelled", clock.now(), by
    record(session, VisitationCancelled(
        visitation_id=visitation.id, citizen_id=visitation.citizen_id, starts_at=visitation.starts_at,
        ends_at=visitation.ends_at, place_code=visitation.place_code, cancelled_at=visitation.cancelled_at, by=by,
    ), visitation)  # fmt: skip
    return visitation


def _open(session: Session, visitation_id: UUID) -> tuple[Visitation, FirstContact]:
    visitation = session.get(Visitation, visitation_id, with_for_update=True)
    if visitation is None:
        raise NotFound
    looked(session, visitation.citizen_id)
    if visitation.state not in ("booked", "cancelled", "missed"):
        raise Refused("talk_is_over", "Samtalen er holdt.", "The talk was held.")
    return visitation, session.get_one(FirstContact, visitation.contact_id)


def _require_own(visitation: Visitation) -> None:
    if visitation.state == "booked":
        promise.check_own_move(visitation.starts_at, clock.now(), POLICY)


def _require_within_the_limit(session: Session, contact: FirstContact, slot_id: UUID) -> None:
    wanted = session.get(Slot, slot_id)
    if wanted is None:
        raise slots.SlotTaken
    due = contact.statutory_due
    if due is not None and calendar.danish_day(wanted.starts_at) > due:
        raise Refused(
            "after_the_limit",
            "Tiden ligger efter lovens frist for den første samtale. Vælg en tidligere, eller ring til os.",
            "The time is after the legal limit for the first talk. Choose an earlier one, or ring us.",
            policy=contact.statutory_policy,
        )


def _let_go_of_earlier(session: Session, visitation: Visitation) -> None:
    """A no-show, or a stay that is over, of the day that the talk is on now is of the talk as it was, and does not
    stand for this one."""
    day = calendar.danish_day(visitation.starts_at)
    rows = select(Arrival).where(
        Arrival.visitation_id == visitation.id, Arrival.on_day == day, Arrival.state.not_in(waiting.HERE)
    )
    for earlier in session.scalars(rows.with_for_update()):
        earlier.visitation_id = None


def _at(session: Session, visitation: Visitation, contact: FirstContact, slot: Any, by: By) -> Visitation:
    visitation.state, visitation.cancelled_at, visitation.cancelled_by = "booked", None, None
    visitation.starts_at, visitation.ends_at, visitation.place_code = slot.starts_at, slot.ends_at, slot.place_code
    visitation.within_local_goal = calendar.danish_day(slot.starts_at) <= contact.local_goal_due
    visitation.moved_by = by
    _let_go_of_earlier(session, visitation)
    record(session, VisitationMoved(
        visitation_id=visitation.id, citizen_id=visitation.citizen_id, starts_at=visitation.starts_at,
        ends_at=visitation.ends_at, place_code=visitation.place_code, moved_at=clock.now(), by=by,
        guidance_version=contact.guidance_version,
    ), visitation)  # fmt: skip
    return visitation
