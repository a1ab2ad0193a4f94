"""The doors of the contact course's talks to come."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.followup import queries, schemas
from services.followup.api.base import FOLLOWERS, doors
from services.followup.api.duty import DECIDERS
from services.followup.api.interviews import COURSE, COURSE_CHANGE
from services.followup.use_cases import self_booking
from shared.auth import Principal
from shared.lookups import About

SLOTS = About("case", how="list", purpose="follow_up")
OF = "/citizens/<uuid:citizen_id>/interview-calls"
ONE = f"{OF}/<uuid:call_id>"


def slots_answer(session: Session, principal: Principal) -> dict[str, Any]:
    """The caller's times, and what anybody has to look at."""
    return {"slots": queries.own_slots(session, principal), "waiting": queries.calls_to_look_at(session)}


@doors.get("/interview-slots", roles=FOLLOWERS, about=SLOTS, answer=schemas.SlotsAnswer)
def read_slots(session: Session, principal: Principal) -> Any:
    """The caller's times to come, and talks that somebody has to look at."""
    return slots_answer(session, principal)


@doors.post("/interview-slots", roles=FOLLOWERS, about=SLOTS, body=schemas.SlotsBody, answer=schemas.SlotsAnswer)
def open_slots(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """Times of a day are open."""
    self_booking.open_slots(session, principal, **body)
    return slots_answer(session, principal)


@doors.post("/interview-slots/closed", status=200, roles=FOLLOWERS, about=SLOTS, body=schemas.SlotsClosed,
            answer=schemas.SlotsAnswer)  # fmt: skip
def close_slots(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """Free times of a day are closed."""
    self_booking.close_slots(session, principal, **body)
    return slots_answer(session, principal)


@doors.get(OF, roles=FOLLOWERS, about=COURSE, answer=schemas.CallsAnswer)
def read_calls(session: Session, _principal: Principal, citizen_id: UUID) -> Any:
    """What is to come for somebody."""
    queries.interviews(session, citizen_id)
    return queries.calls_of(session, citizen_id)


@doors.post(f"{OF}/invited", roles=FOLLOWERS, about=COURSE_CHANGE, body=schemas.InviteBody, answer=schemas.CallsAnswer)
def invite_to_book(session: Session, principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> Any:
    """The citizen books themselves."""
    self_booking.invite(session, principal, citizen_id, **body)
    return queries.calls_of(session, citizen_id)


@doors.post(f"{OF}/summoned", roles=FOLLOWERS, about=COURSE_CHANGE, body=schemas.SummonBody, answer=schemas.CallsAnswer)
def summon(session: Session, principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> Any:
    """The citizen is told when to come."""
    self_booking.summon(session, principal, citizen_id, **body)
    return queries.calls_of(session, citizen_id)


@doors.post(f"{ONE}/off", status=200, roles=FOLLOWERS, about=COURSE_CHANGE, body=schemas.CallUndo,
            answer=schemas.CallsAnswer)  # fmt: skip
def call_off(
    session: Session, _principal: Principal, citizen_id: UUID, call_id: UUID, body: dict[str, int]
) -> Any:  # fmt: skip
    """It does not take place."""
    self_booking.call_off(session, citizen_id, call_id, **body)
    return queries.calls_of(session, citizen_id)


@doors.post(f"{ONE}/settled", status=200, roles=FOLLOWERS, about=COURSE_CHANGE, body=schemas.SettleBody,
            answer=schemas.CallsAnswer)  # fmt: skip
def settle_call(session: Session, principal: Principal, citizen_id: UUID, call_id: UUID, body: dict[str, str]) -> Any:
    """Held, or nobody came."""
    self_booking.settle(session, principal, citizen_id, call_id, **body)
    return queries.calls_of(session, citizen_id)


@doors.post(f"{ONE}/settled/undo", status=200, roles=FOLLOWERS, about=COURSE_CHANGE, body=schemas.CallUndo,
            answer=schemas.CallsAnswer)  # fmt: skip
def reopen_call(session: Session, _principal: Principal, citizen_id: UUID, call_id: UUID, body: dict[str, int]) -> Any:
    """That was a mistake."""
    self_booking.reopen(session, citizen_id, call_id, **body)
    return queries.calls_of(session, citizen_id)


@doors.post("/citizens/<uuid:citizen_id>/booking-right", status=200, roles=DECIDERS, about=COURSE_CHANGE,
            body=schemas.BookingRightBody, answer=schemas.CallsAnswer)  # fmt: skip
def set_booking_right(session: Session, principal: Principal, citizen_id: UUID, body: dict[str, str | None]) -> Any:
    """A person decides whether somebody books themselves."""
    self_booking.set_right(session, principal, citizen_id, **body)
    return queries.calls_of(session, citizen_id)
