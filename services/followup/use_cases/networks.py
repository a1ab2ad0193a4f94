"""Mentors meet, and minutes are kept."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from services.followup.models import Mentor, NetworkAttendance, NetworkMeeting
from shared import clock
from shared.auth import Principal
from shared.database import new_id
from shared.errors import Invalid, NotFound
from shared.events import NetworkMeetingHeld
from shared.outbox import record


def note(
    session: Session,
    principal: Principal,
    meeting_id: UUID | None = None,
    *,
    held_on: date,
    mentor_ids: Sequence[UUID],
    minutes: str | None,
    version: int | None = None,
) -> NetworkMeeting:
    """Who met when, and what of; noted again, the later word counts."""
    if held_on > clock.today():
        raise Invalid({"held_on": "Dagen er ikke kommet endnu. / That day has not come yet."})
    who = sorted(set(mentor_ids))
    known = session.scalars(select(Mentor.id).where(Mentor.id.in_(who))).all()
    if len(known) != len(who):
        raise Invalid({"mentor_ids": "Kendes ikke. / Not known."})
    meeting = _meeting(session, meeting_id, version)
    meeting.held_on, meeting.minutes = held_on, minutes
    meeting.noted_by, meeting.noted_at = principal.subject, clock.now()
    session.flush()
    session.execute(delete(NetworkAttendance).where(NetworkAttendance.meeting_id == meeting.id))
    session.add_all(NetworkAttendance(id=new_id(), meeting_id=meeting.id, mentor_id=one) for one in who)
    record(session, NetworkMeetingHeld(meeting_id=meeting.id, held_on=held_on, mentor_ids=tuple(who)), meeting)
    return meeting


def _meeting(session: Session, meeting_id: UUID | None, version: int | None) -> NetworkMeeting:
    if meeting_id is None:
        made = NetworkMeeting(id=new_id())
        session.add(made)
        return made
    known = session.get(NetworkMeeting, meeting_id, with_for_update=True)
    if known is None:
        raise NotFound
    if version is not None:
        known.require_untouched(version)
    return known
