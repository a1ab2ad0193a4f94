"""Which counts may be shown, so that no small one can be had, neither from a table nor by taking one from another.

Time is cut into blocks, for every number its own: the number and what the whole has beside it and any of its other
parts, for a unit also those of the others, are each nought or not small in every block. A number is shown for a period
that is made of whole blocks; whatever is subtracted from what is then whole blocks again, for overlapping periods too.
As few as needed are joined, and rather inside a month, inside a quarter, so that longer periods have their numbers
first.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import accumulate, groupby

from shared import periods
from shared.periods import Period

# Those of no unit are never shown for themselves, and are what is left of everybody.
EVERYBODY, NO_UNIT = None, ""
Series = Sequence[int]
Block = tuple[int, int, bool]


@dataclass
class Counts:
    """How many there were, by unit (None: everybody), by name and by piece; `wholes` says what a name is a part of."""

    starts: Sequence[date]
    series: Mapping[str | None, Mapping[str, Series]]
    wholes: Mapping[str, str]
    least: int
    _blocks: dict[tuple[str | None, str], list[Block]] = field(default_factory=dict)

    @cached_property
    def _sums(self) -> dict[tuple[str | None, str], list[int]]:
        """Sums from the beginning, so that any stretch is one subtraction."""
        return {
            (unit, name): [0, *accumulate(one)] for unit, named in self.series.items() for name, one in named.items()
        }

    def number(self, unit: str | None, name: str, period: Period) -> int:
        """The number itself, which nobody may see."""
        begin, end = self._within(period)
        return self._count(unit, name, begin, end)

    def shown(self, unit: str | None, name: str, period: Period) -> int | None:
        """The number where it may be shown."""
        begin, end = self._within(period)
        touched = [one for one in self._blocks_of(unit, name) if one[0] < end and one[1] > begin]
        if all(safe and begin <= first and last <= end for first, last, safe in touched):
            return self._count(unit, name, begin, end)
        return None

    def is_small(self, unit: str | None, name: str, period: Period) -> bool:
        """True where the number itself is small, so that it may be called so."""
        return 0 < self.number(unit, name, period) < self.least

    def _within(self, period: Period) -> tuple[int, int]:
        inside = [place for place, day in enumerate(self.starts) if period.first <= day <= period.last]
        return (inside[0], inside[-1] + 1) if inside else (0, 0)

    def _count(self, unit: str | None, name: str, begin: int, end: int) -> int:
        sums = self._sums.get((unit, name))
        return sums[end] - sums[begin] if sums else 0

    def _safe(self, unit: str | None, name: str, begin: int, end: int) -> bool:
        views = [self._beside(unit, name, begin, end)]
        if unit is not EVERYBODY:
            # Whichever of the other units are taken from everybody, those of no unit are left, and any of the units.
            none = self._beside(NO_UNIT, name, begin, end)
            others = (self._beside(one, name, begin, end) for one in self.series.keys() - {EVERYBODY, NO_UNIT, unit})
            views.append(none)
            views += [[left + part for left, part in zip(none, other, strict=True)] for other in others]
        return not any(self._tells_of_few(*view) for view in views)

    def _beside(self, unit: str | None, name: str, begin: int, end: int) -> list[int]:
        """The number, its whole (itself where it is no part), and the other parts of the whole."""
        whole = self.wholes.get(name, name)
        others = (part for part, of in self.wholes.items() if of == whole and part != name)
        return [self._count(unit, one, begin, end) for one in (name, whole, *others)]

    def _tells_of_few(self, own: int, whole: int, *others: int) -> bool:
        """True where the number is small, or what the whole has beside it and any of its other parts."""
        if 0 < own < self.least:
            return True
        rest, sums = whole - own, 1
        for part in others:
            # Bit n is set where some of the parts together are n.
            sums |= sums << part
        return any(sums >> (rest - few) & 1 for few in range(1, min(self.least, rest + 1)))

    def _blocks_of(self, unit: str | None, name: str) -> list[Block]:
        known = self._blocks.get((unit, name))
        if known is None:
            known = self._blocks[unit, name] = list(self._made(unit, name))
        return known

    def _made(self, unit: str | None, name: str) -> list[Block]:
        def joined(parts: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
            """Neighbours together until each is safe; a rest goes to what lies before it."""
            found: list[tuple[int, int]] = []
            begin = None
            for first, last in parts:
                begin = first if begin is None else begin
                if self._safe(unit, name, begin, last):
                    found.append((begin, last))
                    begin = None
            if begin is not None:
                end = parts[-1][1]
                while found and not self._safe(unit, name, begin, end):
                    begin = found.pop()[0]
                found.append((begin, end))
            return found

        blocks: list[Block] = []
        for months in _grouped(self.starts, periods.quarter_of):
            by_month = _grouped(self.starts, lambda day: day.replace(day=1), *months)
            for begin, end in joined(by_month):
                fine = (
                    joined([(at, at + 1) for at in range(begin, end)]) if (begin, end) in by_month else [(begin, end)]
                )
                blocks += [(first, last, self._safe(unit, name, first, last)) for first, last in fine]
        return blocks


def _grouped(
    starts: Sequence[date], key: Callable[[date], date], begin: int = 0, end: int | None = None
) -> list[tuple[int, int]]:
    places = range(begin, len(starts) if end is None else end)
    groups = (list(same) for _key, same in groupby(places, key=lambda at: key(starts[at])))
    return [(group[0], group[-1] + 1) for group in groups]
