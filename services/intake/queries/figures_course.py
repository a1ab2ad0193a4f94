"""All months and quarters since the first contact, one quarter in memory at a time."""

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.intake.models import FirstContact
from services.intake.queries import figures
from services.intake.rules import indicators, reports
from services.intake.rules.reports import Told
from shared import calendar, clock, periods
from shared.indicators import Indicator
from shared.periods import MONTH, QUARTER, Period
from shared.small_cells import EVERYBODY


class CourseLine(NamedTuple):
    """An indicator of a unit (None: everybody) in a month or quarter."""

    period: Period
    unit: str | None
    indicator: Indicator
    told: Told


def course(session: Session, *, outside: bool) -> Iterator[CourseLine]:
    """In order of time, each quarter after its months; `outside` only everybody's, and only what is over."""
    since = session.scalar(select(func.min(FirstContact.at)))
    if since is None:
        return
    today = clock.today()
    quarter = periods.containing(calendar.danish_day(since), QUARTER)
    while quarter.first <= today:
        # Quarter by quarter: numbers are hidden within their quarter, and no statement goes over the whole history.
        yield from _of_quarter(session, quarter, today, outside=outside)
        quarter = quarter.after()


def _of_quarter(session: Session, quarter: Period, today: date, *, outside: bool) -> Iterator[CourseLine]:
    months = [periods.containing(quarter.first.replace(month=quarter.first.month + at), MONTH) for at in range(3)]
    counts = figures.counted(session, quarter.first, quarter.last)
    days = figures.days_to_offer(session, *months) | figures.days_to_offer(session, quarter)
    minutes = figures.minutes_waited(session, *months) | figures.minutes_waited(session, quarter)
    units = [EVERYBODY, *sorted(unit for unit in counts.series if unit and not outside)]
    for period in (*months, quarter):
        if period.first > today or (outside and not period.is_over(today)):
            continue
        for unit, one in product(units, indicators.ALL):
            waited = {"days": days.get((period, unit)), "minutes": minutes.get((period, unit, None))}
            yield CourseLine(period, unit, one, reports.told(one, counts, unit, period, waited.get(one.median)))
