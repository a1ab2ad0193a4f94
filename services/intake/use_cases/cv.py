"""CV deadlines: set for the group, reminded of before, met or missed (LAB § 23; A07). A missed one only tells."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.intake import rules
from services.intake.models import CvDeadline, FirstContact
from services.intake.queries.talk import cv_is_awaited
from services.intake.use_cases import POLICY
from shared import calendar, clock
from shared.database import new_id
from shared.errors import NotFound
from shared.events import CvDeadlineMet, CvDeadlineMissed, CvDeadlineReminded, CvDeadlineSet
from shared.lookups import looked
from shared.outbox import record

SET, MET, MISSED = "set", "met", "missed"
AT_ONCE = 200


def set_deadline(session: Session, contact: FirstContact, category: str | None) -> CvDeadline | None:
    """The deadline of the group, counted from the contact; once for a contact, none where none is configured."""
    group = rules.cv_group(contact.applied_for, category)
    due = rules.cv_due(calendar.danish_day(contact.at), group, POLICY) if group else None
    if group is None or due is None or session.scalar(select(CvDeadline).where(CvDeadline.contact_id == contact.id)):
        return None
    deadline = CvDeadline(
        id=new_id(), citizen_id=contact.citizen_id, contact_id=contact.id, group_code=group, due_on=due[0],
        policy=due[1].name, state=SET, set_at=clock.now(),
    )  # fmt: skip
    session.add(deadline)
    record(session, CvDeadlineSet(
        deadline_id=deadline.id, citizen_id=deadline.citizen_id, group_code=group, due=deadline.due_on,
    ), deadline)  # fmt: skip
    return deadline


def newest(session: Session, citizen_id: UUID) -> CvDeadline | None:
    """Somebody's latest deadline."""
    rows = select(CvDeadline).where(CvDeadline.citizen_id == citizen_id)
    return session.scalars(rows.order_by(CvDeadline.set_at.desc(), CvDeadline.id).limit(1)).one_or_none()


def meet(session: Session, citizen_id: UUID, *, by: str) -> CvDeadline:
    """The CV is there, as a person saw or the citizen says; raises NotFound where no deadline is set."""
    deadline = newest(session, citizen_id)
    if deadline is None:
        raise NotFound
    looked(session, citizen_id)
    if deadline.state != MET:
        deadline.state, deadline.met_at, deadline.met_by = MET, clock.now(), by
        record(session, CvDeadlineMet(deadline_id=deadline.id, citizen_id=citizen_id, due=deadline.due_on), deadline)
    return deadline


def not_met(session: Session, citizen_id: UUID) -> CvDeadline:
    """It was a mistake that it was met; the night says again whether it is missed."""
    deadline = newest(session, citizen_id)
    if deadline is None or deadline.state != MET:
        raise NotFound
    looked(session, citizen_id)
    deadline.state, deadline.met_at, deadline.met_by = SET, None, None
    return deadline


def watch(session: Session) -> bool:
    """Remind of what is near, and tell what has passed; True when there may be more.

    Nobody is reminded whose contact has ended at the door, until that is taken back.
    """
    today = clock.today()
    near = today + timedelta(days=POLICY.row("cv.reminder_days", today).value)
    rows = select(CvDeadline).where(CvDeadline.state == SET, cv_is_awaited()).order_by(CvDeadline.due_on, CvDeadline.id)
    rows = rows.limit(AT_ONCE).with_for_update(skip_locked=True)
    passed = session.scalars(rows.where(CvDeadline.due_on < today)).all()
    for deadline in passed:
        deadline.state, deadline.missed_at = MISSED, clock.now()
        record(session, CvDeadlineMissed(
            deadline_id=deadline.id, citizen_id=deadline.citizen_id, due=deadline.due_on,
        ), deadline)  # fmt: skip
    soon = session.scalars(rows.where(CvDeadline.due_on.between(today, near), CvDeadline.reminded_at.is_(None))).all()
    for deadline in soon:
        deadline.reminded_at = clock.now()
        record(session, CvDeadlineReminded(
            deadline_id=deadline.id, citizen_id=deadline.citizen_id, due=deadline.due_on,
        ), deadline)  # fmt: skip
    return AT_ONCE in (len(passed), len(soon))
