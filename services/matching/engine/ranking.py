"""The list of people for a need, and of needs for a person: who fits in what order, who nearly, and who not."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from uuid import UUID

import numpy as np

from services.matching.engine.changes import Changes
from services.matching.engine.facts import CHECKED, Candidate, Change, Opening, Ranked, Ranking, Stamp
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
# Where one who nearly fits stands, the rules that fail, and what would help.
Near = tuple[int, tuple[str, ...], tuple[Change, ...]]
# The high and the low halves of the ids of some pairs.
Ids = Callable[[Ints], tuple[Ints, Ints]]


def rank(
    opening: Opening, people: People, scales: Scales, *, salt: str, most: int, left_out: LeftOut = NOBODY
) -> Ranking:
    """The people for a need. Near misses fail one hard rule only, and not by far; while there is room, two as well.

    `left_out` names, for each reason, those who are counted and not listed whatever they fit. `most` are listed of
    those who fit and of those who nearly do. Whom "attention" brought onto the list stands there by the other factors.
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
    pairs = Pairs(True, Wanted([opening]), Offered(people, rows), around, beyond)
    high, low = people.columns["id_high"], people.columns["id_low"]
    return _ranking(
        pairs, scales, counts, lambda which: (high.take(rows[which]), low.take(rows[which])), salt=salt, most=most
    )


def fitting(opening: Opening, people: People, scales: Scales, among: Ints) -> tuple[Ints, Ints]:
    """The rows of all who fit a need, of those that `among` says, and their scores; nobody is explained."""
    around = _around(opening.place, scales)
    rows, beyond = people.near(around)
    rows = rows[~beyond & among[rows]]
    pairs = Pairs(True, Wanted([opening]), Offered(people, rows), around, np.zeros(len(rows), np.bool_))
    which = np.flatnonzero(failures(pairs).number == 0)
    return rows[which], _score(points(pairs, which, scales)) if len(which) else np.zeros(0, np.int16)


def _score(parts: Mapping[str, Ints]) -> Ints:
    total: Ints = np.add.reduce([np.maximum(part, 0) for part in parts.values()])
    return total


def rank_needs(candidate: Candidate, openings: Sequence[Opening], scales: Scales, *, salt: str, most: int) -> Ranking:
    """The needs for a person, by the same rules and points; none for one who does not consent."""
    around, limit = _around(candidate.place, scales), min(candidate.travel_km_max, MOST_KM)
    near = [one for one in openings if limit >= around.near_limit[number_of(one.place)]] if candidate.consent else []
    if not near:
        return Ranking(0, (), (), {"travel": len(openings)} if openings else {})
    wanted, people = Wanted(near), People([(candidate, Stamp(0, 0))])
    alone = Offered(people, np.zeros(1, np.intp), alone=True)
    pairs = Pairs(False, wanted, alone, around, around.limit[wanted.places] > limit)
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
    pairs = Pairs(True, Wanted([opening]), Offered(people, row, alone=True), around, beyond)
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
    which = np.concatenate(groups := _groups(pairs, failed, most))
    if not len(which):
        return Ranking(0, (), (), dict(sorted((+counts).items())))
    keys, parts = ids(which), points(pairs, which, scales)
    score = _score(parts)
    split, one = np.cumsum([len(group) for group in groups[:2]]).tolist()
    first, nearly, twice = (
        best(score[part], (keys[0][part], keys[1][part]), salt, room) + part.start
        for part, room in ((slice(0, split), most), (slice(split, one), most), (slice(one, len(which)), len(which)))
    )
    # Attention says who stands on the list, not where: in its order they fit as well as they fit.
    first = first[np.argsort(parts["attention"][first] - score[first], kind="stable")]
    near = _near(pairs, failed, which, nearly, most)
    near += _near(pairs, failed, which, twice, most - len(near))
    listed = _listed(keys, score, parts, np.concatenate((first, np.array([place for place, *_told in near], np.intp))))
    fits = [Ranked(*one) for one in listed[: len(first)]]
    nears = [Ranked(*one, rules, helps) for one, (_place, rules, helps) in zip(listed[len(first) :], near, strict=True)]
    return Ranking(split, tuple(fits), tuple(nears), dict(sorted((+counts).items())))


def _groups(pairs: Pairs, failed: Failures, most: int) -> list[Ints]:
    """Who fits, who fails one rule and not by far, and, where those are few, who fails two."""
    fitting, one = np.flatnonzero(failed.number == 0), np.flatnonzero(failed.number == 1)
    groups = [fitting, one[lacks_little(pairs, one)]]
    if len(groups[1]) < most:
        two = np.flatnonzero(failed.number == 2)
        groups.append(two[lacks_little(pairs, two)])
    return groups


def _near(pairs: Pairs, failed: Failures, which: Ints, order: Ints, most: int) -> list[Near]:
    """The first of these; who fails two rules is left out unless something helps with both."""
    near: list[Near] = []
    begin, step = 0, most
    while len(near) < most and begin < len(order):
        places = order[begin : begin + step]
        missed = _missed(failed, which[places])
        changes = Changes(pairs, which[places].tolist(), missed)
        for place, pair, rules in zip(places.tolist(), which[places].tolist(), missed, strict=True):
            helps = changes.of(pair, rules)
            if len(rules) == 1 or {help_.rule for help_ in helps} == set(rules):
                near.append((place, rules, helps))
        begin, step = begin + step, 2 * step
    return near[:most]


def _missed(failed: Failures, which: Ints) -> list[tuple[str, ...]]:
    """The rules that each of these fails; all as many."""
    rules = np.nonzero(np.array([who[which] for who in failed.each]).T)[1].reshape(len(which), -1)
    return [tuple(CHECKED[rule] for rule in own) for own in rules.tolist()]


def _listed(
    keys: tuple[Ints, Ints], score: Ints, parts: Mapping[str, Ints], which: Ints
) -> list[tuple[UUID, int, dict[str, int | None]]]:
    high, low, total = (column[which].tolist() for column in (*keys, score))
    rows = np.array([part[which] for part in parts.values()]).T.tolist()
    points_of = [{code: part if part >= 0 else None for code, part in zip(parts, row, strict=True)} for row in rows]
    ids = [UUID(int=upper << HALF | lower) for upper, lower in zip(high, low, strict=True)]
    return list(zip(ids, total, points_of, strict=True))


def _known(value: int) -> int | None:
    return None if value < 0 else value
