"""What would make a near miss fit: the smallest change, on either side, of the one rule that fails."""

import math
from collections.abc import Sequence

import numpy as np

from services.matching.engine.facts import Change
from services.matching.engine.packing import FORM_BITS, LICENCE_BITS, NEED_BITS, Ints, codes
from services.matching.engine.sides import Pairs
from services.matching.engine.times import DAY_MINUTES, LANES, NO_TIME, Layers, Work, days_met

MOST_SHIFT = 120
NONE = 2 * MOST_SHIFT + 2


class Changes:
    """What would help these pairs, each of which fails the one rule beside it."""

    def __init__(self, pairs: Pairs, which: Sequence[int], rules: Sequence[str]) -> None:
        self.pairs = pairs
        late = np.array([pair for pair, rule in zip(which, rules, strict=True) if rule == "time"], np.intp)
        self._time_of = dict(zip(late.tolist(), _times(pairs, late), strict=True)) if len(late) else {}

    def of(self, pair: int, rule: str) -> tuple[Change, ...]:
        """The changes for one of them, each of which is enough by itself; none where nothing small is."""
        return {
            "form": self._form, "hours": self._hours, "travel": self._travel, "licences": self._licences,
            "adjustments": self._adjustments, "time": self._time,
        }[rule](pair)  # fmt: skip

    def _form(self, pair: int) -> tuple[Change, ...]:
        forms = codes(_at(self.pairs.offered.traits, pair), FORM_BITS)
        return (Change("company", "employment_form", forms),) if forms else ()

    def _hours(self, pair: int) -> tuple[Change, ...]:
        asked = _at(self.pairs.wanted.least, pair) / 100, _at(self.pairs.wanted.most, pair) / 100
        can = _at(self.pairs.offered.least, pair) / 100, _at(self.pairs.offered.most, pair) / 100
        if can[1] < asked[0]:
            return Change("company", "weekly_hours_min", can[1]), Change("citizen", "weekly_hours_max", asked[0])
        return Change("company", "weekly_hours_max", can[0]), Change("citizen", "weekly_hours_min", asked[1])

    def _travel(self, pair: int) -> tuple[Change, ...]:
        which = np.array([pair])
        km = float(self.pairs.around.km[self.pairs.places(which)[0]])
        # A protected address must not be told by how far away it is.
        if math.isinf(km) or self.pairs.hidden(which)[0]:
            return ()
        return (Change("citizen", "travel_km_max", math.ceil(km)),)

    def _licences(self, pair: int) -> tuple[Change, ...]:
        lacking = codes(_at(self.pairs.wanted.licences, pair) & ~_at(self.pairs.offered.traits, pair), LICENCE_BITS)
        return Change("citizen", "licences", lacking), Change("company", "licences", lacking)

    def _adjustments(self, pair: int) -> tuple[Change, ...]:
        unmet = codes(_at(self.pairs.wanted.refused, pair) & _at(self.pairs.offered.traits, pair), NEED_BITS)
        return (Change("company", "adjustments", unmet),)

    def _time(self, pair: int) -> tuple[Change, ...]:
        met, minutes = self._time_of[pair]
        shift = (Change("company", "windows", minutes),) if minutes else ()
        return (*shift, Change("company", "days_required", met)) if met else shift


def _times(pairs: Pairs, which: Ints) -> list[tuple[int, int]]:
    """On how many days each can be there now, and by how many minutes the work must move: 0 where two hours are not
    enough."""
    work = pairs.work(which)
    free = _dense(pairs.offered.people.free(pairs.rows(which)), len(which))
    met = days_met(work, free)
    shifts = _worth_trying(work, free)
    moved = work.moved(shifts)
    fits = days_met(moved, [(where, rows[:, None, :]) for where, rows in free]) >= moved.required
    usable = (shifts != 0) & _stays_in_its_day(work, shifts)
    # The smallest first, later before earlier.
    rank = np.where(fits & usable, 2 * np.abs(shifts) + (shifts < 0), NONE)
    best = rank.argmin(axis=1)[:, None]
    minutes = np.where(np.take_along_axis(rank, best, 1) < NONE, np.take_along_axis(shifts, best, 1), 0)
    return list(zip(met.tolist(), minutes[:, 0].tolist(), strict=True))


def _worth_trying(work: Work, free: Layers) -> Ints:
    """The shifts that bring a window to the edge of a free stretch; the smallest that helps is among them."""
    edges = [
        gap for window in (*work.cover, *work.inside) for _where, rows in free
        for gap in (window[:, :LANES] - rows[:, :LANES], rows[:, LANES:] - window[:, LANES:])
    ]  # fmt: skip
    shifts: Ints = np.concatenate(edges, axis=1)
    return np.where(np.abs(shifts) <= MOST_SHIFT, shifts, 0).astype(np.int16)


def _dense(free: Layers, rows: int) -> Layers:
    """Every layer with every row."""
    full: Layers = []
    for where, stretches in free:
        every = np.tile(NO_TIME, (rows, 1))
        every[where] = stretches
        full.append((slice(None), every))
    return full


def _stays_in_its_day(work: Work, shifts: Ints) -> Ints:
    first, last = np.full(1, DAY_MINUTES), np.zeros(1)
    for window in work.cover:
        begins, ends = window[:, :LANES], window[:, LANES:]
        first = np.minimum(first, np.where(ends > 0, -begins, DAY_MINUTES).min(axis=1))
        last = np.maximum(last, ends.max(axis=1))
    stays: Ints = (first[:, None] + shifts >= 0) & (last[:, None] + shifts <= DAY_MINUTES)
    return stays


def _at(column: Ints, pair: int) -> int:
    return int(column[pair if len(column) > 1 else 0])
