"""Everybody in a placement is asked how it goes at the rhythm that a dated row sets; without one nobody is."""

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.followup import queries, rules
from services.followup.models import Placement, Pulse
from services.followup.use_cases import POLICY, courses, pulse
from shared import calendar, clock

AT_ONCE, LOOK_SECONDS = 50, 600


def next_day(session: Session, placement: Placement, asked: date | None) -> date | None:
    """When all three are asked next; None where no row sets a rhythm, or the placement is over before."""
    today = clock.today()
    row, closing = POLICY.find("pulse.rhythm", today), tuple(POLICY.row("calendar.closing_days", today).value)
    if row is None:
        return None
    soonest = rules.pulse_due(row, placement.starts_on, placement.ends_on, asked, rules.Days(closing))
    if soonest is None or soonest > today:
        return soonest
    pauses = courses.course_of(placement, courses.changes_of(session, placement.id)).pauses
    due = rules.pulse_due(row, placement.starts_on, placement.ends_on, asked, rules.Days(closing, pauses))
    return None if queries.standing_end(session, placement.id) is not None else due


def ask_those_due(session: Session) -> bool:
    """On days and in hours when people can be disturbed; True where there may be more."""
    now = clock.now()
    if POLICY.find("pulse.rhythm", clock.today()) is None or not _decent(now):
        return False
    asked = 0
    for placement, last in _under_way(session, now):
        due = next_day(session, placement, calendar.danish_day(last) if last else None)
        if due is not None and due <= clock.today():
            pulse.ask(session, placement.id, asked_by=courses.ITSELF)
            asked += 1
        if asked == AT_ONCE:
            return True
    return False


def _under_way(session: Session, now: datetime) -> list[tuple[Placement, datetime | None]]:
    """Placements about which nobody is just being asked, with when they were asked last."""
    today, stands = clock.today(), Pulse.withdrawn_at.is_(None)
    last = select(func.max(Pulse.asked_at)).where(Pulse.placement_id == Placement.id, stands)
    found = select(Placement, last.correlate(Placement).scalar_subquery())
    found = found.where(Placement.starts_on < today, Placement.ends_on > today)
    asked = select(Pulse.placement_id).where(Pulse.ends_at > now, stands)
    rows = session.execute(found.where(Placement.id.not_in(asked)).order_by(Placement.id))
    return [(row[0], row[1]) for row in rows]


def _decent(now: datetime) -> bool:
    """An opening day, in the hours in which talks are held."""
    today = calendar.danish_day(now)
    begins, ends = POLICY.row("contact.hours", today).value.split("-")
    closing = POLICY.row("calendar.closing_days", today).value
    return calendar.is_open(today, closing) and begins <= f"{now.astimezone(calendar.DENMARK):%H:%M}" < ends
