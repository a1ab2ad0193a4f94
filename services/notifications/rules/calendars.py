"""Appointments as a calendar file (RFC 5545) that any calendar takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from icalendar import Calendar, Event

from shared.calendar import DENMARK

BEGIN = "BEGIN:VEVENT"


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """One appointment; `id` stays the same when the time changes and `sequence` grows, so that a calendar moves it."""

    id: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    place: str | None
    summary: str


def calendar_file(appointments: Sequence[Appointment], *, stamp: datetime, cancelled: bool = False) -> str:
    """METHOD:PUBLISH with one VEVENT each, in Danish time; METHOD:CANCEL takes them out of a calendar."""
    calendar = Calendar()
    calendar.add("prodid", "-//Jobbutik//notifications//DA")
    calendar.add("version", "2.0")
    calendar.add("method", method(cancelled=cancelled))
    for appointment in appointments:
        event = Event()
        event.add("uid", f"{appointment.id}@jobbutik")
        event.add("sequence", appointment.sequence)
        event.add("dtstamp", stamp)
        event.add("dtstart", appointment.starts_at.astimezone(DENMARK))
        event.add("dtend", appointment.ends_at.astimezone(DENMARK))
        event.add("summary", appointment.summary)
        if cancelled:
            event.add("status", "CANCELLED")
        if appointment.place:
            event.add("location", appointment.place)
        calendar.add_component(event)
    years = [appointment.starts_at.year for appointment in appointments]
    head, begin, events = calendar.to_ical().decode().partition(BEGIN)
    return f"{head}{_zone(min(years) - 1, max(years) + 2)}{begin}{events}"


@cache
def _zone(since: int, until: int) -> str:
    """Danish summer and winter of these years, as a calendar file tells them."""
    calendar, event = Calendar(), Event()
    event.add("dtstart", datetime(since + 1, 1, 1, tzinfo=DENMARK))
    calendar.add_component(event)
    calendar.add_missing_timezones(date(since, 1, 1), date(until, 1, 1))
    text: str = calendar.timezones[0].to_ical().decode()
    return text


def method(*, cancelled: bool) -> str:
    """The file's METHOD, which the mail names as well."""
    return "CANCEL" if cancelled else "PUBLISH"
