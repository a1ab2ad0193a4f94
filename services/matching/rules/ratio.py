"""Supported against ordinary staff at a workplace (BEK 2636/2021 § 65), counted in exact fractions of full time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from services.matching.rules.agreements import months_later
from services.matching.rules.words import said_months
from shared.errors import Refused
from shared.policy import Policy, Row

SUPPORTED_OFFERS = ("virksomhedspraktik", "loentilskud", "nytteindsats")


@dataclass(frozen=True, slots=True)
class Staff:
    """A month's staff in FTE: everybody, and those of them who are subsidised and do not count (§ 65(3))."""

    fte: float
    subsidised_fte: float


@dataclass(frozen=True, slots=True)
class Supported:
    """Somebody in a supported offer at the workplace, first and last day included; `pending` waits for approvals."""

    offer_type: str
    starts_on: date
    ends_on: date
    weekly_hours: float
    pending: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """`result` is allowed, refused, exempt or not_counted; the last two are not counted, so their figures are None.

    `months` are those the mean was taken of.
    """

    result: str
    policy: str
    adding_fte: Fraction
    months: tuple[str, ...] = ()
    ordinary_fte: Fraction | None = None
    supported_fte: Fraction | None = None
    limit: int | None = None


def exact(number: float) -> Fraction:
    """The decimal number that was written, not the nearest binary one."""
    return Fraction(str(number))


def ordinary_mean(staff: Mapping[date, Staff], starts_on: date, policy: Policy) -> tuple[Fraction, tuple[str, ...]]:
    """Mean ordinary FTE of consecutive months before the start (§ 65(3) and (4)), and which months they are.

    They end with the month before the start, or as far back as `ratio.months_back` lets them where that month is
    not told yet; raises Refused naming the months that are missing.
    """
    row, back = policy.row("ratio.window", starts_on), policy.row("ratio.months_back", starts_on)
    first = starts_on.replace(day=1)
    spans = [
        [months_later(first, -number) for number in range(last + row.value - 1, last - 1, -1)]
        for last in range(1, back.value + 1)
    ]
    months = next((span for span in spans if staff.keys() >= set(span)), None)
    if months is None:
        missing = said_months(month for month in spans[0] if month not in staff)
        raise Refused(
            "staff_months_missing",
            f"Oplys bemandingen for {missing.danish}.",
            f"Tell the staff of {missing.english}.",
            policy=row.name,
        )
    ordinary = [max(Fraction(), exact(staff[m].fte) - exact(staff[m].subsidised_fte)) for m in months]
    return sum(ordinary, Fraction()) / len(ordinary), tuple(f"{month:%Y-%m}" for month in months)


def ratio_limit(ordinary: Fraction, on: date, policy: Policy) -> tuple[int, Row]:
    """How many supported persons in FTE (§ 65(1)): one per 5 of the first 50, one per 10 above, always one."""
    small, large = policy.row("ratio.small_per", on), policy.row("ratio.large_per", on)
    up_to, minimum = policy.row("ratio.small_up_to", on), policy.row("ratio.minimum", on)
    rounding = policy.row("ratio.rounding", on)
    places = min(ordinary, Fraction(up_to.value)) / small.value + max(Fraction(), ordinary - up_to.value) / large.value
    whole = int(places) if rounding.value == "down" else int(places + Fraction(1, 2))
    if whole < minimum.value:
        return int(minimum.value), minimum
    return whole, large if ordinary > up_to.value else small


def full_time_share(weekly_hours: float, on: date, policy: Policy) -> Fraction:
    """FTE of one person, never more than one (§ 65(2))."""
    full_time: int = policy.row("ratio.full_time", on).value
    return min(Fraction(1), exact(weekly_hours) / full_time)


def busiest(others: Iterable[Supported], starts_on: date, ends_on: date, policy: Policy) -> Fraction:
    """The most supported FTE on any day of a period; the peak can only lie on its first day or where one begins."""
    counted = [
        one
        for one in others
        if one.starts_on <= ends_on
        and one.ends_on >= starts_on
        and one.offer_type in policy.row("ratio.counted_offers", one.starts_on).value
    ]
    days = {starts_on, *(one.starts_on for one in counted if one.starts_on > starts_on)}
    peak = Fraction()
    for day in days:
        there = (one for one in counted if one.starts_on <= day <= one.ends_on)
        peak = max(peak, sum((full_time_share(one.weekly_hours, day, policy) for one in there), Fraction()))
    return peak


def check(
    new: Supported,
    staff: Mapping[date, Staff],
    others: Iterable[Supported],
    *,
    elsewhere_fte: float,
    exemption: str | None,
    policy: Policy,
) -> Verdict:
    """May this one come too (A13 to A15)? Exempt at the own workplace in LAB § 6 groups 6 and 7 (§ 65(5), A22)."""
    on = new.starts_on
    adding = full_time_share(new.weekly_hours, on, policy)
    counted, exempt = policy.row("ratio.counted_offers", on), policy.row("ratio.exempt", on)
    if new.offer_type not in counted.value:
        return Verdict("not_counted", counted.name, adding)
    if exemption in exempt.value:
        return Verdict("exempt", exempt.name, adding)
    mean, months = ordinary_mean(staff, on, policy)
    limit, row = ratio_limit(mean, on, policy)
    taken = busiest(others, on, new.ends_on, policy) + exact(elsewhere_fte)
    result = "allowed" if taken + adding <= limit else "refused"
    return Verdict(result, row.name, adding, months, mean, taken, limit)


def require_allowed(verdict: Verdict) -> None:
    """Raises Refused, naming the row, where the workplace has no place left."""
    if verdict.result == "refused":
        raise Refused(
            "ratio_exceeded",
            f"Der er højst plads til {verdict.limit} på støttede vilkår på arbejdsstedet.",
            f"The workplace has room for {verdict.limit} in supported offers at most.",
            policy=verdict.policy,
        )
