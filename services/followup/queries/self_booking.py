"""Talks of the contact course to come, the times that are free, and who did not book."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Date, cast, func, select
from sqlalchemy.orm import Session

from services.followup import rules
from services.followup.models import (
    Citizen,
    FirstContact,
    Interview,
    InterviewCall,
    InterviewSlot,
    InterviewStanding,
    Visitation,
)
from services.followup.use_cases import POLICY
from shared import calendar, clock
from shared.auth import Principal
from shared.lookups import looked

OF_CALL = ("id", "citizen_id", "book_by", "starts_at", "form", "booked_at", "made_at", "outcome", "policies", "version")
_OPEN = InterviewCall.cancelled_at.is_(None) & InterviewCall.outcome.is_(None)
MOST_SHOWN = 200


def _taken() -> Any:
    return select(InterviewCall.id).where(
        InterviewCall.slot_id == InterviewSlot.id, InterviewCall.cancelled_at.is_(None)
    )


def _times(opened_by: str) -> Any:
    """Times to come that one of the staff has open and nobody has taken, soonest first."""
    wanted = select(InterviewSlot).where(InterviewSlot.opened_by == opened_by, InterviewSlot.closed_at.is_(None))
    return wanted.where(InterviewSlot.starts_at > clock.now(), ~_taken().exists()).order_by(InterviewSlot.starts_at)


def _meanwhile(starts_at: Any, at: Any) -> Any:
    """The condition that two talks overlap, each as long as a talk is by the row of today."""
    minutes = timedelta(minutes=POLICY.row("interview.minutes", clock.today()).value)
    return (starts_at > at - minutes) & (starts_at < at + minutes)


def _busy(but: UUID | None = None) -> Any:
    """Another talk, maybe at no opened time at all, that whoever opened the time has meanwhile; `but` is none."""
    talks = select(InterviewCall.id).where(InterviewCall.made_by == InterviewSlot.opened_by, _OPEN)
    talks = talks.where(
        _meanwhile(InterviewCall.starts_at, InterviewSlot.starts_at), InterviewCall.id.is_distinct_from(but)
    )
    return talks.correlate(InterviewSlot).exists()


def free_slots(session: Session, opened_by: str, but: UUID | None = None) -> Sequence[InterviewSlot]:
    """The first of the times that can be booked, as many as anybody chooses among; by the citizen of the talk `but`."""
    return session.scalars(_times(opened_by).where(~_busy(but)).limit(MOST_SHOWN)).all()


def open_slots_between(session: Session, opened_by: str, since: datetime, until: datetime) -> Sequence[InterviewSlot]:
    """All open times that begin between two moments, the second not included; also those that a talk hides."""
    within = InterviewSlot.starts_at >= since, InterviewSlot.starts_at < until
    return session.scalars(_times(opened_by).where(*within)).all()


def slots_meanwhile(session: Session, opened_by: str, at: datetime) -> Sequence[InterviewSlot]:
    """The times of one of the staff that overlap a talk at `at`, taken or not, held until the transaction ends."""
    wanted = select(InterviewSlot).where(
        InterviewSlot.opened_by == opened_by, _meanwhile(InterviewSlot.starts_at, at),
        InterviewSlot.closed_at.is_(None) | _taken().exists(),
    )  # fmt: skip
    return session.scalars(wanted.order_by(InterviewSlot.starts_at).with_for_update()).all()


def calls_meanwhile(session: Session, made_by: str, at: datetime) -> Sequence[InterviewCall]:
    """The talks that one of the staff has at the same time as one at `at`."""
    wanted = select(InterviewCall).where(InterviewCall.made_by == made_by, _OPEN)
    return session.scalars(wanted.where(_meanwhile(InterviewCall.starts_at, at))).all()


def call_to_come(session: Session, citizen_id: UUID) -> InterviewCall | None:
    """The talk that is to come or to be booked."""
    wanted = select(InterviewCall).where(InterviewCall.citizen_id == citizen_id, _OPEN)
    return session.scalar(wanted.order_by(InterviewCall.made_at).limit(1))


def talks_held(session: Session, citizen_id: UUID) -> int:
    """Talks at the desk, and those noted here, since the citizen came the last time: a new course has a first talk."""
    came = session.scalar(select(func.max(FirstContact.at)).where(FirstContact.citizen_id == citizen_id))
    since = calendar.danish_day(came) if came else date.min
    held = _danish_day(Visitation.held_at) >= since
    desk = select(func.count()).where(Visitation.citizen_id == citizen_id, held).scalar_subquery()
    noted = select(func.count()).where(Interview.citizen_id == citizen_id, Interview.withdrawn_at.is_(None))
    noted = noted.where(Interview.held_on >= since)
    return session.scalar(select(desk + noted.scalar_subquery())) or 0


def times_unbooked(session: Session, citizen_id: UUID) -> int:
    """How often the day to book by went by, and no time was taken until then; one that was let go later was taken."""
    late = select(InterviewCall).where(InterviewCall.citizen_id == citizen_id, InterviewCall.book_by < clock.today())
    late = late.where(InterviewCall.booked_at.is_(None))
    rows = session.scalars(late.where(InterviewCall.starts_at.is_(None)))
    return sum(
        call.cancelled_at is None or call.book_by is None or calendar.danish_day(call.cancelled_at) > call.book_by
        for call in rows
    )


def _danish_day(moment: Any) -> Any:
    return cast(func.timezone(calendar.DENMARK.key, moment), Date)


def call_answer(call: InterviewCall) -> dict[str, Any]:
    """A talk to come, and where it stands."""
    return {name: getattr(call, name) for name in OF_CALL} | {
        "state": rules.call_state(call.book_by, call.starts_at, clock.now())
    }


def calls_of(session: Session, citizen_id: UUID) -> dict[str, Any]:
    """What is to come for somebody, and whether they book themselves."""
    call = call_to_come(session, citizen_id)
    standing = session.scalar(select(InterviewStanding).where(InterviewStanding.citizen_id == citizen_id))
    last = select(InterviewCall).where(InterviewCall.citizen_id == citizen_id, InterviewCall.outcome.is_not(None))
    settled = session.scalar(last.order_by(InterviewCall.starts_at.desc()).limit(1))
    return {
        "call": call and call_answer(call),
        "settled": settled and call_answer(settled),
        "booking_code": standing and standing.booking_code,
        "unbooked": times_unbooked(session, citizen_id),
    }


def coming_calls(session: Session, citizen_ids: Collection[UUID]) -> dict[UUID, dict[str, Any]]:
    """When these people's next talk is, or until when they book it."""
    wanted = select(InterviewCall.citizen_id, InterviewCall.starts_at, InterviewCall.book_by).where(_OPEN)
    wanted = wanted.where(InterviewCall.citizen_id.in_(citizen_ids))
    return {row.citizen_id: {"starts_at": row.starts_at, "book_by": row.book_by} for row in session.execute(wanted)}


