"""Whom to bring forward where, over all lists at once: everybody unseen there where their place costs least."""

from bisect import insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from services.matching.engine.packing import Ints

AT_ONCE = 10_000
ROW_AT, LACKING_AT = 20, 48
"""Where the row and what it lacks begin in a number, above the list's: a million lists, 268 million people."""


@dataclass(frozen=True)
class Listed:
    """Who fits a need: rows of the index, and their points without any for attention."""

    rows: Ints
    score: Ints


def discounts(most: int) -> Ints:
    """What a point is worth at each place of a list."""
    return 1 / np.log2(np.arange(most) + 2)


def worth(score: Ints, most: int) -> float:
    """A list's: its points in order, each place discounted."""
    first = -np.sort(-score.astype(np.int64))[:most]
    return float(first @ discounts(most)[: len(first)])


def brought_forward(lists: Sequence[Listed], seen: Ints, *, most: int, weight: int, percent: float) -> list[Ints]:
    """For each list the rows that points for attention are to bring or keep there.

    `seen` is true by row for whom a list showed lately. Nobody is brought who lacks `weight` points or more, and all
    lists together lose at most so many per cent of their worth.
    """
    tops = [_Top(one, most) for one in lists]
    times = seen.astype(np.int64)
    for top in tops:
        times[[row for _score, row in top.members]] += 1
    on_lists, left = times.tolist(), percent / 100 * sum(worth(one.score, most) for one in lists)
    for row, score, place in _cheapest(lists, tops, times, weight):
        found = None if on_lists[row] else tops[place].found_for(score, on_lists, weight)
        if found is None:
            continue
        left -= found.cost
        if left < 0:
            break
        on_lists[tops[place].change(found.at, score, row)] -= 1
        on_lists[row] += 1
    return [top.to_lift(one) for top, one in zip(tops, lists, strict=True)]


def _cheapest(
    lists: Sequence[Listed], tops: "Sequence[_Top]", times: Ints, weight: int
) -> Iterator[tuple[int, int, int]]:
    """Row, points and list of whoever is on no list and lacks little, who lacks least first.

    There may be millions of them, of whom few are asked for before the worth is spent: each is one number, that sorts.
    """
    found = [np.zeros(0, np.int64)]
    for place, (one, top) in enumerate(zip(lists, tops, strict=True)):
        lacking = top.last - one.score.astype(np.int64)
        which = np.flatnonzero((times[one.rows] == 0) & (lacking < weight) & (len(one.rows) > top.most))
        found.append(lacking[which] << LACKING_AT | one.rows[which] << ROW_AT | place)
    every = np.concatenate(found)
    found.clear()
    every.sort()
    for first in range(0, len(every), AT_ONCE):
        for key in every[first : first + AT_ONCE].tolist():
            place = key & (1 << ROW_AT) - 1
            yield (key & (1 << LACKING_AT) - 1) >> ROW_AT, tops[place].last - (key >> LACKING_AT), place


@dataclass(frozen=True)
class _Found:
    at: int
    cost: float


class _Top:
    """A list's first: points and rows, the last of them first."""

    def __init__(self, one: Listed, most: int) -> None:
        order = np.lexsort((one.rows, -one.score.astype(np.int64)))[:most][::-1]
        self.most, self.worth = most, discounts(most).tolist()
        self.members: list[tuple[int, int]] = list(
            zip(one.score[order].tolist(), one.rows[order].tolist(), strict=True)
        )
        self.last = self.members[0][0] if self.members else 0

    def found_for(self, score: int, on_lists: list[int], weight: int) -> _Found | None:
        """Whose place somebody could have, the last one's who is seen elsewhere too, and what the list loses by it."""
        for at, (points, row) in enumerate(self.members):
            if points - score >= weight:
                return None
            if on_lists[row] > 1:
                worth, last = self.worth, self.most - 1
                moved = sum(self.members[one][0] * (worth[last - one - 1] - worth[last - one]) for one in range(at))
                return _Found(at, points * worth[last - at] - score * worth[last] - moved)
        return None

    def change(self, at: int, score: int, row: int) -> int:
        """One for another; the row of whom the list does not show."""
        _points, gone = self.members.pop(at)
        insort(self.members, (score, row))
        return gone

    def to_lift(self, one: Listed) -> Ints:
        """Those on the list who would stand below somebody who is not."""
        rows = np.array([row for _score, row in self.members], np.intp)
        out = one.score[~np.isin(one.rows, rows)]
        highest = int(out.max()) if len(out) else -1
        return np.array([row for score, row in self.members if score <= highest], np.intp)
