"""Weekly hours: agreed beside worked, when the brake is pulled, and when nothing has moved for too long."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from shared.errors import Invalid, Refused

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Step:
    """Weekly hours from a day on."""

    since: date
    placement: float
    paid: float

    @property
    def total(self) -> float:
        """Both together."""
        return self.placement + self.paid


@dataclass(frozen=True)
class Week:
    """One week: what was agreed, and what was worked, None where nobody has told."""

    monday: date
    agreed: float
    worked: float | None

    @property
    def missed(self) -> float | None:
        """Agreed hours that were not worked."""
        return None if self.worked is None else max(self.agreed - self.worked, 0.0)

    @property
    def above(self) -> bool:
        """True where more was worked than agreed (A23)."""
        return self.worked is not None and self.worked > self.agreed


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def agreed_in(steps: Sequence[Step], monday: date) -> float:
    """The most that is agreed for a week, so that a step in its middle is not held against anybody."""
    begun = [step for step in steps if step.since <= monday]
    within = [step.total for step in steps if monday < step.since < monday + WEEK]
    return max([begun[-1].total if begun else 0.0, *within])


def weeks(steps: Sequence[Step], worked: Mapping[date, float], last: date) -> list[Week]:
    """Every week from the first step's to that of `last`."""
    if not steps:
        return []
    first, length = monday_of(steps[0].since), (monday_of(last) - monday_of(steps[0].since)).days // 7
    mondays = [first + WEEK * number for number in range(length + 1)]
    return [Week(monday, agreed_in(steps, monday), worked.get(monday)) for monday in mondays]


def unmoved_for(steps: Sequence[Step], today: date) -> int:
    """Whole weeks since the hours changed last, or began."""
    begun = [step for step in steps if step.since <= today]
    moved = [
        now for before, now in zip([None, *begun], begun, strict=False) if before is None or now.total != before.total
    ]
    return (today - moved[-1].since).days // 7 if moved else 0


def check_week(monday: date, first: date, today: date) -> None:
    """Hours are told of a week that has begun, while the placement lasts or after; raises Invalid."""
    if monday > today or monday + WEEK <= first:
        raise Invalid(
            {"monday": "Vælg en uge i forløbet, der er begyndt. / Choose a week of the course that has begun."}
        )


def check_gate(open_gates: Sequence[str]) -> None:
    """Nothing is agreed before what has to be on file is there; raises Refused (A22)."""
    if open_gates:
        raise Refused(
            "document_missing",
            "Der mangler et dokument. Notér først, hvor det ligger.",
            "A document is missing. Record where it lies first.",
        )


def after_mastering(now: Step, hours: float) -> tuple[float, float]:
    """Placement and paid hours when a task's hours become paid; raises Refused where fewer are left (C4)."""
    if hours > now.placement:
        raise Refused(
            "too_few_hours",
            "Der er ikke så mange timer tilbage i forløbet. Ret opgavens timer.",
            "There are not that many placement hours left. Change the task's hours.",
        )
    return now.placement - hours, now.paid + hours
