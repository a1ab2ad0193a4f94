"""The consultants' time: opened ahead, and given away once."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, select, tuple_, update
from sqlalchemy import insert as core_insert
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.intake import rules
from services.intake.models import FirstContact, Slot, Visitation
from services.intake.use_cases import POLICY
from shared import calendar, clock
from shared.database import new_id
from shared.events import VisitationBooked
from shared.outbox import record

_SLOTS: Any = Slot.__table__
_VISITATIONS: Any = Visitation.__table__
_SOONEST = (
    select(_SLOTS.c.id)
    .where(_SLOTS.c.visitation_id.is_(None), _SLOTS.c.starts_at >= bindparam("earliest"))
    .order_by(_SLOTS.c.starts_at, _SLOTS.c.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_TAKE_SLOT: Any = (
    update(_SLOTS)
    .where(_SLOTS.c.id == _SOONEST.scalar_subquery())
    .values(visitation_id=bindparam("visitation"))
    .returning(_SLOTS.c.starts_at, _SLOTS.c.ends_at, _SLOTS.c.place_code)
)
_NEW_VISITATION: Any = core_insert(_VISITATIONS)


def book_soonest(session: Session, contact: FirstContact, earliest: datetime) -> Visitation | None:
    """The soonest free slot becomes the citizen's; two desks never get the same one. None when all are taken."""
    visitation_id = new_id()
    slot = session.execute(_TAKE_SLOT, {"earliest": earliest, "visitation": visitation_id}).one_or_none()
    if slot is None:
        return None
    row = {
        "id": visitation_id,
        "contact_id": contact.id,
        "citizen_id": contact.citizen_id,
        "state": "booked",
        "starts_at": slot.starts_at,
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
    ))  # fmt: skip
    return visitation


def release(session: Session, visitation: Visitation) -> None:
    """A talk that was held before its time leaves its slot to somebody else."""
    session.execute(
        update(Slot)
        .where(Slot.visitation_id == visitation.id, Slot.starts_at > clock.now())
        .values(visitation_id=None)
        .execution_options(synchronize_session=False)
    )


def booked_already(session: Session, citizen_id: UUID, now: datetime) -> Visitation | None:
    """The next visitation that the citizen has, if any."""
    coming = select(Visitation).where(
        Visitation.citizen_id == citizen_id, Visitation.state == "booked", Visitation.ends_at > now
    )
    return session.scalars(coming.order_by(Visitation.starts_at).limit(1)).one_or_none()


def stock_slots(session: Session) -> None:
    """Open the slots of the coming days for every consultant, and close free ones that the rows no longer give."""
    today = clock.today()
    days = [today + timedelta(days=offset) for offset in range(POLICY.row("slots.horizon", today).value + 1)]
    rows = [
        {
            "id": new_id(),
            "consultant": f"consultant-{number}",
            "place_code": "jobbutik",
            "starts_at": starts_at,
            "ends_at": ends_at,
        }
        for day in days
        for starts_at, ends_at in rules.day_slots(day, POLICY)
        for number in range(1, POLICY.row("slots.consultants", day).value + 1)
    ]
    first, last = calendar.danish_time(days[0], 0), calendar.danish_time(days[-1] + timedelta(days=1), 0)
    kept = [(row["consultant"], row["starts_at"]) for row in rows]
    session.execute(
        delete(Slot)
        .where(Slot.visitation_id.is_(None), Slot.starts_at >= first, Slot.starts_at < last)
        .where(tuple_(Slot.consultant, Slot.starts_at).not_in(kept))
        .execution_options(synchronize_session=False)
    )
    if rows:
        session.execute(insert(Slot).on_conflict_do_nothing(index_elements=["consultant", "starts_at"]), rows)
