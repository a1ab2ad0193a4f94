"""Hours bought free for a mentor, and the direct line from a mentor to the municipality."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.followup import queries, rules
from services.followup.models import MentorCall, MentorSupport
from services.followup.use_cases import POLICY, courses
from shared import clock
from shared.auth import Principal
from shared.database import new_id
from shared.errors import NotFound, Refused
from shared.events import MentorSupportGranted
from shared.lookups import looked
from shared.outbox import record


def grant(
    session: Session,
    principal: Principal,
    placement_id: UUID,
    *,
    weekly_hours: float,
    starts_on: date,
    ends_on: date,
    exceeds: bool,
) -> MentorSupport:
    """A person grants hours within the limits of the day they begin; raises NotConfigured where nobody set those."""
    placement = courses.locked(session, placement_id)
    longest, only = POLICY.row("mentor.period_max", starts_on), POLICY.row("mentor.frikoeb", starts_on)
    rules.check_support(starts_on, ends_on, exceeds, longest, only)
    if any(one.starts_on <= ends_on and one.ends_on >= starts_on for one in queries.support_of(session, placement_id)):
        raise Refused("support_overlaps", "Der er allerede købt fri i den tid.", "Hours are bought free then already.")
    row = MentorSupport(
        id=new_id(), placement_id=placement_id, mentor_id=placement.mentor_id, weekly_hours=weekly_hours,
        starts_on=starts_on, ends_on=ends_on, policies=f"{longest.name} {only.name}", granted_by=principal.subject,
        granted_at=clock.now(), taken_back_at=None,
    )  # fmt: skip
    session.add(row)
    _tell(session, row, placement.citizen_id, weekly_hours)
    return row


def take_back(session: Session, placement_id: UUID, *, support_id: UUID, version: int) -> None:
    """It was not granted after all."""
    placement = courses.locked(session, placement_id)
    row = session.get(MentorSupport, support_id)
    if row is None or row.placement_id != placement_id or row.taken_back_at is not None:
        raise NotFound
    row.require_untouched(version)
    row.taken_back_at = clock.now()
    _tell(session, row, placement.citizen_id, None)


def _tell(session: Session, row: MentorSupport, citizen_id: UUID, weekly_hours: float | None) -> None:
    record(session, MentorSupportGranted(
        support_id=row.id, placement_id=row.placement_id, citizen_id=citizen_id, mentor_id=row.mentor_id,
        weekly_hours=weekly_hours, starts_on=row.starts_on, ends_on=row.ends_on,
    ), row)  # fmt: skip


def ask(session: Session, principal: Principal, placement_id: UUID, *, urgency: str) -> MentorCall:
    """The mentor wants to be rung up; asked again before that, the later word counts."""
    queries.placement(session, principal, placement_id)
    row = queries.open_call(session, placement_id, lock=True)
    if row is None:
        row = MentorCall(id=new_id(), placement_id=placement_id, withdrawn_at=None, answered_at=None, answered_by=None)
        session.add(row)
    row.urgency, row.asked_by, row.asked_at = urgency, principal.subject, clock.now()
    session.flush()
    return row


def withdraw(session: Session, principal: Principal, placement_id: UUID) -> None:
    """There is no need to ring up any more; where nobody was asked, nothing happens."""
    queries.placement(session, principal, placement_id)
    row = queries.open_call(session, placement_id, lock=True)
    if row is not None:
        row.withdrawn_at = clock.now()
    session.flush()


def answer(session: Session, principal: Principal, call_id: UUID, *, answered: bool) -> MentorCall:
    """Somebody has rung the mentor up; false takes that back, unless the mentor has asked anew meanwhile."""
    wanted = select(MentorCall).where(MentorCall.id == call_id, MentorCall.withdrawn_at.is_(None)).with_for_update()
    row = session.scalar(wanted)
    if row is None:
        raise NotFound
    looked(session, queries.placement(session, principal, row.placement_id).citizen_id)
    if answered and row.answered_at is None:
        row.answered_at, row.answered_by = clock.now(), principal.subject
    elif not answered and row.answered_at is not None:
        if queries.open_call(session, row.placement_id) is not None:
            raise Refused("not_to_undo", "Mentoren har bedt om opkald igen.", "The mentor has asked again.")
        row.answered_at = row.answered_by = None
    session.flush()
    return row
