"""Openings and people side by side: one opening against many people, or many openings against one person."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from services.matching.engine import places
from services.matching.engine.facts import Opening
from services.matching.engine.packing import FORM_BITS, LICENCE_BITS, NEED_BITS, Ints, bits, hundredths
from services.matching.engine.people import HIDDEN, SEEN, People, title_number
from services.matching.engine.places import Surroundings
from services.matching.engine.times import Work


class Wanted:
    """What openings ask for: a column for each field, a row for each opening. `refused` are needs not met there."""

    def __init__(self, openings: Sequence[Opening]) -> None:
        self.openings = openings
        self.form = _words([FORM_BITS[one.employment_form] for one in openings])
        self.licences = _words([bits(one.licences, LICENCE_BITS) for one in openings])
        self.refused = _words([bits(NEED_BITS.keys() - one.adjustments, NEED_BITS) for one in openings])
        self.least = np.array([hundredths(one.weekly_hours_min) for one in openings], np.int16)
        self.most = np.array([hundredths(one.weekly_hours_max) for one in openings], np.int16)
        self.places = np.array([places.number_of(one.place) for one in openings], np.intp)
        self.titles = np.array([title_number(one.occupation) for one in openings], np.intp)
        self.work = Work.of(openings)


def _words(masks: list[int]) -> Ints:
    return np.array(masks, np.uint64)


class Offered:
    """What these rows of the index offer; one row `alone` fits many openings."""

    def __init__(self, people: People, rows: Ints, *, alone: bool = False) -> None:
        self.people, self.rows = people, rows
        self.traits = people.columns["traits"].take(rows)
        hours = people.columns["hours"].take(rows, axis=0)
        self.least, self.most = hours[:, 0], hours[:, 1]
        self.free = people.free(rows)
        if alone:
            self.free = [(slice(None), stretches) for _where, stretches in self.free if len(stretches)]


@dataclass(frozen=True, eq=False)
class Pairs:
    """Many people for one opening, or many openings for one person.

    `around` is seen from the one, `beyond` is true where it is too far.
    """

    one_opening: bool
    wanted: Wanted
    offered: Offered
    around: Surroundings
    beyond: Ints

    def rows(self, which: Ints) -> Ints:
        """The index's rows of these pairs."""
        return self.offered.rows[which] if self.one_opening else np.repeat(self.offered.rows, len(which))

    def places(self, which: Ints) -> Ints:
        """The numbers of the places at the far end."""
        return self.offered.people.places(self.rows(which)) if self.one_opening else self.wanted.places[which]

    def hidden(self, which: Ints) -> Ints:
        """True where the person's address is protected."""
        return self._flagged(which, HIDDEN)

    def seen(self, which: Ints) -> Ints:
        """True where a list showed the person lately."""
        return self._flagged(which, SEEN)

    def _flagged(self, which: Ints, flag: int) -> Ints:
        flagged: Ints = (self.offered.people.columns["flags"].take(self.rows(which)) & flag) > 0
        return flagged

    def work(self, which: Ints) -> Work:
        """When these pairs' openings have work; one row where there is one opening."""
        return self.wanted.work if self.one_opening else self.wanted.work.only(which)
