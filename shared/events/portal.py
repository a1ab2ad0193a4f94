"""What matching tells of a company's portal and the forum: that something was written, never what."""

from datetime import datetime
from uuid import UUID

from shared.events.base import Event, named


@named("matching.company_message.received.v1", subject="message_id", partition="company_id", level="P1")
class CompanyMessageReceived(Event):
    """A company wrote to the municipality."""

    message_id: UUID
    company_id: UUID


@named("matching.company_message.sent.v1", subject="message_id", partition="company_id", level="P1")
class CompanyMessageSent(Event):
    """The municipality wrote to a company."""

    message_id: UUID
    company_id: UUID
    sent_at: datetime


@named("matching.company_message.taken_back.v1", subject="message_id", partition="company_id", level="P1")
class CompanyMessageTakenBack(Event):
    """What one side of the thread wrote was taken back before the other read it.

    `unanswered`: whether the last word is the company's now; None in those that were told before this was.
    """

    message_id: UUID
    company_id: UUID
    unanswered: bool | None = None


@named("matching.forum_seat.moved_up.v1", subject="seat_id", partition="citizen_id")
class ForumSeatMovedUp(Event):
    """A citizen on an event's waiting list has a seat now."""

    seat_id: UUID
    post_id: UUID
    citizen_id: UUID
    starts_at: datetime


@named("matching.forum_seat.company_moved_up.v1", subject="seat_id", partition="company_id")
class CompanySeatMovedUp(Event):
    """A company on an event's waiting list has a seat now."""

    seat_id: UUID
    post_id: UUID
    company_id: UUID
    starts_at: datetime


@named("matching.forum_seat.called_off.v1", subject="seat_id", partition="citizen_id")
class ForumSeatCalledOff(Event):
    """The event for which a citizen signed up was taken down before it began."""

    seat_id: UUID
    post_id: UUID
    citizen_id: UUID
    starts_at: datetime
    called_off_at: datetime


@named("matching.forum_seat.company_called_off.v1", subject="seat_id", partition="company_id")
class CompanySeatCalledOff(Event):
    """The event for which a company signed up was taken down before it began."""

    seat_id: UUID
    post_id: UUID
    company_id: UUID
    starts_at: datetime
    called_off_at: datetime


@named("matching.forum_seat.restored.v1", subject="seat_id", partition="citizen_id")
class ForumSeatRestored(Event):
    """The event is up again, and the citizen still signed up."""

    seat_id: UUID
    post_id: UUID
    citizen_id: UUID
    starts_at: datetime
    restored_at: datetime


@named("matching.forum_seat.company_restored.v1", subject="seat_id", partition="company_id")
class CompanySeatRestored(Event):
    """The event is up again, and the company still signed up."""

    seat_id: UUID
    post_id: UUID
    company_id: UUID
    starts_at: datetime
    restored_at: datetime


@named("matching.forum_line.received.v1", subject="line_id", partition="citizen_id")
class ForumLineReceived(Event):
    """Something was written between a company and whoever is behind a profile, and waits for a consultant."""

    line_id: UUID
    citizen_id: UUID
    company_id: UUID
    by_company: bool


@named("matching.forum_line.decided.v1", subject="line_id", partition="citizen_id")
class ForumLineDecided(Event):
    """A consultant passed it on to the other side, or stopped it."""

    line_id: UUID
    citizen_id: UUID
    company_id: UUID
    by_company: bool
    state: str
    decided_at: datetime
