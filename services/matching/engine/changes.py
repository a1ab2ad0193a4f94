"""What would make a near miss fit: the smallest change, on either side, of each rule that fails."""

import math
from collections.abc import Callable, Sequence

import numpy as np

from services.matching.engine.facts import Change
from services.matching.engine.packing import (
    FORM_BITS,
    KNOWN_BITS,
    LICENCE_BITS,
    NEED_BITS,
    Ints,
    codes,
    danish_level,
)
from services.matching.engine.shifts import time_changes
from services.matching.engine.sides import Pairs
from services.matching.rules.week import clock_time

Value = int | float | tuple[str, ...]
Options = tuple[tuple[str, str, Value], ...]


class Changes:
    """What would help these pairs, each of which fails the rules beside it."""

    def __init__(self, pairs: Pairs, which: Sequence[int], rules: Sequence[tuple[str, ...]]) -> None:
        self.pairs = pairs
        late = [(pair, "transport" in missed and "time" in missed) for pair, missed in zip(which, rules, strict=True)
                if not {"time", "transport"}.isdisjoint(missed)]  # fmt: skip
        pairs_late = np.array([pair for pair, _both in late], np.intp)
        self._both = {pair for pair, both in late if both}
        both_fail = np.array([both for _pair, both in late], np.bool_)
        found = time_changes(pairs, pairs_late, both_fail) if late else []
        self._time_of = dict(zip(pairs_late.tolist(), found, strict=True))
        self._ways: dict[str, Callable[[int], Options]] = {
            "form": self._form, "hours": self._hours, "travel": self._travel, "licences": self._licences,
            "adjustments": self._adjustments, "time": self._time, "transport": self._transport,
            "danish": self._danish, "lifting": self._lifting, "shifts": self._shifts, "mentor": self._mentor,
        }  # fmt: skip

    def of(self, pair: int, rules: Sequence[str]) -> tuple[Change, ...]:
        """The changes for one of them: for each rule any one is enough; none where nothing small is."""
        return tuple(Change(*option, rule) for rule in rules for option in self._ways[rule](pair))

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
            *([("company", "windows", moved)] if moved and pair not in self._both else []),
            *([("company", "days_required", met)] if met else []),
            *([("citizen", "availability", freed)] if freed else []),
        )

    def _transport(self, pair: int) -> Options:
        first, last = _at(self.pairs.wanted.first, pair), _at(self.pairs.wanted.last, pair)
        about = self.pairs.offered.about[pair if len(self.pairs.offered.about) > 1 else 0].tolist()
        ways: Options = (
            ("citizen", "gets_about", (clock_time(min(about[0], first)), clock_time(max(about[1], last)))),
        )
        if pair in self._both:
            return ways
        met, moved, _freed = self._time_of[pair]
        return (
            *([("company", "windows", moved)] if moved else []),
            *([("company", "days_required", met)] if met else []),
            *ways,
        )

    def _danish(self, pair: int) -> Options:
        asked = codes(_at(self.pairs.wanted.danish, pair), KNOWN_BITS["danish"])
        return ("company", "danish_level", (danish_level(self._known(pair)),)), ("citizen", "danish_level", asked)

    def _lifting(self, _pair: int) -> Options:
        return (("company", "lifting", 0),)

    def _shifts(self, pair: int) -> Options:
        refused = codes(_at(self.pairs.wanted.shifts, pair) & self._known(pair), KNOWN_BITS["shifts"])
        return ("company", "shifts", refused), ("citizen", "shifts", refused)

    def _mentor(self, _pair: int) -> Options:
        return (("company", "mentor_room", 1),)

    def _known(self, pair: int) -> int:
        return int(self.pairs.column("known", np.array([pair]))[0])


def _at(column: Ints, pair: int) -> int:
    return int(column[pair if len(column) > 1 else 0])
