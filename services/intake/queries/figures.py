"""The counts behind the leader's numbers, by unit and piece of time; what they mean stands in rules/indicators.py."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Date,
    Float,
    Row,
    Select,
    Subquery,
    and_,
    case,
    cast,
    func,
    literal_column,
    or_,
    select,
    tuple_,
    type_coerce,
)
from sqlalchemy.orm import Session, aliased

from services.intake.models import Arrival, BreachCause, DoorOutcome, FirstContact, Referral, Visitation
from services.intake.queries.promise import danish_day, is_broken, is_to_come, of_theirs
from services.intake.rules import indicators, reports, waiting
from services.intake.rules.indicators import ENDS, OWN_WISH, SHOWN_CAUSES
from services.intake.rules.promise import LOCAL
from services.intake.rules.reports import Decile
from services.intake.use_cases import POLICY
from shared import calendar, clock, periods, small_cells, units
from shared.periods import Period

UNIT = units.TABLE.c.unit_code
# How many periods the course shows.
COURSE = {periods.WEEK: 6, periods.MONTH: 4, periods.QUARTER: 4, periods.OWN: 2}


def between(moment: Any, first: date, last: date) -> ColumnElement[bool]:
    """A moment on one of these Danish days, both included."""
    return and_(moment >= calendar.danish_time(first, 0), moment < calendar.danish_time(last + timedelta(days=1), 0))


def _piece(day: Any) -> Any:
    """As `periods.piece_of`."""
    return cast(func.greatest(func.date_trunc("week", day), func.date_trunc("month", day)), Date)


def judged(first: date, last: date) -> Subquery:
    """Each first contact of these days, and what is true of it."""
    today = clock.today()
    own, cause, talks = aliased(Visitation), aliased(BreachCause), _talks(first, last)
    due, limit = FirstContact.local_goal_due, FirstContact.statutory_due
    late, unlawful = (
        is_broken(day, _true(talks.c[in_time]), _true(talks.c.to_come), today)
        for day, in_time in ((due, "by_goal"), (limit, "by_limit"))
    )
    wanted_later = or_(
        cause.cause == OWN_WISH,
        and_(danish_day(own.first_starts_at) <= due, or_(own.moved_by == "citizen", own.cancelled_by == "citizen")),
    )
    ended_on = danish_day(DoorOutcome.noted_at)
    rows = select(
        danish_day(FirstContact.at).label("day"), UNIT.label("unit"), DoorOutcome.outcome_code.label("end"),
        cause.cause, Referral.id.is_not(None).label("offered"),
        (danish_day(Referral.starts_at) - danish_day(FirstContact.at)).label("days"),
        late.label("late"), unlawful.label("unlawful"), _true(wanted_later).label("own_wish"),
        _true(ended_on <= due).label("ended"), _true(ended_on <= limit).label("ended_lawfully"),
        _true(talks.c.held_by_goal).label("talked"), _true(talks.c.held_by_limit).label("talked_lawfully"),
    )  # fmt: skip
    rows = rows.outerjoin(units.TABLE, units.TABLE.c.citizen_id == FirstContact.citizen_id)
    rows = rows.outerjoin(own, own.contact_id == FirstContact.id).outerjoin(Referral, Referral.visitation_id == own.id)
    rows = rows.outerjoin(DoorOutcome, DoorOutcome.contact_id == FirstContact.id)
    rows = rows.outerjoin(cause, and_(cause.contact_id == FirstContact.id, cause.promise == LOCAL))
    rows = rows.outerjoin(talks, talks.c.id == FirstContact.id)
    return rows.where(between(FirstContact.at, first, last)).subquery("judged")


def _talks(first: date, last: date) -> Subquery:
    """What talks the person of each contact has had or will have: all of them read at once, not contact by contact."""
    to_come, held = is_to_come(clock.now()), Visitation.state == "held"
    day = danish_day(Visitation.starts_at)
    asked = {
        "to_come": to_come,
        "by_goal": and_(or_(held, to_come), day <= FirstContact.local_goal_due),
        "by_limit": and_(or_(held, to_come), day <= FirstContact.statutory_due),
        "held_by_goal": and_(held, day <= FirstContact.local_goal_due),
        "held_by_limit": and_(held, day <= FirstContact.statutory_due),
    }
    rows = select(FirstContact.id, *(func.bool_or(said).label(name) for name, said in asked.items()))
    rows = rows.join(Visitation, of_theirs()).where(between(FirstContact.at, first, last))
    return rows.group_by(FirstContact.id).subquery("talks")


def _true(said: Any) -> Any:
    """Unknown is no."""
    return func.coalesce(said, False)


def _kinds(one: Any) -> dict[str, Any]:
    """Who is counted under each name."""
    goal_broken = and_(one.late, ~one.own_wish, ~one.ended)
    law_broken = and_(one.unlawful, ~one.ended_lawfully)
    return {
        "contacts": literal_column("true"),
        "goal_kept": one.talked,
        "goal_broken": goal_broken,
        "goal_decided": or_(one.talked, goal_broken),
        **{f"cause_{cause}": and_(goal_broken, one.cause == cause) for cause in SHOWN_CAUSES},
        "law_broken": law_broken,
        "law_decided": or_(one.talked_lawfully, law_broken),
        **{f"end_{end}": one.end == end for end in ENDS},
        "offers": one.offered,
    }


def contact_counts(first: date, last: date) -> Select[Any]:
    """Rows of piece, unit and a count by name, in order of time."""
    one = judged(first, last).c
    counts = [func.count().filter(said).label(name) for name, said in _kinds(one).items()]
    piece = _piece(one.day).label("piece")
    return select(piece, one.unit, *counts).group_by(piece, one.unit).order_by(piece)


def talk_counts(first: date, last: date) -> Select[Any]:
    """As `contact_counts`, of talks by the day they were set to."""
    piece = _piece(danish_day(Visitation.starts_at)).label("piece")
    held = func.count().filter(Visitation.state == "held").label("talks_held")
    rows = select(piece, UNIT.label("unit"), held)
    rows = rows.outerjoin(units.TABLE, units.TABLE.c.citizen_id == Visitation.citizen_id)
    return rows.where(between(Visitation.starts_at, first, last)).group_by(piece, UNIT).order_by(piece)


def arrival_counts(first: date, last: date) -> Select[Any]:
    """As `contact_counts`, of those who did not come, and of those who came and were called, by hour."""
    hour = danish_hour(Arrival.arrived_at)
    asked = {"missed": Arrival.state == waiting.NO_SHOW, "waits": _was_called()}
    asked |= {f"hour_{one}": and_(_was_called(), hour == one) for one in indicators.HOURS}
    piece = _piece(Arrival.on_day).label("piece")
    rows = select(piece, UNIT.label("unit"), *(func.count().filter(said).label(name) for name, said in asked.items()))
    rows = rows.outerjoin(units.TABLE, units.TABLE.c.citizen_id == Arrival.citizen_id)
    return rows.where(Arrival.on_day.between(first, last)).group_by(piece, UNIT).order_by(piece)


def _was_called() -> ColumnElement[bool]:
    return and_(Arrival.called_at.is_not(None), Arrival.arrived_at.is_not(None))


def danish_hour(moment: Any) -> Any:
    """The hour of the Danish clock."""
    return func.extract("hour", func.timezone(calendar.DENMARK.key, moment))


def counts(rows: Sequence[Row[Any]], first: date, last: date) -> small_cells.Counts:
    """Everybody's and each unit's counts of whole quarters, out of rows of both kinds."""
    starts = list(periods.pieces(first, last))
    place = {day: at for at, day in enumerate(starts)}
    series: dict[str | None, dict[str, list[int]]] = {small_cells.EVERYBODY: {}}
    for row in rows:
        for name, number in list(row._asdict().items())[2:]:
            for unit in (small_cells.EVERYBODY, row.unit or small_cells.NO_UNIT):
                named = series.setdefault(unit, {})
                named.setdefault(name, [0] * len(starts))[place[row.piece]] += number
    for named in series.values():
        none = [0] * len(starts)
        both = zip(named.get("talks_held", none), named.get("missed", none), strict=True)
        named["talks_over"] = [held + missed for held, missed in both]
    least = POLICY.row("counts.hidden_below", clock.today()).value
    return small_cells.Counts(starts, series, indicators.WHOLES, least)


def counted(session: Session, first: date, last: date) -> small_cells.Counts:
    """The counts of the quarters that these days lie in."""
    whole = periods.whole_quarters(first, last)
    asked = (contact_counts(*whole), talk_counts(*whole), arrival_counts(*whole))
    return counts([row for one in asked for row in session.execute(one)], *whole)


def _deciles(of: Any) -> Any:
    """Median and ninth decile."""
    return type_coerce(func.percentile_cont([0.5, 0.9]).within_group(of), ARRAY(Float)).label("deciles")


def days_to_offer(session: Session, *spans: Period) -> dict[tuple[Period, str | None], Decile]:
    """Median and ninth decile of the calendar days to the first offer, of everybody (None) and each unit, for periods
    of which none overlaps another.
    """
    one = judged(min(span.first for span in spans), max(span.last for span in spans)).c
    span = case(*((one.day.between(each.first, each.last), at) for at, each in enumerate(spans))).label("span")
    deciles = _deciles(one.days)
    rows: Any = select(span, one.unit, func.grouping(one.unit).label("over_units"), deciles)
    rows = rows.where(one.offered, span.is_not(None)).group_by(func.grouping_sets(tuple_(span, one.unit), tuple_(span)))
    found = {}
    for row in session.execute(rows):
        unit = small_cells.EVERYBODY if row.over_units else row.unit or small_cells.NO_UNIT
        found[spans[row.span], unit] = tuple(row.deciles)
    return found


def minutes_waited(session: Session, *spans: Period) -> dict[tuple[Period, str | None, int | None], Decile]:
    """As `days_to_offer`, minutes from arrival to call, also for each hour of arrival (None: all of them)."""
    hour = danish_hour(Arrival.arrived_at).label("hour")
    each = ((Arrival.on_day.between(one.first, one.last), at) for at, one in enumerate(spans))
    minutes = func.extract("epoch", Arrival.called_at - Arrival.arrived_at) / 60
    rows: Any = select(
        case(*each).label("span"), UNIT.label("unit"), hour, minutes.label("minutes")
    ).outerjoin(units.TABLE, units.TABLE.c.citizen_id == Arrival.citizen_id).where(
        _was_called(), or_(*(Arrival.on_day.between(one.first, one.last) for one in spans))
    )  # fmt: skip
    one = rows.subquery("one").c
    sets = [tuple_(*kept) for kept in ((one.span,), (one.span, one.unit), (one.span, one.hour), tuple(one)[:3])]
    over = func.grouping(one.unit, one.hour).label("over")
    deciles = _deciles(one.minutes)
    found = {}
    for row in session.execute(select(one.span, one.unit, one.hour, over, deciles).group_by(func.grouping_sets(*sets))):
        unit = small_cells.EVERYBODY if row.over & 2 else row.unit or small_cells.NO_UNIT
        at = None if row.over & 1 else int(row.hour)
        found[spans[row.span], unit, at] = (row.deciles[0], row.deciles[1])
    return found


@dataclass(frozen=True)
class Report:
    """The leader's numbers for a period, the one before it, and the run of periods up to it."""

    period: Period
    before: Period
    unit: str | None
    least: int
    lines: list[reports.Line]
    causes: list[tuple[str, reports.Cell]]
    hours: list[reports.Hour]
    course: list[tuple[Period, reports.Told, reports.Told]]


def report(session: Session, period: Period, unit: str | None) -> Report:
    """For a unit or everybody; five statements."""
    before = period.before()
    run = period.back(COURSE[period.kind])
    counts = counted(session, run[0].first, period.last)
    days, minutes = days_to_offer(session, period, before), minutes_waited(session, period, before)
    waited = {
        "days_to_offer": [days.get((one, unit)) for one in (period, before)],
        "waiting": [minutes.get((one, unit, None)) for one in (period, before)],
    }
    hours = [
        reports.Hour(hour, minutes[period, unit, hour] if counts.shown(unit, f"hour_{hour}", period) else None)
        for hour in indicators.HOURS
        if (period, unit, hour) in minutes
    ]
    came, kept = indicators.BY_CODE["contacts"], indicators.BY_CODE["goal_kept"]
    return Report(
        period, before, unit, counts.least, reports.lines(counts, unit, period, before, waited),
        reports.causes(counts, unit, period), hours,
        [(one, reports.told(came, counts, unit, one), reports.told(kept, counts, unit, one)) for one in run],
    )  # fmt: skip
