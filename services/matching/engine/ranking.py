"""The list of people for a need, and of needs for a person: who fits in what order, who nearly, and who not."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from uuid import UUID

import numpy as np

from services.matching.engine.changes import Changes
from services.matching.engine.facts import CHECKED, Candidate, Opening, Ranked, Ranking, Stamp
from services.matching.engine.packing import Ints
from services.matching.engine.people import HALF, People
from services.matching.engine.places import MOST_KM, Surroundings, number_of, surroundings
from services.matching.engine.points import Scales, points
from services.matching.engine.rules import Failures, failures, lacks_little
from services.matching.engine.sides import Offered, Pairs, Wanted
from services.matching.engine.ties import best
from services.matching.rules.catalogue import Place

LeftOut = Mapping[str, Collection[UUID]]
NOBODY: LeftOut = {}
# The high and the low halves of the ids of some pairs.
Ids = Callable[[Ints], tuple[Ints, Ints]]


def rank(
    opening: Opening, people: People, scales: Scales, *, salt: str, most: int, left_out: LeftOut = NOBODY
) -> Ranking:
    """The people for a need. Near misses are those who fail one hard rule only, and not by far.

    `left_out` names, for each reason, those who are counted and not listed whatever they fit. `most` are listed of
    those who fit and of those who nearly do.
    """
    around = _around(opening.place, scales)
    skipped = {reason: people.rows_of(who) for reason, who in left_out.items()}
    rows, beyond = people.near(around)
    out = np.unique(np.concatenate(list(skipped.values()))) if skipped else np.zeros(0, np.intp)
    if len(out) or people.dead:
        looked_at = people.columns["flags"] > 0
        looked_at[out] = False
        kept = looked_at[rows]
        rows, beyond = rows[kept], beyond[kept]
    counts = Counter({reason: len(found) for reason, found in skipped.items()})
    counts["travel"] = len(people) - len(out) - len(rows)
    pairs = Pairs(Wanted([opening]), Offered(people, rows), around, beyond)
    high, low = people.columns["id_high"], people.columns["id_low"]
    return _ranking(
        pairs, scales, counts, lambda which: (high.take(rows[which]), low.take(rows[which])), salt=salt, most=most
    )


def rank_needs(candidate: Candidate, openings: Sequence[Opening], scales: Scales, *, salt: str, most: int) -> Ranking:
    """The needs for a person, by the same rules and points; none for one who does not consent."""
    around, limit = _around(candidate.place, scales), min(candidate.travel_km_max, MOST_KM)
    near = [one for one in openings if limit >= around.near_limit[number_of(one.place)]] if candidate.consent else []
    if not near:
        return Ranking(0, (), (), {"travel": len(openings)} if openings else {})
    wanted, people = Wanted(near), People([(candidate, Stamp(0, 0))])
    pairs = Pairs(
        wanted, Offered(people, np.zeros(1, np.intp), alone=True), around, around.limit[wanted.places] > limit
    )
    high, low = (
        np.array(half, np.uint64) for half in zip(*(divmod(one.need_id.int, 1 << HALF) for one in near), strict=True)
    )
    counts = Counter({"travel": len(openings) - len(near)})
    return _ranking(pairs, scales, counts, lambda which: (high[which], low[which]), salt=salt, most=most)


def judge(opening: Opening, candidate: Candidate, scales: Scales) -> Ranked:
    """One candidate alone: points, and every hard rule that fails; without consent nothing else is looked at."""
    around, people = _around(opening.place, scales), People([(candidate, Stamp(0, 0))])
    row = np.zeros(1, np.intp)
    beyond = around.limit[people.places(row)] > min(candidate.travel_km_max, MOST_KM)
    pairs = Pairs(Wanted([opening]), Offered(people, row, alone=True), around, beyond)
    missed = [rule for rule, failed in zip(CHECKED, failures(pairs).each, strict=True) if failed[0]]
    known = {code: _known(int(part[0])) for code, part in points(pairs, row, scales).items()}
    score = sum(part or 0 for part in known.values())
    return Ranked(candidate.citizen_id, score, known, tuple(missed) if candidate.consent else ("consent",))


def _around(place: Place | None, scales: Scales) -> Surroundings:
    way = scales.weight("distance"), scales.distance_scale.value, scales.near_travel_percent.value
    return surroundings(place, *way)


def _ranking(pairs: Pairs, scales: Scales, counts: Counter[str], ids: Ids, *, salt: str, most: int) -> Ranking:
    failed = failures(pairs)
    for rule, who in zip(CHECKED, failed.each, strict=True):
        counts[rule] += int(np.count_nonzero(who))
    fitting, one = np.flatnonzero(failed.number == 0), np.flatnonzero(failed.number == 1)
    which = np.concatenate((fitting, one[lacks_little(pairs, one)]))
    if not len(which):
        return Ranking(0, (), (), dict(sorted((+counts).items())))
    keys, parts = ids(which), points(pairs, which, scales)
    score = np.add.reduce([np.maximum(part, 0) for part in parts.values()])
    split = len(fitting)
    first = best(score[:split], (keys[0][:split], keys[1][:split]), salt, most)
    nearly = best(score[split:], (keys[0][split:], keys[1][split:]), salt, most) + split
    missed = _missed(failed, which[nearly])
    changes = Changes(pairs, which[nearly].tolist(), missed)
    helps = [changes.of(pair, rule) for pair, rule in zip(which[nearly].tolist(), missed, strict=True)]
    listed = _listed(keys, score, parts, np.concatenate((first, nearly)))
    fits = [Ranked(*one) for one in listed[: len(first)]]
    near = [Ranked(*one, (rule,), help_) for one, rule, help_ in zip(listed[len(first) :], missed, helps, strict=True)]
    return Ranking(split, tuple(fits), tuple(near), dict(sorted((+counts).items())))


def _missed(failed: Failures, which: Ints) -> list[str]:
    """The one rule that each of these fails."""
    if not len(which):
        return []
    return [CHECKED[rule] for rule in np.array([who[which] for who in failed.each]).argmax(axis=0)]


def _listed(
    keys: tuple[Ints, Ints], score: Ints, parts: Mapping[str, Ints], which: Ints
) -> list[tuple[UUID, int, dict[str, int | None]]]:
    high, low, total = (column[which].tolist() for column in (*keys, score))
    rows = np.array([part[which] for part in parts.values()]).T.tolist()
    points_of = [dict(zip(parts, map(_known, row), strict=True)) for row in rows]
    ids = [UUID(int=upper << HALF | lower) for upper, lower in zip(high, low, strict=True)]
    return list(zip(ids, total, points_of, strict=True))


def _known(value: int) -> int | None:
    return None if value < 0 else value
