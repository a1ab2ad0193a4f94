"""Codes as bits, hours as hundredths, days as runs of minutes: what fits into columns without losing anything."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.matching.rules import knowing
from shared.events.codes import EMPLOYMENT_FORMS, LICENCES, NEEDS

Ints = NDArray[Any]
# One word of 64 bits for all three, and one for the tables of `KNOWN_BITS`; a test sees that there is room.
FORM_BITS = {code: 1 << number for number, code in enumerate(EMPLOYMENT_FORMS)}
LICENCE_BITS = {code: 1 << number for number, code in enumerate(LICENCES, 16)}
NEED_BITS = {code: 1 << number for number, code in enumerate(NEEDS, 32)}
_TABLES: dict[str, Iterable[str]] = {
    "danish": knowing.DANISH_LEVELS, "shifts": knowing.TERMS["shift"], "languages": knowing.TERMS["language"],
    "strengths": knowing.TERMS["company_wish"], "offers": knowing.TERMS["soft_wish"], "season": knowing.MONTHS,
}  # fmt: skip
MOST_HUNDREDTHS = 32_000


def _laid_out() -> dict[str, dict[str, int]]:
    places = count()
    return {name: {code: 1 << next(places) for code in table} for name, table in _TABLES.items()}


KNOWN_BITS = _laid_out()


def bits(codes: Iterable[str], table: Mapping[str, int]) -> int:
    """The codes' bits together; raises KeyError for a code that is on no list."""
    return sum(table[code] for code in set(codes))


def codes(mask: int, table: Mapping[str, int]) -> tuple[str, ...]:
    """The codes behind the bits, in the order of the alphabet."""
    return tuple(sorted(codes_in(mask, table)))


def codes_in(mask: int, table: Mapping[str, int]) -> tuple[str, ...]:
    """The codes behind the bits, in the order of the table."""
    return tuple(code for code, bit in table.items() if mask & bit)


def traits(forms: Iterable[str], licences: Iterable[str], needs: Iterable[str]) -> int:
    """All three in one word; raises KeyError for a code that is on no list."""
    return bits(forms, FORM_BITS) | bits(licences, LICENCE_BITS) | bits(needs, NEED_BITS)


def lacked_danish(level: str | None) -> int:
    """The levels above this one; none where it is not known."""
    above = knowing.DANISH_LEVELS[knowing.DANISH_LEVELS.index(level) + 1 :] if level else ()
    return bits(above, KNOWN_BITS["danish"])


def danish_level(mask: int) -> str:
    """The level of somebody who lacks all that is above it."""
    lacked = codes_in(mask, KNOWN_BITS["danish"])
    return knowing.DANISH_LEVELS[knowing.DANISH_LEVELS.index(lacked[0]) - 1] if lacked else knowing.DANISH_LEVELS[-1]


def lacked_shifts(worked: Iterable[str]) -> int:
    """The kinds of shifts that somebody does not work; none where nothing is known."""
    own = set(worked)
    return bits(KNOWN_BITS["shifts"].keys() - own, KNOWN_BITS["shifts"]) if own else 0


def hundredths(hours: float) -> int:
    """Hours as whole hundredths, so that both sides are compared exactly."""
    return min(round(hours * 100), MOST_HUNDREDTHS)


class Lists:
    """A list of small numbers for each row, end to end: those of row r lie from `ends[r]` to `ends[r + 1]`.

    There is room for `spare` more rows before the next rebuild.
    """

    def __init__(self, rows: Sequence[Sequence[int]], spare: int = 0) -> None:
        lengths = np.fromiter((len(row) for row in rows), np.intp, len(rows))
        flat = np.fromiter((value for row in rows for value in row), np.uint16, int(lengths.sum()))
        self._set(lengths, flat, spare)

    def _set(self, lengths: Ints, values: Ints, spare: int) -> None:
        self.ends: Ints = np.zeros(len(lengths) + 1 + spare, np.uint32)
        np.cumsum(lengths, out=self.ends[1 : len(lengths) + 1], dtype=np.uint32)
        self.values: Ints = values

    def take(self, rows: Ints) -> tuple[Ints, Ints]:
        """The values of these rows end to end, and where each row's begin with the end of all last."""
        begins = self.ends.take(rows).astype(np.intp)
        lengths = self.ends.take(rows + 1).astype(np.intp) - begins
        bounds = np.zeros(len(rows) + 1, np.intp)
        np.cumsum(lengths, out=bounds[1:])
        where = np.arange(bounds[-1]) + np.repeat(begins - bounds[:-1], lengths)
        return self.values.take(where), bounds

    def picked(self, rows: Ints, spare: int) -> "Lists":
        """The lists of these rows, in this order."""
        values, bounds = self.take(rows)
        made = Lists(())
        made._set(np.diff(bounds), values, spare)
        return made

    def put(self, first: int, rows: Sequence[Sequence[int]]) -> None:
        """More rows, from row `first` on, which is the first that is free."""
        filled = int(self.ends[first])
        added = Lists(rows)
        self.ends[first : first + len(rows) + 1] = added.ends + np.uint32(filled)
        self.values = np.concatenate((self.values[:filled], added.values))


def summed(values: Ints, bounds: Ints, how: np.ufunc, empty: int) -> Ints:
    """`how` over each row's values; `empty` where a row has none."""
    found = np.full(len(bounds) - 1, empty, np.int32)
    some = bounds[1:] > bounds[:-1]
    if some.any():
        found[some] = how.reduceat(values, bounds[:-1][some])
    return found
