"""A week in sixteen small numbers, so that one comparison says of seven days whether somebody can be there.

A row holds, lane by lane, minus the minute each day's stretch begins, a spare lane, the minute it ends, a spare lane.
Somebody covers work from w to v where -begin >= -w and end >= v; they have n minutes in one go inside it where
-begin >= n - v, end >= w + n and end - begin >= n. The lanes that hold become one 64-bit word a row.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from services.matching.engine.facts import Opening
from services.matching.engine.packing import Ints
from services.matching.rules.week import Week

DAYS, LANES, WIDTH = 7, 8, 16
DAY_MINUTES = 24 * 60
ALWAYS, NEVER = -16_000, 16_000
Run = tuple[int, int]
NO_TIME = np.array([-DAY_MINUTES] * LANES + [0] * LANES, np.int16)
ALL_WEEK = np.array([0] * LANES + [DAY_MINUTES] * LANES, np.int16)
# The rows that a layer of stretches stands for, and its stretches.
Layers = list[tuple[Any, Ints]]


@lru_cache(maxsize=65536)
def runs_of(day: int) -> tuple[Run, ...]:
    """The stretches (first minute, first minute after) of a day's bits, that neither touch nor overlap."""
    runs, starts = [], 0
    while day:
        free = (day & -day).bit_length() - 1
        starts, day = starts + free, day >> free
        length = (~day & (day + 1)).bit_length() - 1
        runs.append((starts, starts + length))
        starts, day = starts + length, day >> length
    return tuple(runs)


@lru_cache(maxsize=65536)
def rows_of(week: Week) -> tuple[tuple[int, ...], ...]:
    """The week's first stretch of each day as a row, then its second of each day, and so on."""
    days = [runs_of(day) for day in week.days]
    rows = []
    for depth in range(max(1, *(len(runs) for runs in days))):
        stretches = [runs[depth] if depth < len(runs) else (DAY_MINUTES, 0) for runs in days]
        rows.append((*(-begin for begin, _end in stretches), 0, *(end for _begin, end in stretches), 0))
    return tuple(rows)


class Work(NamedTuple):
    """When openings have work, a row for each. `cover` and `inside` are what a free stretch must reach, by window.

    `in_one_go` are the minutes asked for in one go, ALWAYS where the windows are to be filled; `worked` has a bit for
    each day with work, `required` is on how many of them somebody must be there.
    """

    cover: list[Ints]
    inside: list[Ints]
    in_one_go: Ints
    worked: Ints
    required: Ints

    @classmethod
    def of(cls, openings: Sequence[Opening]) -> "Work":
        """The openings' work."""
        weeks = [rows_of(one.windows) for one in openings]
        minutes = [minutes_in_one_go(one) for one in openings]
        cover, inside = [], []
        for depth in range(max(len(week) for week in weeks)):
            windows = [week[depth] if depth < len(week) else tuple(NO_TIME.tolist()) for week in weeks]
            cover.append(np.array([_to_cover(row) for row in windows], np.int16))
            inside.append(
                np.array([_to_be_inside(row, go) for row, go in zip(windows, minutes, strict=True)], np.int16)
            )
        worked = np.array([[row[LANES + day] > 0 for day in range(LANES)] for row, *_others in weeks], np.bool_)
        return cls(
            cover,
            inside,
            np.array([[go or ALWAYS] for go in minutes], np.int16),
            worked.view(np.uint64)[:, 0],
            np.array([one.days_required for one in openings], np.uint8),
        )

    def moved(self, minutes: Ints) -> "Work":
        """The same at other times: by so many minutes, a row for each opening or person."""
        sign = np.array([-1] * LANES + [1] * LANES, np.int16)
        steps = minutes[:, :, None] * sign
        cover, inside = ([layer[:, None, :] + steps for layer in layers] for layers in (self.cover, self.inside))
        return Work(cover, inside, self.in_one_go[:, None, :], self.worked[:, None], self.required[:, None])

    def only(self, which: Ints) -> "Work":
        """Of these openings."""
        cover, inside = ([layer[which] for layer in layers] for layers in (self.cover, self.inside))
        return Work(cover, inside, self.in_one_go[which], self.worked[which], self.required[which])


