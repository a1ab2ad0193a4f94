"""All months and quarters since the first contact, one quarter in memory at a time."""

from collections.abc import Iterator
from heapq import merge
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.intake.models import FirstContact
from services.intake.queries import figures
from services.intake.rules import indicators, periods, reports
from services.intake.rules.indicators import Indicator
from services.intake.rules.periods import MONTH, QUARTER, Period
from services.intake.rules.reports import Told
from services.intake.rules.small_cells import EVERYBODY
from shared import calendar, clock

ROWS_AT_ONCE = 200


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
    whole = periods.whole_quarters(calendar.danish_day(since), today)
    asked = (figures.contact_counts(*whole), figures.talk_counts(*whole), figures.arrival_counts(*whole))
    rows = merge(
        *(session.execute(one, execution_options={"yield_per": ROWS_AT_ONCE}) for one in asked),
        key=lambda row: row.piece,
    )
    for first, of_quarter in groupby(rows, key=lambda row: periods.quarter_of(row.piece)):
        quarter = periods.containing(first, QUARTER)
        counts = figures.counts(list(of_quarter), quarter.first, quarter.last)
        units = [EVERYBODY, *sorted(unit for unit in counts.series if unit and not outside)]
        months = [periods.containing(quarter.first.replace(month=quarter.first.month + at), MONTH) for at in range(3)]
        days = figures.days_to_offer(session, *months) | figures.days_to_offer(session, quarter)
        minutes = figures.minutes_waited(session, *months) | figures.minutes_waited(session, quarter)
        for period in (*months, quarter):
            if period.first > today or (outside and not period.is_over(today)):
                continue
            for unit in units:
                for one in indicators.ALL:
                    waited = {"days": days.get((period, unit)), "minutes": minutes.get((period, unit, None))}
                    told = reports.told(one, counts, unit, period, waited.get(one.median))
                    yield CourseLine(period, unit, one, told)
