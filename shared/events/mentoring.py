"""What follow-up tells of mentors: who became one, who was trained, who met, and hours bought free."""

from datetime import date
from uuid import UUID

from shared.events.base import NOTIFICATIONS, Event, named, sealed


@named("followup.mentor.assigned.v1", subject="placement_id", partition="citizen_id")
class MentorAssigned(Event):
    """A placement has another mentor."""

    placement_id: UUID
    citizen_id: UUID
    company_id: UUID
    mentor_id: UUID


@named("followup.mentor.contact_told.v1", subject="mentor_id")
class MentorContactTold(Event):
    """How to reach a mentor of the register, when they become the mentor of a placement and whenever it changes."""

    mentor_id: UUID
    mentor_name: str = sealed(NOTIFICATIONS)
    mentor_email: str | None = sealed(NOTIFICATIONS)
    mentor_phone: str | None = sealed(NOTIFICATIONS)


@named("followup.mentor.recognised.v1", subject="known_as", level="P1")
class MentorRecognised(Event):
    """The mentor that an agreement calls by an id of its own is this one of the register; None where they are not."""

    known_as: UUID
    mentor_id: UUID | None


@named("followup.mentor.link_taken.v1", subject="invitation_id", level="P1")
class MentorLinkTaken(Event):
    """Whoever signs in with that opaque id is this mentor."""

    invitation_id: UUID
    mentor_id: UUID
    mentor_subject: str


@named("followup.mentor.trained.v1", subject="mentor_id", level="P1")
class MentorTrained(Event):
    """A mentor was trained on that day; None where that was a mistake, and no company where they are of none."""

    mentor_id: UUID
    company_id: UUID | None
    trained_on: date | None


@named("followup.network_meeting.held.v1", subject="meeting_id", level="P1")
class NetworkMeetingHeld(Event):
    """These mentors met; what of is kept in follow-up."""

    meeting_id: UUID
    held_on: date
    mentor_ids: tuple[UUID, ...]


@named("followup.mentor_support.granted.v1", subject="support_id", partition="citizen_id")
class MentorSupportGranted(Event):
    """So many hours a week are bought free for a mentor (frikøb); None where that was a mistake."""

    support_id: UUID
    placement_id: UUID
    citizen_id: UUID
    mentor_id: UUID
    weekly_hours: float | None
    starts_on: date
    ends_on: date
