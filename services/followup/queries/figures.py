"""The numbers about placements, quarter by quarter, as far as small counts allow; the rules say what they mean."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ARRAY, Date, and_, cast, func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from services.followup.models import (
    AreaResident,
    Company,
    Conclusion,
    Contact,
    CourseChange,
    HourAgreement,
    LongCourse,
    Placement,
)
from services.followup.rules import indicators
from services.followup.rules.course import SHORTENED
from services.followup.use_cases import POLICY
from shared import calendar, clock, periods, small_counts, units
from shared.periods import QUARTER, Period

COURSE = 6
NO_UNIT, NO_ROLE, NO_AREA, TOGETHER = "none", "none", "none", ""
"""The groups too small to stand for themselves, as one."""


@dataclass(frozen=True)
class Told:
    """A count with what it is a part of, and the share; None for what is hidden, `of` also where there is none."""

    count: int | None
    of: int | None
    percent: float | None


@dataclass(frozen=True)
class Group:
    """One of the groups that placements are parted in; `key` is a code or an id, `name` a company's or a mentor's."""

    key: str
    name: str | None
    ended: int
    hired: int | None
    early: int | None


@dataclass(frozen=True)
class Report:
    """The numbers of a quarter."""

    period: Period
    least: int
    numbers: Mapping[str, Told]
    causes: Sequence[tuple[str, int | None]]
    clarified: Sequence[tuple[str, int | None]]
    groups: Mapping[str, Sequence[Group]]


@dataclass(frozen=True)
class Ended:
    """A placement that has ended, in what is counted of it."""

    on: date
    form: str
    company: str
    company_name: str | None
    mentor: str
    mentor_name: str | None
    unit: str
    weeks: float
    outcome: str
    early: bool
    cause: str
    role: str
    clarified: str
    area: str


def asked(since: date | None) -> Period:
    """The quarter of a day, today's where none is given; quarters do not overlap, so no difference tells anything."""
    return periods.containing(since or clock.today(), QUARTER)


def _danish_day(moment: Any) -> Any:
    return cast(func.timezone(calendar.DENMARK.key, moment), Date)


def _ended(session: Session, first: date, last: date) -> list[Ended]:
    shorter = select(CourseChange.placement_id, CourseChange.asked_by).ext(distinct_on(CourseChange.placement_id))
    shorter = shorter.where(CourseChange.kind == SHORTENED, CourseChange.taken_back_at.is_(None))
    newest = shorter.order_by(CourseChange.placement_id, CourseChange.made_at.desc()).subquery("newest")
    rows: Any = select(
        Placement.offer_type, Placement.company_id, Company.name, Placement.mentor_id, Placement.mentor_name,
        units.TABLE.c.unit_code, Placement.starts_on, Placement.ends_on, Placement.agreed_ends_on,
        Conclusion.outcome_code, newest.c.asked_by, LongCourse.role, LongCourse.outcome_code.label("clarified"),
        AreaResident.area_code,
    )  # fmt: skip
    rows = rows.select_from(Placement).outerjoin(Company, Company.id == Placement.company_id)
    rows = rows.outerjoin(units.TABLE, units.TABLE.c.citizen_id == Placement.citizen_id)
    stands = and_(Conclusion.placement_id == Placement.id, Conclusion.taken_back_at.is_(None))
    rows = rows.outerjoin(Conclusion, stands).outerjoin(newest, newest.c.placement_id == Placement.id)
    lives = and_(AreaResident.citizen_id == Placement.citizen_id, AreaResident.left_at.is_(None))
    rows = rows.outerjoin(AreaResident, lives)
    rows = rows.outerjoin(LongCourse, LongCourse.placement_id == Placement.id)
    rows = rows.where(Placement.ends_on.between(first, last), Placement.ends_on < clock.today())
    return [_of(row) for row in session.execute(rows)]


