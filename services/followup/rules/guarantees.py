"""A job guarantee's first and last day to conclude, its months, and what a conclusion needs (Ikast-Brande, C4, A21)."""

import calendar as months
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from services.followup.rules.hours import Step
from shared.errors import Refused
from shared.policy import Policy

CRITERIA = ("stability", "efficiency", "quality")
FULFILLED, NOT_FULFILLED = GUARANTEE_OUTCOMES = ("fulfilled", "not_fulfilled")


@dataclass(frozen=True)
class Bounds:
    """From when and by when to conclude, and the rows that say so."""

    earliest: date
    latest: date
    policies: tuple[str, ...]


def bounds(starts_on: date, policy: Policy) -> Bounds:
    """So many whole months after the first day; the last day is the one before the month is full (A21)."""
    least, most = policy.row("guarantee.months_least", starts_on), policy.row("guarantee.months_most", starts_on)
    latest = after_months(starts_on, most.value) - timedelta(days=1)
    return Bounds(after_months(starts_on, least.value), latest, (least.name, most.name))


def after_months(day: date, number: int) -> date:
    """The same day of a later month, or its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def by_month(steps: Sequence[Step], first: date, last: date) -> list[tuple[date, float, float]]:
    """Each month since the first day with the placement and paid hours that it ended with."""
    found, month = [], first.replace(day=1)
    while month <= last:
        following = after_months(month, 1)
        begun = [step for step in steps if step.since < following and step.since <= last]
        found.append((month, begun[-1].placement, begun[-1].paid) if begun else (month, 0.0, 0.0))
        month = following
    return found


def check_guarantee(outcome: str, reason: str | None, today: date, earliest: date) -> None:
    """Not before its time, and never without a ground where it was not kept; raises Refused."""
    if today < earliest:
        raise Refused(
            "too_early",
            f"Garantien kan tidligst afsluttes {earliest:%d.%m.%Y}.",
            f"The guarantee can be concluded on {earliest.isoformat()} at the earliest.",
        )
    if outcome == NOT_FULFILLED and reason is None:
        raise Refused(
            "reason_missing",
            "Skriv, hvorfor garantien ikke blev opfyldt.", "Say why the guarantee was not kept.",
            fields={"reason_code": "Vælg en grund. / Choose a ground."},
        )  # fmt: skip


def check_kept(met: Mapping[str, bool], paid: float, target: float) -> None:
    """All three demands are met, and so many hours are paid; raises Refused."""
    if not all(met.get(criterion) for criterion in CRITERIA):
        raise Refused(
            "criteria_not_met",
            "Stabilitet, effektivitet og kvalitet skal alle være vurderet som opfyldt.",
            "Stability, efficiency and quality all have to be assessed as met.",
        )
    if paid < target:
        raise Refused(
            "hours_missing",
            "De lønnede timer er færre end lovet. Aftal timerne først.",
            "There are fewer paid hours than promised. Agree on the hours first.",
        )
