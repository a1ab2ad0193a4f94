"""The leader's overview: months of everybody and of each unit, as far as small counts allow."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, cast, func, literal, select, union_all
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from services.followup.models import Fact, FirstContact, HourAgreement, Placement, Visitation
from services.followup.rules import overview
from services.followup.use_cases import POLICY
from shared import calendar, clock, periods, units
from shared.periods import MONTH, Period
from shared.small_cells import EVERYBODY, NO_UNIT, Counts

COURSE = 12
UNIT = units.TABLE.c.unit_code


@dataclass(frozen=True)
class Overview:
    """The numbers that are told of some months, of everybody (None) or of a unit."""

    counts: Counts

    def told(self, code: str, unit: str | None, month: Period) -> int | None:
        """The number; None where it is hidden, or is not counted by unit."""
        if code in overview.OF_ALL and unit is not EVERYBODY:
            return None
        if code in overview.OPEN:
            return self.counts.number(unit, code, month)
        return self.counts.shown(unit, code, month)


def asked(since: date | None) -> Period:
    """The month of a day, today's where none is given."""
    return periods.containing(since or clock.today(), MONTH)


def numbers(session: Session, first: date, last: date) -> Overview:
    """Those of the whole quarters that these days lie in, as what is hidden is settled by the quarter; a statement."""
    first, last = periods.whole_quarters(first, last)
    months = [one.first for one in _months(first, last)]
    place = {day: at for at, day in enumerate(months)}
    series: dict[str | None, dict[str, list[int]]] = {EVERYBODY: {}}
    for figure, month, unit, number in session.execute(_counted(first, min(last, clock.today()))):
        for whose in (EVERYBODY, unit or NO_UNIT):
            series.setdefault(whose, {}).setdefault(figure, [0] * len(months))[place[month]] += number
    least = POLICY.row("counts.hidden_below", clock.today()).value
    return Overview(Counts(months, series, overview.WHOLES, least))


def course(session: Session, month: Period) -> tuple[list[Period], Overview]:
    """A year of months up to this one, the oldest first."""
    run = month.back(COURSE)
    return run, numbers(session, run[0].first, month.last)


def _months(first: date, last: date) -> Iterator[Period]:
    month = periods.containing(first, MONTH)
    while month.first <= last:
        yield month
        month = month.after()


def _counted(first: date, until: date) -> Any:
    """How many there were by figure, month and unit."""
    came, held = _danish_day(FirstContact.at), _danish_day(Visitation.held_at)
    parts = [
        _by_month(overview.CONTACTS, came, FirstContact.citizen_id),
        _by_month(overview.TALKS, held, Visitation.citizen_id),
        _by_month(overview.IN_TIME, held, Visitation.citizen_id, held <= _goal()),
        _by_month(overview.BEGUN, Placement.starts_on, Placement.citizen_id, Placement.ends_on >= Placement.starts_on),
        _paid(),
        _by_month(overview.ENDED, Placement.ends_on, Placement.citizen_id, Placement.ends_on < clock.today()),
        _by_month(
            overview.EARLY, Placement.ends_on, Placement.citizen_id, Placement.ends_on < clock.today(),
            Placement.ends_on < Placement.agreed_ends_on,
        ),
        _facts(),
    ]  # fmt: skip
    each = union_all(*parts).subquery("each").c
    rows = select(each.figure, each.month, each.unit, func.count()).where(each.day.between(first, until))
    return rows.group_by(each.figure, each.month, each.unit)


def _by_month(figure: str, day: Any, citizen: Any, *such: ColumnElement[bool]) -> Any:
    rows = select(literal(figure).label("figure"), *_when(day), UNIT.label("unit"))
    return rows.outerjoin(units.TABLE, units.TABLE.c.citizen_id == citizen).where(*such)


def _when(day: Any) -> tuple[Any, Any]:
    return cast(func.date_trunc("month", day), Date).label("month"), cast(day, Date).label("day")


def _danish_day(moment: Any) -> Any:
    return cast(func.timezone(calendar.DENMARK.key, moment), Date)


def _goal() -> Any:
    """The day by which a talk was to be, as the citizen's latest contact before it was told."""
    contact = select(FirstContact.local_goal_due).where(
        FirstContact.citizen_id == Visitation.citizen_id, FirstContact.at <= Visitation.held_at
    )
    return contact.order_by(FirstContact.at.desc()).limit(1).scalar_subquery()


def _paid() -> Any:
    """Placements on the first day of paid hours that stand."""
    first = select(HourAgreement.placement_id, HourAgreement.starts_on).ext(distinct_on(HourAgreement.placement_id))
    first = first.where(HourAgreement.taken_back_at.is_(None), HourAgreement.paid_hours > 0)
    one = first.order_by(HourAgreement.placement_id, HourAgreement.starts_on).subquery("paid").c
    rows = select(literal(overview.PAID).label("figure"), *_when(one.starts_on), UNIT.label("unit"))
    rows = rows.select_from(Placement).join(one.placement_id.table, one.placement_id == Placement.id)
    return rows.outerjoin(units.TABLE, units.TABLE.c.citizen_id == Placement.citizen_id)


def _facts() -> Any:
    """Agreements have the unit of the placement's citizen."""
    made = and_(Fact.figure == overview.AGREEMENTS, Placement.id == Fact.id)
    rows = select(Fact.figure, *_when(Fact.day), UNIT.label("unit")).outerjoin(Placement, made)
    return rows.outerjoin(units.TABLE, units.TABLE.c.citizen_id == Placement.citizen_id)


def since_the_first(session: Session) -> Iterator[tuple[Period, Overview]]:
    """Every month since the first that anything is counted of, a quarter in memory at a time."""
    firsts = [
        session.scalar(select(func.min(day)))
        for day in (_danish_day(FirstContact.at), Placement.starts_on, Fact.day)
    ]  # fmt: skip
    known = [day for day in firsts if day is not None]
    if not known:
        return
    quarter, today = periods.containing(min(known), periods.QUARTER), clock.today()
    while quarter.first <= today:
        found = numbers(session, quarter.first, quarter.last)
        yield from ((month, found) for month in _months(quarter.first, min(quarter.last, today)))
        quarter = quarter.after()