def minutes_in_one_go(opening: Opening) -> int:
    """The minutes that somebody must be free in one go on a day, 0 where the windows are to be filled."""
    return 0 if opening.hours_per_day is None else max(1, round(opening.hours_per_day * 60))


def _to_cover(row: Sequence[int]) -> list[int]:
    return [value if row[LANES + lane % LANES] > 0 else ALWAYS for lane, value in enumerate(row)]


def _to_be_inside(row: Sequence[int], minutes: int) -> list[int]:
    long_enough = [end + begin >= max(1, minutes) for begin, end in zip(row[:LANES], row[LANES:], strict=True)]
    begins = [minutes - end if enough else NEVER for end, enough in zip(row[LANES:], long_enough, strict=True)]
    ends = [minutes - begin if enough else NEVER for begin, enough in zip(row[:LANES], long_enough, strict=True)]
    return begins + ends


def days_met(work: Work, free: Layers) -> Ints:
    """On how many of the days with work each can be there as the opening asks."""
    filled = work.in_one_go[..., 0] == ALWAYS
    if filled.all():
        met = _covered(work, free)
    else:
        met = _in_one_go(work, free)
        if filled.any():
            met = np.where(filled, _covered(work, free), met)
    return np.bitwise_count(met & work.worked)


def within(free: Layers, limits: Ints) -> Layers:
    """What of the free stretches lies within the limits, a stretch for every row and day."""
    return [(where, np.minimum(rows, limits if len(limits) == 1 else limits[where])) for where, rows in free]


def _covered(work: Work, free: Layers) -> Ints:
    every = [_any_layer([(where, _lanes(rows >= window)) for where, rows in free]) for window in work.cover]
    met = every[0]
    for other in every[1:]:
        met = met & other
    return met


def _in_one_go(work: Work, free: Layers) -> Ints:
    found = []
    for where, rows in free:
        long_enough = _words(_lengths(rows) >= work.in_one_go)[..., 0]
        found += [(where, _lanes(rows >= window) & long_enough) for window in work.inside]
    return _any_layer(found)


def _lengths(rows: Ints) -> Ints:
    """How long each stretch lasts; copies, as numpy goes through half rows one by one."""
    lasting: Ints = np.ascontiguousarray(rows[..., :LANES]) + np.ascontiguousarray(rows[..., LANES:])
    return lasting


def _any_layer(found: Layers) -> Ints:
    """The first is of every row."""
    met = found[0][1]
    for where, other in found[1:]:
        met[where] |= other
    return met


def _lanes(holds: Ints) -> Ints:
    words = _words(holds)
    both: Ints = words[..., 0] & words[..., 1]
    return both


def _words(holds: Ints) -> Ints:
    return np.ascontiguousarray(holds).view(np.uint64)


def spare_minutes(work: Work, free: Layers, rows: int) -> Ints:
    """The free minutes beyond the work on the days with work, for so many rows."""
    spare = np.zeros((rows, LANES), np.int16)
    for where, stretches in free:
        begins, ends = (np.ascontiguousarray(half) for half in (stretches[:, :LANES], stretches[:, LANES:]))
        left = np.maximum(begins + ends, 0)
        for window in work.cover:
            shared = np.minimum(begins, window[:, :LANES]) + np.minimum(ends, window[:, LANES:])
            left = left - np.maximum(shared, 0)
        spare[where] += left
    worked = work.worked.view(np.bool_).reshape(-1, LANES)
    # A week has fewer minutes than sixteen bits hold.
    total: Ints = np.einsum("ij,ij->i", spare, np.broadcast_to(worked, spare.shape).astype(np.int16))
    return total.astype(np.int32)
