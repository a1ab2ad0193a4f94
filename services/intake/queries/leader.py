"""What a leader sees of a unit's promise: when, which limit, why; never who."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from services.intake.queries import promise
from services.intake.use_cases import alarms
from shared import clock

DAYS_SHOWN = 30


def promise_of(session: Session, unit_code: str, query: dict[str, Any]) -> dict[str, Any]:
    """Of the unit and of no unit: alarms, the contacts in danger, and the broken promises of a period."""
    today = clock.today()
    until = query["until"] or today
    since = query["since"] or until - timedelta(days=DAYS_SHOWN)
    in_danger, more_alarms = promise.alarms(session, reader=unit_code)
    broken, more_breaches = promise.breaches(session, since, until, reader=unit_code)
    return {
        "days": alarms.raised(session, unit_code), "alarms": in_danger, "breaches": broken,
        "more": more_alarms or more_breaches, "since": since, "until": until,
        "mailboxes": alarms.mailboxes(unit_code, today),
    }  # fmt: skip
