"""Everybody who takes part, column by column: some 125 bytes each, in the order of place and travel limit.

So whoever lives near enough to a need stands in a few stretches. What changes is put behind the last row, and the row
it replaces is marked; when the room behind is used up, everything is put in order again.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

import numpy as np

from services.matching.engine import places
from services.matching.engine.facts import Candidate, Stamp
from services.matching.engine.packing import (
    KNOWN_BITS,
    Ints,
    Lists,
    bits,
    hundredths,
    lacked_danish,
    lacked_shifts,
    traits,
)
from services.matching.engine.places import Surroundings
from services.matching.engine.times import WIDTH, Layers, rows_of
from shared.occupations import occupations

TITLES = {star_id: number for number, star_id in enumerate(occupations())}
UNKNOWN_TITLE = len(TITLES)
HALF, LOW = 64, (1 << 64) - 1
ALIVE, HIDDEN, SEEN = 1, 2, 4
NO_PLAN = -1
FIXED = np.dtype([
    ("id_high", "u8"), ("id_low", "u8"), ("wishes", "u4"), ("citizen", "u4"), ("place_limit", "u4"),
    ("hours", "2i2"), ("about", "2i2"), ("planned", "i2"), ("traits", "u8"), ("known", "u8"), ("flags", "u1"),
])  # fmt: skip
PLACE_BITS, LIMIT_MASK = np.uint32(16), np.uint32(0xFFFF)
LEAST_SPARE = 256
Told = tuple[Candidate, Stamp]


def title_number(star_id: str) -> int:
    """The occupation's number; UNKNOWN_TITLE for one that is not on the list."""
    return TITLES.get(star_id, UNKNOWN_TITLE)


def _fixed(one: Candidate, stamp: Stamp) -> tuple[Any, ...]:
    return (
        one.citizen_id.int >> HALF, one.citizen_id.int & LOW, *stamp,
        places.number_of(one.place) << int(PLACE_BITS) | min(one.travel_km_max, places.MOST_KM),
        (hundredths(one.weekly_hours_min), hundredths(one.weekly_hours_max)),
        one.gets_about, NO_PLAN if one.planned_hours is None else hundredths(one.planned_hours),
        traits(one.forms, one.licences, one.needs), known_bits(one),
        ALIVE | HIDDEN * one.place_hidden | SEEN * one.seen,
    )  # fmt: skip


def known_bits(one: Candidate) -> int:
    """What staff wrote down of somebody, in one word."""
    told = {"languages": one.languages, "strengths": one.strengths, "offers": one.soft_wishes, "season": one.months}
    found = sum(bits(own, KNOWN_BITS[name]) for name, own in told.items())
    return found | lacked_danish(one.danish_level) | lacked_shifts(one.shifts)


