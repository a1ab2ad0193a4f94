"""What would make a near miss fit: the smallest change, on either side, of each rule that fails."""

import math
from collections.abc import Sequence

import numpy as np

from services.matching.engine.facts import Change
from services.matching.engine.packing import FORM_BITS, LICENCE_BITS, NEED_BITS, Ints, codes
from services.matching.engine.shifts import time_changes
from services.matching.engine.sides import Pairs

Value = int | float | tuple[str, ...]
Options = tuple[tuple[str, str, Value], ...]


class Changes:
    """What would help these pairs, each of which fails the rules beside it."""

    def __init__(self, pairs: Pairs, which: Sequence[int], rules: Sequence[tuple[str, ...]]) -> None:
        self.pairs = pairs
        late = np.array([pair for pair, missed in zip(which, rules, strict=True) if "time" in missed], np.intp)
        self._time_of = dict(zip(late.tolist(), time_changes(pairs, late), strict=True)) if len(late) else {}

    def of(self, pair: int, rules: Sequence[str]) -> tuple[Change, ...]:
        """The changes for one of them: for each rule any one is enough; none where nothing small is."""
        options = {
            "form": self._form, "hours": self._hours, "travel": self._travel, "licences": self._licences,
            "adjustments": self._adjustments, "time": self._time,
        }  # fmt: skip
        return tuple(Change(*option, rule) for rule in rules for option in options[rule](pair))

    def _form(self, pair: int) -> Options:
        forms = codes(_at(self.pairs.offered.traits, pair), FORM_BITS)
        asked = codes(_at(self.pairs.wanted.form, pair), FORM_BITS)
        return (*([("company", "employment_form", forms)] if forms else []), ("citizen", "forms", asked))

    def _hours(self, pair: int) -> Options:
        asked = _at(self.pairs.wanted.least, pair) / 100, _at(self.pairs.wanted.most, pair) / 100
        can = _at(self.pairs.offered.least, pair) / 100, _at(self.pairs.offered.most, pair) / 100
        if can[1] < asked[0]:
            return ("company", "weekly_hours_min", can[1]), ("citizen", "weekly_hours_max", asked[0])
        return ("company", "weekly_hours_max", can[0]), ("citizen", "weekly_hours_min", asked[1])

    def _travel(self, pair: int) -> Options:
        which = np.array([pair])
        km = float(self.pairs.around.km[self.pairs.places(which)[0]])
        # A protected address must not be told by how far away it is.
        if math.isinf(km) or self.pairs.hidden(which)[0]:
            return ()
        return (("citizen", "travel_km_max", math.ceil(km)),)

    def _licences(self, pair: int) -> Options:
        lacking = codes(_at(self.pairs.wanted.licences, pair) & ~_at(self.pairs.offered.traits, pair), LICENCE_BITS)
        return ("citizen", "licences", lacking), ("company", "licences", lacking)

    def _adjustments(self, pair: int) -> Options:
        unmet = codes(_at(self.pairs.wanted.refused, pair) & _at(self.pairs.offered.traits, pair), NEED_BITS)
        return (("company", "adjustments", unmet),)

    def _time(self, pair: int) -> Options:
        met, moved, freed = self._time_of[pair]
        return (
            *([("company", "windows", moved)] if moved else []),
            *([("company", "days_required", met)] if met else []),
            *([("citizen", "availability", freed)] if freed else []),
        )


def _at(column: Ints, pair: int) -> int:
    return int(column[pair if len(column) > 1 else 0])