def own_talk(session: Session, principal: Principal) -> dict[str, Any]:
    """The citizen's own talk to come, with the times to choose among where they book it."""
    looked(session, principal.citizen_id)
    call = call_to_come(session, principal.citizen_id)
    books = call is not None and call.book_by is not None
    return {
        "call": call and call_answer(call),
        "slots": free_slots(session, call.made_by, call.id) if call is not None and books else [],
        "forms": rules.forms_to_choose(clock.today(), POLICY),
    }


def next_talk(session: Session, principal: Principal) -> dict[str, Any] | None:
    """The citizen's own talk that is to come or to be booked."""
    call = call_to_come(session, principal.citizen_id)
    return call_answer(call) if call is not None else None


def own_slots(session: Session, principal: Principal) -> list[dict[str, Any]]:
    """The caller's times to come, with who has booked them; without those that a talk at another time takes."""
    wanted = select(InterviewSlot, InterviewCall, Citizen.name)
    taken = (InterviewCall.slot_id == InterviewSlot.id) & InterviewCall.cancelled_at.is_(None)
    wanted = wanted.join(InterviewCall, taken, isouter=True).join(
        Citizen, Citizen.id == InterviewCall.citizen_id, isouter=True
    )
    wanted = wanted.where(InterviewSlot.opened_by == principal.subject, InterviewSlot.starts_at > clock.now())
    wanted = wanted.where((InterviewSlot.closed_at.is_(None) & ~_busy()) | InterviewCall.id.is_not(None))
    rows = session.execute(wanted.order_by(InterviewSlot.starts_at).limit(MOST_SHOWN)).all()
    looked(session, *(call.citizen_id for _slot, call, _name in rows if call))
    return [
        {"id": slot.id, "starts_at": slot.starts_at, "citizen_id": call and call.citizen_id, "citizen_name": name,
         "form": call and call.form}
        for slot, call, name in rows
    ]  # fmt: skip


def calls_to_look_at(session: Session) -> list[dict[str, Any]]:
    """Talks that were not booked in time, or whose time has come and nobody said what became of them."""
    passed = InterviewCall.starts_at <= clock.now()
    late = InterviewCall.starts_at.is_(None) & (InterviewCall.book_by < clock.today())
    wanted = select(InterviewCall, Citizen.name).join(Citizen, Citizen.id == InterviewCall.citizen_id, isouter=True)
    wanted = wanted.where(_OPEN, passed | late).order_by(InterviewCall.made_at).limit(MOST_SHOWN)
    rows = session.execute(wanted).all()
    looked(session, *(call.citizen_id for call, _name in rows))
    return [call_answer(call) | {"citizen_name": name} for call, name in rows]