def _of(row: Any) -> Ended:
    outcome = indicators.OUTCOME_OF.get(row.outcome_code, indicators.OPEN)
    early = row.ends_on < row.agreed_ends_on
    cause = indicators.TO_A_JOB if outcome == indicators.HIRED else row.asked_by
    return Ended(
        row.ends_on, row.offer_type, str(row.company_id), row.name, str(row.mentor_id), row.mentor_name,
        row.unit_code or NO_UNIT,
        ((row.ends_on - row.starts_on).days + 1) / 7, outcome, early,
        cause if cause in indicators.CAUSES else indicators.UNKNOWN, row.role or NO_ROLE,
        row.clarified or indicators.NOT_NOTED, row.area_code or NO_AREA,
    )  # fmt: skip


def _contacts(session: Session, first: date, last: date) -> dict[date, tuple[int, int]]:
    """By the first day of a quarter: how many were set to a day that has passed, and how many were held by then."""
    day = _danish_day(Contact.planned_at)
    quarter = cast(func.date_trunc("quarter", day), Date).label("quarter")
    rows: Any = select(quarter, func.count(), func.count().filter(_danish_day(Contact.held_at) <= day))
    until = calendar.danish_time(min(last + timedelta(days=1), clock.today()), 0)
    rows = rows.where(
        Contact.withdrawn_at.is_(None), Contact.planned_at >= calendar.danish_time(first, 0),
        Contact.planned_at < until,
    )  # fmt: skip
    return {row[0]: (row[1], row[2]) for row in session.execute(rows.group_by(quarter))}


def _paid(session: Session, days: Sequence[date]) -> dict[date, tuple[int, float]]:
    """By day: placements under way with agreed hours, and the percentage of those that is paid."""
    each = func.unnest(cast(list(days), ARRAY(Date))).table_valued("day").render_derived("each")
    day: Any = each.c.day
    last: Any = select(day.label("day"), HourAgreement.placement_hours, HourAgreement.paid_hours)
    last = last.ext(distinct_on(day, HourAgreement.placement_id)).select_from(each)
    last = last.join(Placement.__table__, and_(Placement.starts_on <= day, Placement.ends_on >= day))
    of_it = and_(HourAgreement.placement_id == Placement.id, HourAgreement.starts_on <= day)
    last = last.join(HourAgreement.__table__, of_it)
    last = last.where(HourAgreement.taken_back_at.is_(None))
    one = last.order_by(day, HourAgreement.placement_id, HourAgreement.starts_on.desc()).subquery().c
    both = one.paid_hours + one.placement_hours
    counted: Any = select(one.day, func.count(), 100 * func.sum(one.paid_hours) / func.sum(both))
    return {row[0]: (row[1], row[2]) for row in session.execute(counted.where(both > 0).group_by(one.day))}


def reports(session: Session, run: Sequence[Period]) -> list[Report]:
    """Quarters that follow each other; three statements."""
    first, last, today = run[0].first, run[-1].last, clock.today()
    days = {one: min(one.last, today) for one in run}
    ended, contacts = _ended(session, first, last), _contacts(session, first, last)
    paid = _paid(session, sorted(set(days.values())))
    return [
        _report(
            one, [each for each in ended if one.first <= each.on <= one.last], contacts.get(one.first, (0, 0)),
            paid.get(days[one], (0, 0.0)),
        )
        for one in run
    ]  # fmt: skip


def _report(period: Period, ended: list[Ended], contacts: tuple[int, int], paid: tuple[int, float]) -> Report:
    least = POLICY.row("counts.hidden_below", clock.today()).value
    numbers, causes = _numbers(ended, least)
    numbers["contacts_in_time"] = _told(contacts[1], contacts[0], least)
    (with_hours,) = small_counts.shown([paid[0]], least)
    numbers["paid_share"] = Told(with_hours, None, paid[1] if with_hours else None)
    shown = numbers["ended"].count is not None
    groups = {name: _grouped(ended, name, least) if shown else [] for name in indicators.GROUPINGS}
    clarified = _clarified(ended, least, shown=numbers["long"].count is not None)
    return Report(period, least, numbers, causes, clarified, groups)


def course(session: Session, period: Period) -> list[Report]:
    """The quarters up to this one, the oldest first."""
    return reports(session, period.back(COURSE))


