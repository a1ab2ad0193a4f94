"""What is told of an event in the forum that is off, and on again."""

from datetime import datetime

from shared.events import CompanySeatCalledOff, CompanySeatRestored, ForumSeatCalledOff, ForumSeatRestored
from tests.notifications import story

SEAT = {name: getattr(story.forum_seat(), name) for name in ("seat_id", "post_id", "starts_at")}


def event_off() -> ForumSeatCalledOff:
    return ForumSeatCalledOff(citizen_id=story.CITIZEN, called_off_at=story.MONDAY, **SEAT)


def company_event_off(at: datetime | None = None) -> CompanySeatCalledOff:
    return CompanySeatCalledOff(company_id=story.COMPANY, called_off_at=at or story.MONDAY, **SEAT)


def event_on() -> ForumSeatRestored:
    return ForumSeatRestored(citizen_id=story.CITIZEN, restored_at=story.MONDAY, **SEAT)


def company_event_on() -> CompanySeatRestored:
    return CompanySeatRestored(company_id=story.COMPANY, restored_at=story.MONDAY, **SEAT)
