"""What follows from what a company asks for: weekly hours, and the day by which it hears from us."""

from datetime import date

from services.matching.rules.week import Week, has_run
from shared import calendar
from shared.policy import Policy

# As Danish pay is counted: a year has 52 weeks and 12 months, so that 37 hours a week are 160.33 a month.
WEEKS_A_YEAR, MONTHS_A_YEAR = 52, 12


def weekly_of(monthly: float) -> float:
    """Hours a week of so many a month, to the hundredth."""
    return round(monthly * MONTHS_A_YEAR / WEEKS_A_YEAR, 2)


def hours_of_week(windows: Week, days_required: int, hours_per_day: float | None) -> tuple[float, float]:
    """The least and the most weekly hours that follow from the windows (A30: 2 h on 3 days are 6 h)."""
    if hours_per_day is not None:
        return days_required * hours_per_day, days_required * hours_per_day
    per_day = sorted(windows.days[day].bit_count() / 60 for day in windows.used_days())
    return sum(per_day[:days_required]), sum(per_day[-days_required:])


def whole_week(windows: Week) -> float:
    """All the hours that the windows hold."""
    return sum(minutes.bit_count() for minutes in windows.days) / 60


def days_with(windows: Week, hours: float) -> int:
    """On how many days there are so many hours in one go."""
    return sum(has_run(minutes, round(hours * 60)) for minutes in windows.days)


def answer_due(received_on: date, policy: Policy) -> date | None:
    """The local goal for the first answer in opening days (C7); None where none is configured."""
    row = policy.find("request.answer_days", received_on)
    if row is None:
        return None
    due = received_on
    for _ in range(row.value):
        due = calendar.next_open(due)
    return due
