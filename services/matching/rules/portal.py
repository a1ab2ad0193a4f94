"""What a company's front page says of its own things: what waits for it, what comes, what to have at hand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

# What a company may be told of why somebody fits: nothing that says where they live, whence they come or who they are.
TELLABLE = ("occupation", "skills", "hours", "growth", "season")
READY = ("workplace", "staff", "contact", "mentor", "adjustments")


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for the company; `due` is its last day, where there is one."""

    kind: str
    id: UUID
    title: str
    due: date | None


@dataclass(frozen=True, slots=True)
class Coming:
    """One day to come, with what happens on it."""

    on: date
    at: datetime | None
    kind: str
    id: UUID
    title: str


def fits(factors: Iterable[str], told_needs: Sequence[str], adjustments: Iterable[str]) -> list[str]:
    """Why a proposal fits, in codes that tell nothing of the person beyond what they have consented to."""
    found = [code for code in TELLABLE if code in set(factors)]
    met = ["adjustments"] if told_needs and set(told_needs) <= set(adjustments) else []
    return found + met


def ready(known: Mapping[str, bool]) -> list[tuple[str, bool]]:
    """What makes an agreement quick, each with whether the municipality knows it."""
    return [(code, known[code]) for code in READY]


def in_order(waiting: Iterable[Waiting]) -> list[Waiting]:
    """The earliest last day first, those without one last."""
    return sorted(waiting, key=lambda one: (one.due is None, one.due or date.max, one.title))
