"""What tells that something was written in a company's portal or the forum, and never what."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from services.notifications.rules.drafts import CITIZEN, COMPANY, CORRECTED_WITHIN, Draft
from shared.calendar import danish_day
from shared.events import (
    CompanyMessageSent,
    CompanySeatCalledOff,
    CompanySeatMovedUp,
    CompanySeatRestored,
    Event,
    ForumLineDecided,
    ForumSeatCalledOff,
    ForumSeatMovedUp,
    ForumSeatRestored,
)

COMPANY_MESSAGE, FORUM_LINE, FORUM_SEAT = "company_message", "forum_line", "forum_seat"
FORUM_OFF, FORUM_ON = "forum_off", "forum_on"


def company_message(event: CompanyMessageSent) -> list[Draft]:
    """The company hears that there is something to read; worth saying for some days."""
    return [_told(COMPANY_MESSAGE, COMPANY, event.company_id, event.sent_at)]


def forum_line(event: ForumLineDecided) -> list[Draft]:
    """What is passed on is told to the other side; who wrote it and what stands in the product alone."""
    if event.state != "passed":
        return []
    kind, recipient = (CITIZEN, event.citizen_id) if event.by_company else (COMPANY, event.company_id)
    return [_told(FORUM_LINE, kind, recipient, event.decided_at)]


def forum_seat(event: ForumSeatMovedUp | CompanySeatMovedUp) -> list[Draft]:
    """Whoever waited hears that there is a seat, until the day of the event."""
    return [_of_event(FORUM_SEAT, event)]


def forum_off(event: ForumSeatCalledOff | CompanySeatCalledOff) -> list[Draft]:
    """Whoever signed up hears that the event is off, until its day is over."""
    return [_of_event(FORUM_OFF, event, event.called_off_at)]


def forum_on(event: ForumSeatRestored | CompanySeatRestored) -> list[Draft]:
    """Whoever was told that it is off hears that it is not."""
    return [_of_event(FORUM_ON, event, event.restored_at)]


def _of_event(template: str, event: Any, told_at: datetime | None = None) -> Draft:
    data = {"appointments": [], "due_on": danish_day(event.starts_at).isoformat()}
    if told_at is not None:
        # Off, on and off again: the second is another message than the first.
        data["told_at"] = told_at.isoformat()
    if isinstance(event, ForumSeatMovedUp | ForumSeatCalledOff | ForumSeatRestored):
        return Draft(template=template, kind=CITIZEN, recipient=event.citizen_id, data=data)
    return Draft(template=template, kind=COMPANY, recipient=event.company_id, data=data)


def _told(template: str, kind: str, recipient: UUID, at: datetime) -> Draft:
    data = {"appointments": [], "due_on": (danish_day(at) + CORRECTED_WITHIN).isoformat()}
    return Draft(template=template, kind=kind, recipient=recipient, data=data)


LETTERS: Mapping[type[Event], Callable[[Any], list[Draft]]] = {
    CompanyMessageSent: company_message,
    ForumLineDecided: forum_line,
    ForumSeatMovedUp: forum_seat,
    CompanySeatMovedUp: forum_seat,
}
