"""A slot is held while the person stands there: other desks do not get it, until it is saved, left or timed out."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from services.intake.models import Slot
from services.intake.use_cases import POLICY
from services.intake.use_cases.slots import free_now
from shared import clock

NOTICE = timedelta(minutes=10)


def held(session: Session, holder: UUID) -> Slot | None:
    """The slot that somebody holds now."""
    return session.scalar(select(Slot).where(Slot.hold_id == holder, Slot.held_until > clock.now(), _not_given))


_not_given = Slot.visitation_id.is_(None)


def hold(session: Session, holder: UUID, slot_id: UUID | None = None) -> Slot | None:
    """Hold the slot that was chosen, or else the one already held, or else the soonest; None where none is free.

    A holder has one slot at a time. Where the chosen one is somebody else's by now it is the soonest.
    """
    now = clock.now()
    current = held(session, holder)
    if current is not None and slot_id in (None, current.id):
        return current
    taken = _take(session, holder, now, Slot.id == slot_id, Slot.starts_at > now) if slot_id else None
    taken = taken or current or _take(session, holder, now, Slot.starts_at >= now + NOTICE)
    release(session, holder, but=taken)
    return taken


def _take(session: Session, holder: UUID, now: datetime, *which: Any) -> Slot | None:
    minutes = POLICY.row("slots.hold", clock.today()).value
    free = select(Slot.id).where(free_now(now), *which).order_by(Slot.starts_at, Slot.id)
    free = free.limit(1).with_for_update(skip_locked=True)
    taken = (
        update(Slot)
        .where(Slot.id == free.scalar_subquery())
        .values(hold_id=holder, held_until=now + timedelta(minutes=minutes))
        .returning(Slot)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    return session.scalars(taken).one_or_none()


def release(session: Session, holder: UUID, but: Slot | None = None) -> None:
    """Whatever this holder holds is free for others, except the one named."""
    given_up = update(Slot).where(Slot.hold_id == holder, _not_given)
    if but is not None:
        given_up = given_up.where(Slot.id != but.id)
    session.execute(given_up.values(hold_id=None, held_until=None).execution_options(synchronize_session=False))
