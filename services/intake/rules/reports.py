"""What is told of each indicator for a period, as far as small counts allow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from services.intake.rules import indicators
from shared.indicators import Indicator
from shared.periods import Period
from shared.small_cells import Counts

Decile = tuple[float, float]
Bound = Literal["", "at_least", "at_most"]


@dataclass(frozen=True)
class Cell:
    """A count; `number` None where it is hidden, and `small` where that is because it is small itself."""

    number: int | None
    small: bool


@dataclass(frozen=True)
class Told:
    """An indicator in a period. `percent` is exact, or a bound (at_least, at_most) where a small count is hidden."""

    count: Cell
    of: Cell | None
    percent: float | None
    bound: Bound
    median: float | None
    ninth_decile: float | None


@dataclass(frozen=True)
class Hour:
    """Median and ninth decile of the minutes waited by those who came in an hour; None where they were few."""

    hour: int
    minutes: Decile | None


@dataclass(frozen=True)
class Line:
    """An indicator in the period and in the one before."""

    indicator: Indicator
    now: Told
    before: Told


def cell(counts: Counts, unit: str | None, name: str, period: Period) -> Cell:
    """One count of a unit (None: everybody)."""
    return Cell(counts.shown(unit, name, period), counts.is_small(unit, name, period))


def told(indicator: Indicator, counts: Counts, unit: str | None, period: Period, waited: Decile | None = None) -> Told:
    """The indicator's count, share or median; a median of few is hidden with their number."""
    count = cell(counts, unit, indicator.counted, period)
    of = cell(counts, unit, indicator.of, period) if indicator.of else None
    percent: float | None = None
    bound: Bound = ""
    if of is not None:
        rest = counts.number(unit, indicator.of, period) - counts.number(unit, indicator.counted, period)
        percent, bound = _percent(count, of, counts.least, rest_is_small=0 < rest < counts.least)
    median, ninth = waited if waited and count.number else (None, None)
    return Told(count, of, percent, bound, median, ninth)


def _percent(count: Cell, of: Cell, least: int, *, rest_is_small: bool) -> tuple[float | None, Bound]:
    if not of.number:
        return None, ""
    if count.number is not None:
        return 100 * count.number / of.number, ""
    if count.small:
        return 100 * (least - 1) / of.number, "at_most"
    return (100 * (of.number - least + 1) / of.number, "at_least") if rest_is_small else (None, "")


def lines(
    counts: Counts, unit: str | None, now: Period, before: Period, waited: Mapping[str, Sequence[Decile | None]]
) -> list[Line]:
    """All of them, in the order of their definitions; `waited` holds this period's and the last one's deciles."""
    found = []
    for one in indicators.ALL:
        deciles = waited.get(one.code, (None, None))
        found.append(Line(one, told(one, counts, unit, now, deciles[0]), told(one, counts, unit, before, deciles[1])))
    return found


def causes(counts: Counts, unit: str | None, period: Period) -> list[tuple[str, Cell]]:
    """How many promises were broken for each cause that may be told."""
    return [(cause, cell(counts, unit, f"cause_{cause}", period)) for cause in indicators.SHOWN_CAUSES]
