"""Openings and people side by side: one opening against many people, or many openings against one person."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from services.matching.engine import places
from services.matching.engine.facts import Opening
from services.matching.engine.packing import FORM_BITS, KNOWN_BITS, LICENCE_BITS, NEED_BITS, Ints, bits, hundredths
from services.matching.engine.people import HIDDEN, SEEN, People, title_number
from services.matching.engine.places import Surroundings
from services.matching.engine.times import LANES, Layers, Work
from services.matching.rules import week

HEAVY = "no_heavy_lifting"


class Wanted:
    """What openings ask for: a column for each field, a row for each opening. `refused` are needs not met there.

    `first` and `last` are the minutes between which there is work on any day; `full` where no mentor has room.
    """

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
        worked = [[day for day in one.windows.days if day] for one in openings]
        self.first = np.array([min(map(week.first_minute, days), default=0) for days in worked], np.int16)
        self.last = np.array([max(map(week.last_minute, days), default=0) for days in worked], np.int16)
        self.heavy = _words([NEED_BITS[HEAVY] * one.lifting for one in openings])
        self.danish = _words([KNOWN_BITS["danish"].get(one.danish_level or "", 0) for one in openings])
        self.shifts = _words([bits(one.shifts, KNOWN_BITS["shifts"]) for one in openings])
        self.full = np.array([one.mentor_room is not None and one.mentor_room <= 0 for one in openings], np.bool_)

    def known(self, factor: str) -> Ints:
        """The bits that a factor asks about, for each opening."""
        return _words([bits(getattr(one, factor), KNOWN_BITS[factor]) for one in self.openings])


def _words(masks: list[int]) -> Ints:
    return np.array(masks, np.uint64)


class Offered:
    """What these rows of the index offer; one row `alone` fits many openings."""

    def __init__(self, people: People, rows: Ints, *, alone: bool = False) -> None:
        self.people, self.rows = people, rows
        self.traits = people.columns["traits"].take(rows)
        hours = people.columns["hours"].take(rows, axis=0)
        self.least, self.most = hours[:, 0], hours[:, 1]
        self.about = people.columns["about"].take(rows, axis=0)
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
        hidden: Ints = (self.column("flags", which) & HIDDEN) > 0
        return hidden

    def seen(self, which: Ints) -> Ints:
        """True where a list showed the person lately."""
        seen: Ints = (self.column("flags", which) & SEEN) > 0
        return seen

    def brought(self, which: Ints) -> Ints:
        """True where attention may bring the person forward: here, or anywhere as nobody has looked yet."""
        people = self.offered.people
        if not self.one_opening:
            row = int(self.offered.rows[0])
            alone = people.id_of(row)
            told = [one.brought is None or alone in one.brought for one in self.wanted.openings]
            return np.array(told, np.bool_)[which]
        who = self.wanted.openings[0].brought
        return np.ones(len(which), np.bool_) if who is None else np.isin(self.rows(which), people.rows_of(who))

    def column(self, what: str, which: Ints) -> Ints:
        """One of the people's columns."""
        values: Ints = self.offered.people.columns[what].take(self.rows(which))
        return values

    def limits(self, which: Ints) -> Ints:
        """Between when they get about, as a free stretch of every day; one row where there is one person."""
        about = self.offered.about[which] if self.one_opening else self.offered.about
        return np.repeat(about * np.array([-1, 1], np.int16), LANES, axis=1)

    def free(self, which: Ints) -> Layers:
        """When these pairs' people are free; one row where there is one person."""
        if not self.one_opening:
            return self.offered.free
        return self.offered.people.free(self.rows(which))

    def work(self, which: Ints) -> Work:
        """When these pairs' openings have work; one row where there is one opening."""
        return self.wanted.work if self.one_opening else self.wanted.work.only(which)
