"""What intake is watched by from outside: numbers, nobody in them."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.intake.models import FirstContact
from services.intake.queries import desk, promise
from services.intake.use_cases import POLICY
from shared import calendar, clock
from shared.metrics import Figure


def gauges(session: Session) -> list[Figure]:
    """Slots that are left, whose promise is broken, and whose legal limit is in danger."""
    today, now = clock.today(), clock.now()
    closing = POLICY.row("opening.closing_days", today).value
    numbers = desk.desk_numbers(session, today, calendar.next_open(today, closing))
    dues = {"local": FirstContact.local_goal_due, "statutory": FirstContact.statutory_due}
    people = select(func.count(FirstContact.citizen_id.distinct()))
    lately = FirstContact.statutory_due >= today.replace(day=1)
    broken = {name: session.scalar(people.where(lately, promise.broken(due, now, today))) for name, due in dues.items()}
    return [
        Figure("jobbutik_slots_left", "free slots for a talk",
               [({"day": "today"}, numbers.free_today), ({"day": "next"}, numbers.free_next)]),
        Figure("jobbutik_promises_broken", "people not met in time whose legal limit lies in this month or later",
               [({"promise": name}, count) for name, count in broken.items()]),
        Figure("jobbutik_limits_in_danger", "people whose legal limit is near without a talk", [({}, numbers.alarms)]),
    ]  # fmt: skip
