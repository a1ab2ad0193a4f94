"""Who came on which day and for how long; a day on which somebody could not come, told by themselves."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.followup import queries, rules
from services.followup.models import Attendance, Placement
from services.followup.use_cases import courses
from shared import clock
from shared.auth import Principal
from shared.database import new_id


def note(session: Session, principal: Principal, placement_id: UUID, days: Mapping[date, dict[str, Any]]) -> Placement:
    """What is known of these days; a day without a state is not known any more. Staying away makes contact closer."""
    found = queries.placement(session, principal, placement_id)
    rules.check_attendance(days, found.starts_on, found.ends_on, clock.today())
    known = _known(session, placement_id, days)
    newly_away = False
    for on, told in days.items():
        row = known.get(on)
        if told["state"] is None:
            if row is not None:
                session.delete(row)
            continue
        newly_away |= told["state"] == rules.NO_SHOW and (row is None or row.state != rules.NO_SHOW)
        _put(session, row or _new(placement_id, on), principal.subject, told)
    session.flush()
    if newly_away:
        courses.tighten(session, courses.locked(session, placement_id), "absence")
    return found


def _known(session: Session, placement_id: UUID, days: Mapping[date, Any]) -> dict[date, Attendance]:
    wanted = select(Attendance).where(Attendance.placement_id == placement_id, Attendance.on_day.in_(list(days)))
    return {row.on_day: row for row in session.scalars(wanted.with_for_update())}


def _put(session: Session, row: Attendance, by: str, told: Mapping[str, Any]) -> None:
    if (row.state, row.hours) != (told["state"], told["hours"]):
        row.state, row.hours, row.noted_by, row.noted_at = told["state"], told["hours"], by, clock.now()
        session.add(row)


def _new(placement_id: UUID, on: date) -> Attendance:
    return Attendance(id=new_id(), placement_id=placement_id, on_day=on)


def tell_away(session: Session, principal: Principal, placement_id: UUID, *, away: bool) -> None:
    """The citizen cannot come today, or can after all; what others have noted of the day stands."""
    found = queries.own_placement(session, principal, placement_id)
    today = clock.today()
    rules.check_attendance({today: {"state": rules.AWAY_TOLD}}, found.starts_on, found.ends_on, today)
    row = _known(session, placement_id, {today: None}).get(today)
    if away and row is None:
        told = {"state": rules.AWAY_TOLD, "hours": None}
        _put(session, _new(placement_id, today), principal.subject, told)
    if not away and row is not None and row.noted_by == principal.subject:
        session.delete(row)
    session.flush()
