"""The best way to give many people a place each: exact, by shortest augmenting paths over the pairs there are.

Seat by seat is filled. Where the person wanted sits elsewhere, that place takes another, and so on, along the path that
costs least, to somebody who is free or to a seat that is better left empty. Prices of people and worths of places keep
every cost at nought or above (the Hungarian method), so that a path never goes far.
"""

from collections.abc import Sequence
from heapq import heappop, heappush

# A place and what somebody is worth there, above 0.
Edge = tuple[int, int]
NOWHERE = -1


def assigned(edges: Sequence[Sequence[Edge]], seats: Sequence[int]) -> list[int]:
    """For each person the place they get, or NOWHERE, so that the sum of values is the greatest there is."""
    filling = _Filling(edges, seats)
    for depth in range(max(seats, default=0)):
        for place, number in enumerate(seats):
            if depth < number:
                filling.fill(place)
    return filling.given


class _Filling:
    def __init__(self, edges: Sequence[Sequence[Edge]], seats: Sequence[int]) -> None:
        self.given = [NOWHERE] * len(edges)
        wanted: list[list[tuple[int, int]]] = [[] for _place in seats]
        for person, own in enumerate(edges):
            for place, value in own:
                wanted[place].append((-value, person))
        self._wanted = [sorted(own) for own in wanted]
        self._price = [0] * len(edges)
        # No less than what anybody is worth there, until the first seat is filled.
        self._worth = [-own[0][0] if own else 0 for own in self._wanted]

    def fill(self, place: int) -> None:
        """One seat more at the place; all the others stay as well off together as they can."""
        reached, lost, settled = {place: 0}, dict[int, int](), set[int]()
        # The cheapest end so far: the seat stays empty.
        paths, end = _Paths(self._worth[place]), NOWHERE
        self._reach(place, 0, paths)
        while paths.heap and paths.heap[0][0] < paths.best:
            cost, person = heappop(paths.heap)
            if person in settled:
                continue
            settled.add(person)
            holder = self.given[person]
            if holder == NOWHERE:
                paths.best, end = cost, person
            elif holder not in reached:
                reached[holder], lost[holder] = cost, person
                if cost + self._worth[holder] < paths.best:
                    paths.best, end = cost + self._worth[holder], person
                self._reach(holder, cost, paths)
        for one, cost in reached.items():
            self._worth[one] -= max(0, paths.best - cost)
        for person in settled:
            self._price[person] += max(0, paths.best - paths.least[person])
        while end != NOWHERE:
            taker = self.given[end] = paths.mover[end]
            end = lost.get(taker, NOWHERE)

    def _reach(self, place: int, cost: int, paths: "_Paths") -> None:
        base, price, least, best = cost + self._worth[place], self._price, paths.least, paths.best
        for loss, person in self._wanted[place]:
            if base + loss >= best:
                return
            there = base + loss + price[person]
            if there < best and (person not in least or there < least[person]):
                least[person], paths.mover[person] = there, place
                heappush(paths.heap, (there, person))


class _Paths:
    """From the place that has a seat to fill: the least cost to each person, and which place they would go to."""

    def __init__(self, best: int) -> None:
        self.best = best
        self.least: dict[int, int] = {}
        self.mover: dict[int, int] = {}
        self.heap: list[tuple[int, int]] = []
