"""Points by named factor, in whole thousandths, so that the parts sum to the score exactly. -1 where unknown."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from services.matching.engine.facts import FACTORS, Opening
from services.matching.engine.packing import KNOWN_BITS, Ints, summed
from services.matching.engine.people import UNKNOWN_TITLE
from services.matching.engine.rules import at
from services.matching.engine.sides import Pairs
from services.matching.engine.times import spare_minutes
from services.matching.rules.catalogue import nearness
from services.matching.vocabulary import related
from shared.occupations import occupations
from shared.policy import Policy, Row

MOST_SKILLS = 1 << 16


@dataclass(frozen=True, eq=False)
class Scales:
    """The dated rows that points are given by on a day."""

    weights: dict[str, Row]
    occupation_percent: Row
    related_percent: Row
    distance_scale: Row
    hidden_distance_percent: Row
    flexibility_scale: Row
    near_travel_percent: Row
    attention_days: Row
    attention_planned: Row
    day: date

    @classmethod
    def of(cls, policy: Policy, day: date) -> "Scales":
        """Those in force; raises NotConfigured."""
        return cls(
            day=day,
            attention_days=policy.row("match.attention_days", day),
            attention_planned=policy.row("match.attention_planned", day),
            weights={code: policy.row("match.weight", day, code) for code in FACTORS},
            occupation_percent=policy.row("match.occupation_percent", day),
            related_percent=policy.row("match.related_percent", day),
            distance_scale=policy.row("match.distance_scale", day),
            hidden_distance_percent=policy.row("match.protected_distance_percent", day),
            flexibility_scale=policy.row("match.flexibility_scale", day),
            near_travel_percent=policy.row("match.near_miss_travel_percent", day),
        )

    def names(self, opening: Opening) -> tuple[str, ...]:
        """How a decision on the need cites them."""
        weights = [row for code, row in self.weights.items() if opening.asks(code)]
        others = (
            self.occupation_percent, self.related_percent, self.distance_scale, self.hidden_distance_percent,
            self.flexibility_scale, self.near_travel_percent, self.attention_days,
        )  # fmt: skip
        planned = () if opening.brought is None else (self.attention_planned,)
        return tuple(row.name for row in (*weights, *others, *planned))

    @property
    def lately(self) -> tuple[date, date]:
        """The days on which whoever was shown was shown lately: from the first, and before the second.

        Today is not among them, so that a list is the same however often it is looked at.
        """
        return self.day - timedelta(days=self.attention_days.value), self.day

    @property
    def nearness(self) -> "Nearness":
        """What the occupation factor goes by."""
        least, most = self.related_percent.value
        return Nearness(self.weight("occupation"), tuple(self.occupation_percent.value), least, most)

    def weight(self, factor: str) -> int:
        """The most points a factor gives."""
        return int(self.weights[factor].value)


class Nearness(NamedTuple):
    """How two titles' nearness gives points: percent by shared ISCO-08 digits, or by likeness of what both ask for.

    A likeness of `related_from` per cent gives nothing, one of 100 gives `related_most` per cent.
    """

    weight: int
    percents: tuple[int, ...]
    related_from: int
    related_most: int

    def by_group(self, level: int) -> int:
        """Points for what `nearness` says."""
        return self.weight * self.percents[level] // 100

    def by_skills(self, likeness: Ints) -> Ints:
        """Points for likeness in 255ths."""
        above = np.maximum(100 * likeness.astype(np.int64) - self.related_from * related.WHOLE, 0)
        return self.weight * self.related_most * above // (100 * (100 - self.related_from) * related.WHOLE)

    def points_alike(self, likeness: float) -> int:
        """The same for one likeness, from 0 to 1."""
        return int(self.by_skills(np.array(round(likeness * related.WHOLE)))[()])


def points(pairs: Pairs, which: Ints, scales: Scales) -> dict[str, Ints]:
    """Points of these pairs by factor; without those that no need asks about."""
    asked = {code for code in FACTORS if any(one.asks(code) for one in pairs.wanted.openings)}
    given: dict[str, Callable[[Pairs, Ints, Scales], Ints]] = {
        "occupation": _occupation, "skills": _skills, "familiar": _familiar, "distance": _distance, "hours": _hours,
        "growth": _growth, "flexibility": _flexibility, "attention": _attention,
    }  # fmt: skip
    return {
        code: given[code](pairs, which, scales) if code in given else _shared(code, pairs, which, scales)
        for code in FACTORS if code in asked
    }  # fmt: skip


@lru_cache(maxsize=2048)
def nearness_points(title: int, scale: Nearness) -> Ints:
    """Points by number of the other title; the same whichever of the two is wished for and which is offered."""
    known = list(occupations())
    if title == UNKNOWN_TITLE:
        return np.zeros(UNKNOWN_TITLE + 1, np.int16)
    by_group = np.array([scale.by_group(nearness(known[title], other)) for other in known], np.int16)
    return np.append(np.maximum(by_group, scale.by_skills(related.table()[title])), 0).astype(np.int16)


def _occupation(pairs: Pairs, which: Ints, scales: Scales) -> Ints:
    scale = scales.nearness
    if pairs.one_opening:
        values, bounds = pairs.offered.people.occupations.take(pairs.rows(which))
        table = nearness_points(int(pairs.wanted.titles[0]), scale)
        return summed(table.take(values), bounds, np.maximum, -1)
    wished, _bounds = pairs.offered.people.occupations.take(pairs.offered.rows)
    titles = pairs.wanted.titles[which]
    each = [nearness_points(int(title), scale).take(titles) for title in wished]
    return np.max(each, axis=0) if each else np.full(len(which), -1, np.int16)


def _skills(pairs: Pairs, which: Ints, scales: Scales) -> Ints:
    weight = scales.weight("skills")
    if pairs.one_opening:
        asked = pairs.wanted.openings[0].skills
        values, bounds = pairs.offered.people.skills.take(pairs.rows(which))
        wished = np.zeros(MOST_SKILLS, np.int8)
        wished[list(asked)] = 1
        met = summed(wished.take(values), bounds, np.add, -1)
        return np.where(met < 0, -1, weight * met // len(asked))
    has = set(pairs.offered.people.skills.take(pairs.offered.rows)[0].tolist())
    each = (pairs.wanted.openings[number].skills for number in which)
    return np.array([weight * len(asked & has) // max(1, len(asked)) if has else -1 for asked in each], np.int32)


def _shared(code: str, pairs: Pairs, which: Ints, scales: Scales) -> Ints:
    """How much of what the need asks about somebody is known to have; one of their own wishes met is enough."""
    asked, every = at(pairs.wanted.known(code), which), np.uint64(sum(KNOWN_BITS[code].values()))
    having = pairs.column("known", which) & every
    met = np.bitwise_count(having & asked).astype(np.int32)
    share = scales.weight(code) * met // np.maximum(np.bitwise_count(asked), 1)
    given = scales.weight(code) * np.minimum(met, 1) if code == "offers" else share
    return np.where((having == 0) | (asked == 0), -1, given)


def _familiar(pairs: Pairs, which: Ints, scales: Scales) -> Ints:
    people, rows = pairs.offered.people, pairs.rows(which)
    if pairs.one_opening:
        known = np.isin(rows, people.rows_of(pairs.wanted.openings[0].familiar))
    else:
        here = [len(people.rows_of(one.familiar)) > 0 for one in pairs.wanted.openings]
        known = np.array(here, np.bool_)[which]
    given: Ints = np.where(known, scales.weight("familiar"), 0)
    return given


def _distance(pairs: Pairs, which: Ints, scales: Scales) -> Ints:
    hidden_points = scales.weight("distance") * scales.hidden_distance_percent.value // 100
    return np.where(pairs.hidden(which), hidden_points, pairs.around.points.take(pairs.places(which)))


def _growth(pairs: Pairs, which: Ints, scales: Scales) -> Ints:
    """How much of the planned hours the need has room for; by the last step alone, so that hours now do not matter."""
    planned = pairs.column("planned", which).astype(np.int32)
    room = np.minimum(planned, at(pairs.wanted.most, which))
    given: Ints = np.where(planned < 0, -1, scales.weight("growth") * room // np.maximum(planned, 1))
    return given


def _flexibility(pairs: Pairs, which: Ints, scales: Scales) -> Ints:
    weight, full = scales.weight("flexibility"), 60 * scales.flexibility_scale.value
    minutes = spare_minutes(pairs.work(which), pairs.offered.people.free(pairs.rows(which)), len(which))
    given: Ints = np.minimum(weight, weight * minutes // full)
    return given


def _attention(pairs: Pairs, which: Ints, scales: Scales) -> Ints:
    planned = [one.brought is not None for one in pairs.wanted.openings]
    given = np.where(planned, scales.attention_planned.value, scales.weight("attention")).astype(np.int16)
    return np.where(pairs.brought(which) & ~pairs.seen(which), at(given, which), 0)


def _hours(pairs: Pairs, which: Ints, scales: Scales) -> Ints:
    # All or nothing: graded by width, somebody who can do fewer hours would stand behind, or wider wishes would hurt.
    wanted, offered, weight = pairs.wanted, pairs.offered, scales.weight("hours")
    least = np.maximum(at(wanted.least, which), at(offered.least, which))
    return np.where(least <= np.minimum(at(wanted.most, which), at(offered.most, which)), weight, 0)
