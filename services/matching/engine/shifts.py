"""The smallest change of time that would do: the work moves, fewer days are enough, or somebody is free for longer."""

import numpy as np

from services.matching.engine.packing import Ints
from services.matching.engine.sides import Pairs
from services.matching.engine.times import ALL_WEEK, ALWAYS, DAY_MINUTES, LANES, NO_TIME, Layers, Work, days_met, within

MOST_SHIFT = 120
NONE = 2 * MOST_SHIFT + 2
BEGINS, ENDS = np.s_[..., :LANES], np.s_[..., LANES:]


def time_changes(pairs: Pairs, which: Ints, stranded: Ints) -> list[tuple[int, int, int]]:
    """For each of these pairs: on how many days they can be there now, by how many minutes the work must move, and by
    how many the person must be free earlier (negative) or longer; 0 where two hours are not enough.

    What they cannot get about for is not counted, but for those `stranded`, of whom that is a rule of its own.
    """
    work = pairs.work(which)
    free, limits = _dense(pairs.offered.people.free(pairs.rows(which)), len(which)), pairs.limits(which)
    limits = np.where(stranded[:, None], ALL_WEEK, limits)
    there = within(free, limits)
    met, moved = days_met(work, there), _moved(work, there)
    return list(zip(met.tolist(), moved.tolist(), _freed(work, free, limits).tolist(), strict=True))


def _moved(work: Work, free: Layers) -> Ints:
    """Shifts that bring a window to the edge of a free stretch; the smallest that helps is among them."""
    edges = [
        gap for window in _windows(work) for _where, rows in free
        for gap in (window[BEGINS] - rows[BEGINS], rows[ENDS] - window[ENDS])
    ]  # fmt: skip
    shifts = _small(edges)
    there = work.moved(shifts)
    fits = days_met(there, [(where, rows[:, None, :]) for where, rows in free]) >= there.required
    return _smallest(shifts, fits & _stays_in_its_day(work, shifts))


def _freed(work: Work, free: Layers, limits: Ints) -> Ints:
    """The day's first stretch begins earlier, or its last ends later, on every day that has any."""
    last = np.maximum.reduce([rows[ENDS] for _where, rows in free])
    still = work.moved(np.zeros((len(last), 1), np.int16))
    found, filled = [], bool((work.in_one_go == ALWAYS).all())
    for side, other, sign in ((BEGINS, ENDS, -1), (ENDS, BEGINS, 1)):
        edges = [
            gap for (where, rows) in free
            for gap in (*(window[side] - rows[side] for window in _windows(work)),
                        *([] if filled else [work.in_one_go - rows[side] - np.minimum(rows, limits)[other]]))
        ]  # fmt: skip
        longer = np.maximum(_small(edges), 0)
        layers: Layers = []
        for depth, (where, rows) in enumerate(free):
            outer = rows[ENDS] == last if side is ENDS else depth == 0
            wider = np.repeat(rows[:, None, :], longer.shape[1], axis=1)
            wider[side] += np.where(outer & (rows[ENDS] > 0), np.int16(1), np.int16(0))[:, None, :] * longer[:, :, None]
            layers.append((where, np.minimum(wider, limits[:, None, :])))
        fits = days_met(still, layers) >= still.required
        found.append(_smallest(sign * longer, fits))
    earlier, later = found
    return np.where((later == 0) | ((earlier != 0) & (-earlier <= later)), earlier, later)


def _windows(work: Work) -> list[Ints]:
    """What decides who is there: windows to be filled, time in one go inside them, or both where openings differ."""
    filled = work.in_one_go == ALWAYS
    return ([] if not filled.any() else work.cover) + ([] if filled.all() else work.inside)


def _small(edges: list[Ints]) -> Ints:
    minutes: Ints = np.concatenate(edges, axis=1)
    return np.where(np.abs(minutes) <= MOST_SHIFT, minutes, 0).astype(np.int16)


def _smallest(minutes: Ints, usable: Ints) -> Ints:
    """The smallest that can be used, later before earlier; 0 where there is none."""
    rank = np.where(usable & (minutes != 0), 2 * np.abs(minutes) + (minutes < 0), NONE).min(axis=1)
    chosen: Ints = np.where(rank & 1, -(rank >> 1), rank >> 1)
    return np.where(rank < NONE, chosen, 0)


def _dense(free: Layers, rows: int) -> Layers:
    """Every layer with every row."""
    full: Layers = []
    for where, stretches in free:
        every = stretches
        if len(stretches) < rows:
            every = np.tile(NO_TIME, (rows, 1))
            every[where] = stretches
        full.append((slice(None), every))
    return full


def _stays_in_its_day(work: Work, shifts: Ints) -> Ints:
    first, last = np.full(1, DAY_MINUTES), np.zeros(1)
    for window in work.cover:
        begins, ends = window[BEGINS], window[ENDS]
        first = np.minimum(first, np.where(ends > 0, -begins, DAY_MINUTES).min(axis=1))
        last = np.maximum(last, ends.max(axis=1))
    stays: Ints = (first[:, None] + shifts >= 0) & (last[:, None] + shifts <= DAY_MINUTES)
    return stays
