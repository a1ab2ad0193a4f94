"""Weekly hours are agreed, and taken back before their day."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.followup import queries, rules
from services.followup.models import HourAgreement, Placement
from services.followup.use_cases import TAKEN_BACK
from shared import clock
from shared.database import new_id
from shared.errors import NotFound, Refused
from shared.events import HoursChanged
from shared.lookups import looked
from shared.outbox import record

AGREED = ("placement_hours", "paid_hours", "reason_code", "asked_by")


def agree_hours(
    session: Session,
    placement_id: UUID,
    *,
    starts_on: date,
    placement_hours: float,
    paid_hours: float,
    reason_code: str,
    asked_by: str,
) -> HourAgreement:
    """New weekly hours from a day on; agreed again for the same day, the later word counts (A20)."""
    placement = session.get(Placement, placement_id, with_for_update={"of": Placement})
    if placement is None:
        raise NotFound
    looked(session, placement.citizen_id)
    rules.check_hours(placement_hours, starts_on, placement.starts_on, placement.ends_on)
    rules.check_gate(queries.open_gates(session, placement_id))
    hours = session.scalar(
        select(HourAgreement).where(HourAgreement.placement_id == placement_id, HourAgreement.starts_on == starts_on)
    )
    if hours is None:
        hours = HourAgreement(id=new_id(), placement_id=placement_id, starts_on=starts_on)
        session.add(hours)
        hours.before = None
    else:
        hours.before = None if hours.taken_back_at else {name: getattr(hours, name) for name in AGREED}
    hours.placement_hours, hours.paid_hours = placement_hours, paid_hours
    hours.reason_code, hours.asked_by, hours.agreed_at = reason_code, asked_by, clock.now()
    hours.taken_back_at = None
    return _told_of_hours(session, placement, hours, hours, reason_code)


def take_hours_back(session: Session, placement_id: UUID, *, agreement_id: UUID, version: int) -> HourAgreement:
    """Before its day has come, a step of the hours is as it was before it was agreed: another, or none at all.

    Listeners hear which hours hold from that day on now.
    """
    placement = session.get(Placement, placement_id, with_for_update={"of": Placement})
    hours = session.get(HourAgreement, agreement_id)
    if placement is None or hours is None or hours.placement_id != placement_id:
        raise NotFound
    looked(session, placement.citizen_id)
    hours.require_untouched(version)
    rules.check_taken_back(hours.starts_on, clock.today())
    if hours.before is not None:
        for name, value in hours.before.items():
            setattr(hours, name, value)
        hours.before, hours.agreed_at = None, clock.now()
        return _told_of_hours(session, placement, hours, hours, TAKEN_BACK)
    earlier = queries.hours_before(session, placement_id, hours.starts_on)
    if earlier is None or hours.taken_back_at is not None:
        raise Refused("not_to_undo", "Der er ikke noget at fortryde.", "There is nothing to undo.")
    hours.taken_back_at = clock.now()
    return _told_of_hours(session, placement, hours, earlier, TAKEN_BACK)


def _told_of_hours(
    session: Session, placement: Placement, changed: HourAgreement, now: HourAgreement, reason_code: str
) -> HourAgreement:
    record(session, HoursChanged(
        agreement_id=changed.id, placement_id=placement.id, citizen_id=placement.citizen_id,
        starts_on=changed.starts_on, placement_hours=now.placement_hours, paid_hours=now.paid_hours,
        reason_code=reason_code,
    ), changed)  # fmt: skip
    return changed
