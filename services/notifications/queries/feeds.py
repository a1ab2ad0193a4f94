"""A consultant's own talks as a calendar."""

from datetime import date, timedelta

from icalendar import Calendar, Event
from sqlalchemy import select
from sqlalchemy.orm import Session

from services.notifications import queries
from services.notifications.models import Address, CaseOf, Talk
from services.notifications.rules.hidden import without_cpr
from services.notifications.use_cases import POLICY
from services.notifications.use_cases.feeds import OFF
from shared import clock
from shared.calendar import DENMARK
from shared.lookups import looked

BACK, MOST = timedelta(days=30), 1000


def own_calendar(session: Session, owner: str) -> str:
    """The talks of their cases from a month ago on (RFC 5545); initials or the case's reference, never a name."""
    since = clock.now() - BACK
    wanted = select(Talk).join(CaseOf, CaseOf.id == Talk.placement_id)
    wanted = wanted.where(CaseOf.owner == owner, Talk.starts_at >= since).order_by(Talk.starts_at, Talk.id)
    talks = session.scalars(wanted.limit(MOST)).all()
    book = queries.address_book(session, {one for talk in talks for one in (talk.citizen_id, talk.company_id)})
    looked(session, *(talk.citizen_id for talk in talks))
    calendar = Calendar()
    for name, value in (("prodid", "-//Jobbutik//notifications//DA"), ("version", "2.0"), ("method", "PUBLISH")):
        calendar.add(name, value)
    calendar.add("x-wr-calname", "Jobbutikken")
    minutes = timedelta(minutes=POLICY.row("appointment.minutes", clock.today(), "followup_planned").value)
    for talk in talks:
        calendar.add_component(_event(talk, book.get(talk.citizen_id), book.get(talk.company_id), minutes))
    years = [talk.starts_at.year for talk in talks] or [clock.today().year]
    calendar.add_missing_timezones(date(min(years) - 1, 1, 1), date(max(years) + 2, 1, 1))
    text: str = calendar.to_ical().decode()
    return text


def _event(talk: Talk, citizen: Address | None, company: Address | None, lasts: timedelta) -> Event:
    event = Event()
    event.add("uid", f"{talk.id}@jobbutik")
    event.add("sequence", talk.sequence)
    event.add("dtstamp", talk.told_at)
    event.add("dtstart", talk.starts_at.astimezone(DENMARK))
    event.add("dtend", (talk.starts_at + lasts).astimezone(DENMARK))
    event.add("summary", f"Samtale, {_known_as(talk, citizen)}")
    if talk.state == OFF:
        event.add("status", "CANCELLED")
    place = without_cpr(company.organisation) if company and talk.form == "in_person" else None
    if talk.form == "phone" or place:
        event.add("location", place or "Telefon")
    return event


def _known_as(talk: Talk, citizen: Address | None) -> str:
    """Initials; of somebody protected, or not known here, the end of the agreement's number."""
    name = (without_cpr(citizen.name) or "") if citizen and not citizen.protected else ""
    initials = ".".join(part[0].upper() for part in name.split() if part[0].isalpha())
    return f"{initials}." if initials else f"forløb {talk.placement_id.hex[-4:].upper()}"