def _told(part: int, whole: int, least: int) -> Told:
    of, count = small_counts.shown([whole, part], least)
    return Told(count, of, 100 * count / of if of and count is not None else None)


def _numbers(ended: Sequence[Ended], least: int) -> tuple[dict[str, Told], list[tuple[str, int | None]]]:
    whole, outcomes = len(ended), Counter(one.outcome for one in ended)
    (shown_whole,) = small_counts.shown([whole], least)
    hired = _told(outcomes[indicators.HIRED], whole, least)
    rest = indicators.OUTCOMES[1:]
    told: list[int | None] = [None] * len(rest)
    if hired.count is not None:
        told = small_counts.parted([outcomes[one] for one in rest], least)
    early = _told(sum(one.early for one in ended), whole, least)
    found = {"ended": Told(shown_whole, None, None), indicators.HIRED: hired, "early": early}
    found["long"] = _told(sum(one.role != NO_ROLE for one in ended), whole, least)
    for name, count in zip(rest, told, strict=True):
        found[name] = Told(count, hired.of, 100 * count / hired.of if hired.of and count is not None else None)
    why = Counter(one.cause for one in ended if one.early)
    causes: list[int | None] = [None] * len(indicators.CAUSES)
    if early.count is not None:
        causes = small_counts.parted([why[one] for one in indicators.CAUSES], least)
    return found, list(zip(indicators.CAUSES, causes, strict=True))


def _clarified(ended: Sequence[Ended], least: int, *, shown: bool) -> list[tuple[str, int | None]]:
    """What longer courses made clear; told only where their number is."""
    found = Counter(one.clarified for one in ended if one.role != NO_ROLE)
    counts = [found[code] for code in indicators.CLARIFIED]
    told = small_counts.parted(counts, least) if shown else [None] * len(counts)
    return list(zip(indicators.CLARIFIED, told, strict=True))


def _grouped(ended: Sequence[Ended], grouping: str, least: int) -> list[Group]:
    keyed = _KEYS[grouping]
    limits = POLICY.row("numbers.duration_weeks", clock.today()).value
    members: dict[str, list[Ended]] = {}
    for one in ended:
        members.setdefault(keyed(one, limits), []).append(one)
    alone, together = small_counts.joined(((key, len(group)) for key, group in members.items()), least)
    parted = [(key, members[key]) for key in alone]
    if together:
        parted.append((TOGETHER, [one for key in together for one in members[key]]))
    hired, early = (
        small_counts.beside([(len(group), sum(map(asked, group))) for _key, group in parted], least)
        for asked in (_hired, _early)
    )
    return [
        Group(key, _name(grouping, group[0]) if key else None, len(group), job, soon)
        for (key, group), job, soon in zip(parted, hired, early, strict=True)
    ]


def _hired(one: Ended) -> bool:
    return one.outcome == indicators.HIRED


def _early(one: Ended) -> bool:
    return one.early


def _name(grouping: str, one: Ended) -> str | None:
    return {indicators.COMPANY: one.company_name, indicators.MENTOR: one.mentor_name}.get(grouping)


def _band(one: Ended, limits: Sequence[int]) -> str:
    """From so many weeks."""
    return str(max((limit for limit in limits if one.weeks >= limit), default=0))


_KEYS: dict[str, Callable[[Ended, Sequence[int]], str]] = {
    indicators.FORM: lambda one, _limits: one.form,
    indicators.COMPANY: lambda one, _limits: one.company,
    indicators.MENTOR: lambda one, _limits: one.mentor,
    indicators.UNIT: lambda one, _limits: one.unit,
    indicators.DURATION: _band,
    indicators.AREA: lambda one, _limits: one.area,
    indicators.ROLE: lambda one, _limits: one.role,
}


def since_the_first(session: Session) -> Iterator[Report]:
    """Every quarter since the first placement ended, one in memory at a time."""
    first = session.scalar(select(func.min(Placement.ends_on)))
    today = clock.today()
    quarter = periods.containing(first, QUARTER) if first is not None and first < today else None
    while quarter is not None and quarter.first <= today:
        yield from reports(session, [quarter])
        quarter = quarter.after()
