"""Alarms before the legal limit: told once for a unit and a day, and told when they are over."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.intake.models import Citizen, FirstContact, PromiseAlarm
from services.intake.queries.promise import in_danger
from services.intake.use_cases import POLICY
from shared import clock, units
from shared.database import new_id
from shared.events import PromiseAlarmEnded, PromiseAlarmRaised
from shared.outbox import record

SAFE, PASSED = "safe", "passed"


def mailboxes(unit_code: str, today: date) -> list[str]:
    """Where the unit's leaders and those who can open slots read; none where they are not set up."""
    row = POLICY.find("alarm.mailboxes", today, unit_code or None)
    return list(row.value) if row else []


def watch(session: Session) -> None:
    """Raise what is new, and end what has been quiet for a while or whose day is over."""
    now, today = clock.now(), clock.today()
    dangers = _dangers(session)
    rows = select(PromiseAlarm).where(PromiseAlarm.over_at.is_(None)).with_for_update()
    known = {(alarm.unit_code, alarm.due): alarm for alarm in session.scalars(rows)}
    for unit_code, due in sorted(dangers - known.keys()):
        alarm = PromiseAlarm(id=new_id(), unit_code=unit_code, due=due, raised_at=now)
        session.add(alarm)
        session.flush()
        record(session, PromiseAlarmRaised(
            alarm_id=alarm.id, unit_code=unit_code or None, due=due, mailboxes=_read_by(unit_code, today),
        ), alarm)  # fmt: skip
    quiet = timedelta(minutes=POLICY.row("alarm.quiet", today).value)
    for where, alarm in known.items():
        if alarm.due < today:
            _end(session, alarm, PASSED)
        elif where in dangers:
            alarm.quiet_since = None
        elif alarm.quiet_since is None:
            alarm.quiet_since = now
        elif now - alarm.quiet_since >= quiet:
            _end(session, alarm, SAFE)


def raised(session: Session, unit_code: str) -> Sequence[PromiseAlarm]:
    """The alarms of a unit and of none that are not over, the nearest day first."""
    rows = select(PromiseAlarm).where(PromiseAlarm.over_at.is_(None), PromiseAlarm.unit_code.in_(("", unit_code)))
    return session.scalars(rows.order_by(PromiseAlarm.due, PromiseAlarm.unit_code)).all()


def _dangers(session: Session) -> set[tuple[str, date]]:
    """Units and the days of their limits."""
    today = clock.today()
    unit = func.coalesce(units.TABLE.c.unit_code, "")
    rows = select(unit, FirstContact.statutory_due).distinct().select_from(FirstContact)
    rows = rows.join(Citizen, Citizen.id == FirstContact.citizen_id)
    rows = rows.outerjoin(units.TABLE, units.TABLE.c.citizen_id == FirstContact.citizen_id)
    rows = rows.where(FirstContact.statutory_due >= today, in_danger(clock.now(), today))
    return {(row[0], row[1]) for row in session.execute(rows)}


def _end(session: Session, alarm: PromiseAlarm, reason_code: str) -> None:
    alarm.over_at, alarm.reason_code = clock.now(), reason_code
    record(session, PromiseAlarmEnded(
        alarm_id=alarm.id, unit_code=alarm.unit_code or None, due=alarm.due, reason_code=reason_code,
        mailboxes=_read_by(alarm.unit_code, clock.today()),
    ), alarm)  # fmt: skip


def _read_by(unit_code: str, today: date) -> str | None:
    return " ".join(mailboxes(unit_code, today)) or None
