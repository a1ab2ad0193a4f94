"""Rules of the talk: CV deadlines by group, hours that count, and pay beside benefit. Nothing here decides."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from shared.policy import Policy, Row

ASSISTED_ITEMS = ("cv", "email", "jobnet", "print", "application")
OUTCOMES = ("withdrawn", "job", "education", "self_supporting", "referred_on")
WORK_KINDS = (
    "paid_hours", "placement", "nytteindsats", "danish_classes", "preparation", "job_search", "interviews",
    "treatment", "transport",
)  # fmt: skip
WORK_SOURCES = ("citizen", "employer", "municipality", "school")
FOUND_KINDS = ("job", "education")
KNOWLEDGE = ("tasks", "hours", "times_of_day", "transport", "licences", "languages", "adjustments")


def cv_group(applied_for: str, category: str | None) -> str | None:
    """The group whose CV deadline it is (LAB § 23(1)); None where no group has one."""
    if applied_for in ("dagpenge", "ledighedsydelse"):
        return applied_for
    if category == "aabenlyst_uddannelsesparat":
        return category
    return "kontanthjaelp_jobparat" if applied_for == "kontanthjaelp" and category == "jobparat" else None


def cv_due(registered_on: date, group: str, policy: Policy) -> tuple[date, Row] | None:
    """The last day by the row of that day; None where it is not configured (LAB § 23; A07)."""
    row = policy.find("cv.deadline", registered_on, group)
    return (registered_on + timedelta(days=row.value), row) if row else None


@dataclass(frozen=True)
class Week:
    """A week's account: hours by kind, what counts of them, what is asked for, and what is missing of it."""

    monday: date
    kinds: tuple[tuple[str, float, bool], ...]
    counted: float
    required: float | None
    missing: float | None
    policies: tuple[str, ...]


def week_account(
    monday: date, entries: Iterable[tuple[str, float]], required: float | None, policy: Policy
) -> Week | None:
    """None where no row says what counts in that week. `required` is the adviser's word, None where there is none."""
    counts, most = policy.find("work_duty.counts", monday), policy.find("work_duty.hours", monday)
    if counts is None or most is None:
        return None
    sums: dict[str, float] = {}
    for kind, hours in entries:
        sums[kind] = sums.get(kind, 0.0) + hours
    kinds = tuple((kind, sums[kind], kind in counts.value) for kind in WORK_KINDS if kind in sums)
    counted = sum(hours for _kind, hours, counted in kinds if counted)
    missing = None if required is None else max(0.0, required - counted)
    return Week(monday, kinds, counted, required, missing, (counts.name, most.name))


@dataclass(frozen=True)
class Comparison:
    """Pay and benefit side by side, a month and an hour, before tax; benefit None where its rate is not configured."""

    pay_month: float
    pay_hour: float
    benefit_month: float | None
    benefit_hour: float | None
    difference: float | None
    policy: str | None


WEEKS_A_MONTH = 52 / 12


def compare(hourly_pay: float, weekly_hours: float, benefit: Row | None) -> Comparison:
    """The same hours at a job's pay and at the configured monthly benefit."""
    hours = weekly_hours * WEEKS_A_MONTH
    pay = round(hourly_pay * hours, 2)
    if benefit is None:
        return Comparison(pay, hourly_pay, None, None, None, None)
    month = float(benefit.value)
    return Comparison(pay, hourly_pay, month, round(month / hours, 2), round(pay - month, 2), benefit.name)


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def duty_on(duties: Sequence[tuple[date, float]], monday: date) -> float | None:
    """The weekly hours that were last decided from that week's Monday or before; None where nothing was."""
    return max((duty for duty in duties if duty[0] <= monday), default=(monday, None))[1]
