"""How many places on supported terms a workplace has left, when the next comes free, and whether staff grew."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from services.matching.rules.agreements import months_later
from services.matching.rules.ratio import (
    Staff,
    Supported,
    busiest,
    exact,
    full_time_share,
    ordinary_mean,
    ratio_limit,
)
from services.matching.rules.words import said_months
from shared.errors import Refused
from shared.policy import Policy


@dataclass(frozen=True, slots=True)
class Step:
    """Weekly hours from a day on, hours of placement and paid hours apart (A20)."""

    since: date
    placement_hours: float
    paid_hours: float


def by_hours(one: Supported, steps: Iterable[Step]) -> list[Supported]:
    """A stay cut where its hours change. Only the hours of placement are on supported terms; nought are nobody."""
    known = sorted((step for step in steps if step.since <= one.ends_on), key=lambda step: step.since)
    starts = [one.starts_on, *(max(step.since, one.starts_on) for step in known)]
    hours = [one.weekly_hours, *(step.placement_hours for step in known)]
    parts = []
    for number, (begins, weekly) in enumerate(zip(starts, hours, strict=True)):
        ends = starts[number + 1] - timedelta(days=1) if number + 1 < len(starts) else one.ends_on
        if begins <= ends and weekly > 0:
            parts.append(replace(one, starts_on=begins, ends_on=ends, weekly_hours=weekly))
    return parts


@dataclass(frozen=True, slots=True)
class Outlook:
    """The sum for a stay: `left` more such stays have room, else the first has on `next_on` (None: on no known day).

    `policies` are the rows used; `pending_fte` of `taken_fte` wait for approvals.
    """

    months: tuple[str, ...]
    ordinary_fte: Fraction
    limit: int
    taken_fte: Fraction
    pending_fte: Fraction
    share: Fraction
    left: int
    next_on: date | None
    policies: tuple[str, ...]


def outlook(
    new: Supported,
    staff: Mapping[date, Staff],
    others: Collection[Supported],
    *,
    elsewhere_fte: float,
    policy: Policy,
) -> Outlook:
    """Places left for stays like `new` (BEK 2636/2021 § 65); raises Refused naming months that nobody has told."""
    on = new.starts_on
    mean, months = ordinary_mean(staff, on, policy)
    limit, row = ratio_limit(mean, on, policy)
    share = full_time_share(new.weekly_hours, on, policy)
    taken = _taken(new, others, elsewhere_fte, policy)
    pending = busiest([one for one in others if one.pending], on, new.ends_on, policy)
    left = max(0, int((limit - taken) / share))
    used = ("ratio.window", "ratio.full_time", "ratio.counted_offers")
    return Outlook(
        months, mean, limit, taken, pending, share, left,
        on if left else _next_on(new, others, elsewhere_fte, limit - share, policy),
        (row.name, *(policy.row(key, on).name for key in used)),
    )  # fmt: skip


def _taken(stay: Supported, others: Iterable[Supported], elsewhere_fte: float, policy: Policy) -> Fraction:
    return busiest(others, stay.starts_on, stay.ends_on, policy) + exact(elsewhere_fte)


def _next_on(
    new: Supported, others: Collection[Supported], elsewhere_fte: float, most: Fraction, policy: Policy
) -> date | None:
    """The first day after one leaves from which a stay as long has room, by the same limit."""
    length = new.ends_on - new.starts_on
    for day in sorted({one.ends_on + timedelta(days=1) for one in others if one.ends_on >= new.starts_on}):
        stay = replace(new, starts_on=day, ends_on=day + length)
        if _taken(stay, others, elsewhere_fte, policy) <= most:
            return day
    return None


@dataclass(frozen=True, slots=True)
class NetExtra:
    """Whether hiring is on top of the staff there was: the latest month against the mean, at the row's level."""

    level: str
    month: str
    latest_fte: Fraction
    mean_fte: Fraction
    holds: bool
    policies: tuple[str, ...]


def net_extra(
    staff: Mapping[str, Sequence[Mapping[date, Staff]]], starts_on: date, *, public: bool, policy: Policy
) -> NetExtra:
    """Net additional employment for a wage subsidy (virk.dk): latest month >= mean of so many months.

    `staff` holds the workplaces' months by level, "cvr" and "p_number"; raises NotConfigured where the level is not
    known (public employers), Refused naming the months that are missing.
    """
    level = policy.row("subsidy.net_extra_level", starts_on, "public" if public else "private")
    window = policy.row("subsidy.net_extra_months", starts_on)
    back = policy.row("ratio.months_back", starts_on)
    first = starts_on.replace(day=1)
    places = staff[level.value]
    spans = [
        [months_later(first, -number) for number in range(last + window.value - 1, last - 1, -1)]
        for last in range(1, back.value + 1)
    ]
    months = next((span for span in spans if all(told.keys() >= set(span) for told in places)), None)
    if months is None:
        missing = said_months(month for month in spans[0] if any(month not in told for told in places))
        raise Refused(
            "staff_months_missing",
            f"Oplys bemandingen for {missing.danish}.",
            f"Tell the staff of {missing.english}.",
            policy=window.name,
        )
    totals = [sum((_ordinary(told[month]) for told in places), Fraction()) for month in months]
    mean = sum(totals, Fraction()) / len(totals)
    names = (window.name, level.name)
    return NetExtra(level.value, f"{months[-1]:%Y-%m}", totals[-1], mean, totals[-1] >= mean, names)


def _ordinary(told: Staff) -> Fraction:
    return max(Fraction(), exact(told.fte) - exact(told.subsidised_fte))


def hours_on(day: date, agreed: float, steps: Iterable[Step]) -> tuple[float, float]:
    """Hours of placement and paid hours that hold on a day, side by side (A20)."""
    known = sorted(steps, key=lambda step: step.since)
    number = bisect_right([step.since for step in known], day)
    return (known[number - 1].placement_hours, known[number - 1].paid_hours) if number else (agreed, 0.0)