class People:
    """The index. `held` rows are filled, the first `sorted` of them in order; not safe without a lock.

    `more` are second and later stretches of a day, for the few who have such: their rows, and the stretches.
    """

    def __init__(self, told: Iterable[Told] = ()) -> None:
        self.held = self.sorted = self.dead = 0
        self.columns: dict[str, Ints] = {name: np.zeros(0, FIXED)[name].copy() for name in FIXED.names or ()}
        self.week: Ints = np.zeros((0, WIDTH), np.int16)
        self.more: list[tuple[Ints, Ints]] = []
        self.occupations, self.skills = Lists(()), Lists(())
        self._later: dict[UUID, int] = {}
        self._append(list(told))
        self.rebuild()

    def __len__(self) -> int:
        return self.held - self.dead

    def put(self, told: Iterable[Told]) -> None:
        """Take these in, instead of what was told of them before; who does not consent goes."""
        news = {candidate.citizen_id: (candidate, stamp) for candidate, stamp in told}
        self.remove(news)
        taking_part = [one for one in news.values() if one[0].consent]
        if self.held + len(taking_part) > len(self.week):
            self.rebuild(spare=2 * len(taking_part))
        self._append(taking_part)

    def remove(self, people: Collection[UUID]) -> None:
        """These are there no more."""
        rows = self.rows_of(people)
        self.columns["flags"][rows] = 0
        self.dead += len(rows)

    def see(self, people: Collection[UUID]) -> None:
        """A list showed these lately, and nobody else."""
        flags = self.columns["flags"]
        flags &= ~np.uint8(SEEN)
        flags[self.rows_of(people)] |= SEEN

    def rows_of(self, people: Collection[UUID]) -> Ints:
        """Where they stand, those of them that take part, each once."""
        found = [self._later[one] for one in people if one in self._later]
        if self.sorted and people:
            keys = [one.int for one in people]
            low = np.array([key & LOW for key in keys], np.uint64)
            high = np.array([key >> HALF for key in keys], np.uint64)
            ids = self.columns["id_low"]
            where = np.searchsorted(ids[: self.sorted], low, sorter=self._by_id).clip(0, self.sorted - 1)
            rows = self._by_id[where]
            found += rows[(ids[rows] == low) & (self.columns["id_high"][rows] == high)].tolist()
        every = np.unique(np.array(found, np.intp))
        return every[self.columns["flags"][every] > 0]

    def id_of(self, row: int) -> UUID:
        """Who stands there."""
        return UUID(int=int(self.columns["id_high"][row]) << HALF | int(self.columns["id_low"][row]))

    def stamps(self, people: Collection[UUID]) -> dict[UUID, Stamp]:
        """What their rows were made from, of those that take part."""
        rows = self.rows_of(people)
        names = ("id_high", "id_low", "wishes", "citizen")
        told = zip(*(self.columns[name][rows].tolist() for name in names), strict=True)
        return {UUID(int=high << HALF | low): Stamp(wishes, citizen) for high, low, wishes, citizen in told}

    def near(self, around: Surroundings) -> tuple[Ints, Ints]:
        """The rows of all whose travel limit nearly reaches, dead ones too, and true where it does not quite."""
        key = self.columns["place_limit"]
        here = np.flatnonzero(around.near_limit <= self._widest)
        blocks = here << PLACE_BITS
        begins = self._starts.take(self._keys.searchsorted(blocks | around.near_limit[here]))
        within = self._starts.take(self._keys.searchsorted(blocks | around.limit[here]))
        stretches = np.empty((len(here), 2), np.intp)
        stretches[:, 0], stretches[:, 1] = within - begins, self._first_rows[here + np.uint32(1)] - within
        lengths = stretches.sum(axis=1)
        after = lengths.cumsum()
        rows = np.arange(int(after[-1]) if len(after) else 0) + np.repeat(begins - after + lengths, lengths)
        beyond = np.repeat(np.arange(2 * len(here)) % 2 == 0, stretches.ravel())
        if self.held == self.sorted:
            return rows, beyond
        later = key[self.sorted : self.held]
        place, limit = later >> PLACE_BITS, later & LIMIT_MASK
        reached = np.flatnonzero(limit >= around.near_limit[place])
        too_far = (limit < around.limit[place])[reached]
        return np.concatenate((rows, self.sorted + reached)), np.concatenate((beyond, too_far))

    def free(self, rows: Ints) -> Layers:
        """When these are free: stretches for all, then for those who have more than one a day."""
        layers: Layers = [(slice(None), self.week.take(rows, axis=0))]
        for theirs, stretches in self.more:
            where = np.searchsorted(theirs, rows).clip(0, len(theirs) - 1)
            there = np.flatnonzero(theirs.take(where) == rows)
            layers.append((there, stretches[where[there]]))
        return layers

    def places(self, rows: Ints) -> Ints:
        """The numbers of the places where these live."""
        return self.columns["place_limit"].take(rows) >> PLACE_BITS

    def bytes(self) -> int:
        """What all this takes up."""
        arrays = [*self.columns.values(), self.week, self._by_id, self._keys, self._starts, self._first_rows]
        arrays += [array for layer in self.more for array in layer]
        arrays += [array for lists in (self.occupations, self.skills) for array in (lists.ends, lists.values)]
        return sum(array.nbytes for array in arrays)

    def rebuild(self, spare: int = 0) -> None:
        """Put everything in order, without the dead."""
        alive = np.flatnonzero(self.columns["flags"][: self.held])
        key = self.columns["place_limit"][alive]
        by_limit = np.argsort((key & LIMIT_MASK).astype(np.uint16), kind="stable")
        by_place = np.argsort((key[by_limit] >> PLACE_BITS).astype(np.uint16), kind="stable")
        order = alive[by_limit[by_place]]
        room = max(LEAST_SPARE, len(order) // 64, spare)
        self.columns = {name: _spaced(column[order], room) for name, column in self.columns.items()}
        self.week = _spaced(self.week.take(order, axis=0), room)
        self.more = [moved for rows, weeks in self.more if len((moved := _moved(rows, weeks, order))[0])]
        self.occupations = self.occupations.picked(order, room)
        self.skills = self.skills.picked(order, room)
        self.held = self.sorted = len(order)
        self.dead, self._later = 0, {}
        key = self.columns["place_limit"][: self.sorted]
        self._by_id: Ints = np.argsort(self.columns["id_low"][: self.sorted])
        starts = np.flatnonzero(np.append(True, key[1:] != key[:-1])) if len(key) else np.zeros(0, np.intp)
        self._keys: Ints = key[starts]
        self._starts: Ints = np.append(starts, self.sorted)
        self._first_rows: Ints = np.searchsorted(key, np.arange(places.UNKNOWN + 2, dtype=np.uint32) << PLACE_BITS)
        self._widest = int((key & LIMIT_MASK).max(initial=0))

    def _append(self, told: Sequence[Told]) -> None:
        first, self.held = self.held, self.held + len(told)
        if self.held > len(self.week):
            self._widen(self.held - len(self.week))
        table = np.array([_fixed(*one) for one in told], FIXED)
        for name, column in self.columns.items():
            column[first : self.held] = table[name]
        weeks = [rows_of(one.availability) for one, _stamp in told]
        self.week[first : self.held] = np.array([week[0] for week in weeks], np.int16).reshape(-1, WIDTH)
        for depth in range(1, max(map(len, weeks), default=1)):
            rows = [first + number for number, week in enumerate(weeks) if len(week) > depth]
            more = np.array(rows, np.intp), np.array([weeks[row - first][depth] for row in rows], np.int16)
            if depth > len(self.more):
                self.more.append(more)
            else:
                had = self.more[depth - 1]
                self.more[depth - 1] = np.concatenate((had[0], more[0])), np.concatenate((had[1], more[1]))
        self.occupations.put(first, [sorted({title_number(o) for o in one.occupations}) for one, _stamp in told])
        self.skills.put(first, [sorted(one.skills) for one, _stamp in told])
        self._later |= {one.citizen_id: first + number for number, (one, _stamp) in enumerate(told)}

    def _widen(self, rows: int) -> None:
        self.columns = {name: _spaced(column, rows) for name, column in self.columns.items()}
        self.week = _spaced(self.week, rows)
        for lists in (self.occupations, self.skills):
            lists.ends = _spaced(lists.ends, rows)


def _spaced(array: Ints, more: int) -> Ints:
    """With room for so many more rows at the end."""
    wide = np.zeros((len(array) + more, *array.shape[1:]), array.dtype)
    wide[: len(array)] = array
    return wide


def _moved(rows: Ints, weeks: Ints, order: Ints) -> tuple[Ints, Ints]:
    """Those of the rows that are in the new order, under their new numbers."""
    number = np.full(int(max(rows.max(initial=-1), order.max(initial=-1))) + 1, -1, np.intp)
    number[order] = np.arange(len(order))
    now = number[rows]
    kept = np.flatnonzero(now >= 0)
    kept = kept[np.argsort(now[kept])]
    return now[kept], weeks[kept]
