"""A whole office: everybody given a place at once, and whom many lists never show. All of it invented."""

import time
from dataclasses import replace
from random import Random
from typing import NamedTuple

import numpy as np

from benchmarks.invented import STAMP, Invented
from services.matching.engine import plan
from services.matching.engine.attention import Listed, brought_forward, worth
from services.matching.engine.facts import Opening
from services.matching.engine.packing import Ints
from services.matching.engine.people import People
from services.matching.engine.plan import Fairness, Vacancy
from services.matching.engine.points import Scales
from services.matching.engine.ranking import fitting
from services.matching.engine.ties import best
from services.matching.rules.catalogue import km_between, place, places
from services.matching.use_cases import POLICY

PEOPLE, NEEDS, SEATS, AROUND_KM = 3_000, 400, (1, 1, 2, 2, 3, 4, 5), 12
LISTS, A_DAY, SHOWN = 20_000, 400, 20


def measure_plan(scales: Scales) -> dict[str, float]:
    """A municipality of 3,000 people and 400 needs with seats, all within twelve kilometres of Herlev."""
    chance = Random(20)
    near = [point for point in places().values() if km_between(point, place("2730")) < AROUND_KM]
    people = [replace(one, place=chance.choice(near)) for one in Invented(chance).candidates(PEOPLE)]
    needs = [replace(one, place=chance.choice(near)) for one in Invented(chance).openings(NEEDS)]
    index, vacancies = People((one, STAMP) for one in people), [Vacancy(one, chance.choice(SEATS)) for one in needs]
    half = Fairness(100, [one.citizen_id for one in people[::2]])
    whole, solved = list[float](), list[float]()
    for _round in range(5):
        began = time.perf_counter()
        found = plan.planned(vacancies, index, scales, half, aim=plan.POINTS, salt="benchmark")
        whole.append(time.perf_counter() - began)
    office = plan.laid_out(vacancies, index, scales, half, "benchmark")
    for _round in range(5):
        began = time.perf_counter()
        given = plan.best_places(office, plan.POINTS)
        solved.append(time.perf_counter() - began)
    points, people_first = found.sums[plan.POINTS], found.sums[plan.PEOPLE]
    greedy = _greedy(office.edges, office.seats)
    return {
        "matching.plan_optimum_ms": round(min(solved) * 1000, 1),
        "matching.plan_whole_s": round(min(whole), 3),
        "matching.plan_pairs": sum(map(len, office.edges)),
        "matching.plan_placed": points.people,
        "matching.plan_placed_most_people": people_first.people,
        "matching.plan_points_most_people_share": round(people_first.points / points.points, 4),
        "peer.greedy_placed": sum(place_ >= 0 for place_ in greedy),
        "peer.greedy_points_share": round(_worth(office.edges, greedy) / _worth(office.edges, given), 4),
    }


def _greedy(edges: list[list[tuple[int, int]]], seats: list[int]) -> list[int]:
    """The best pair first, then the best of what is left."""
    left, given = list(seats), [-1] * len(edges)
    pairs = sorted(((-value, person, at) for person, own in enumerate(edges) for at, value in own))
    for _value, person, at in pairs:
        if given[person] < 0 and left[at]:
            given[person], left[at] = at, left[at] - 1
    return given


def _worth(edges: list[list[tuple[int, int]]], given: list[int]) -> int:
    return sum(dict(own)[at] for own, at in zip(edges, given, strict=True) if at >= 0)


class _List(NamedTuple):
    rows: Ints
    score: Ints
    ids: tuple[Ints, Ints]
    day: int


def measure_attention(people: People, scales: Scales) -> dict[str, float]:
    """20,000 lists of twenty: by score alone, with the needs open at once and looked over in a night, and with one
    need after the other over fifty days, each with points for whoever was on none lately.
    """
    people.see(())
    alone = _lists(people, Invented(Random(7)).openings(LISTS), scales)
    fitting_somewhere = np.unique(np.concatenate([one.rows for one in alone]))
    plain = _shown(alone, people.held, 0, 0)
    fair = _shown(alone, people.held, scales.weight("attention"), scales.attention_days.value)
    known = _known(alone, people.held, scales)
    return {
        "matching.attention_shown": round(float(known[0][fitting_somewhere].mean()), 3),
        "matching.attention_list_value": round(known[1] / plain[1], 4),
        "matching.attention_shown_unplanned": round(float(fair[0][fitting_somewhere].mean()), 3),
        "matching.attention_list_value_unplanned": round(fair[1] / plain[1], 4),
        "peer.plain_shown": round(float(plain[0][fitting_somewhere].mean()), 3),
    }


def _lists(people: People, openings: list[Opening], scales: Scales) -> list[_List]:
    everybody = people.columns["flags"][: people.held] > 0
    found = []
    for number, opening in enumerate(openings):
        rows, total = fitting(opening, people, scales, everybody)
        ids = people.columns["id_high"].take(rows), people.columns["id_low"].take(rows)
        found.append(_List(rows, total - scales.weight("attention"), ids, number // A_DAY))
    return found


def _shown(lists: list[_List], people: int, weight: int, days: int) -> tuple[Ints, float]:
    """Who was on a list, and the discounted score of all lists in the order they are shown."""
    last, today = np.full(people, -10_000), np.full(people, -10_000)
    ever, value, day = np.zeros(people, np.bool_), 0.0, 0
    for number, one in enumerate(lists):
        if one.day != day:
            last, day = np.maximum(last, today), one.day
        boosted = one.score + weight * (one.day - last[one.rows] > days)
        first = best(boosted, one.ids, f"list {number}", SHOWN)
        value += worth(one.score[first], SHOWN)
        ever[one.rows[first]], today[one.rows[first]] = True, one.day
    return ever, value


def _known(lists: list[_List], people: int, scales: Scales) -> tuple[Ints, float]:
    """As `_shown`, where the night's look knew them all."""
    told, weight = [Listed(one.rows, one.score) for one in lists], scales.attention_planned.value
    percent = POLICY.row("match.attention_percent", scales.day).value
    brought = brought_forward(told, np.zeros(people, np.bool_), most=SHOWN, weight=weight, percent=percent)
    ever, value = np.zeros(people, np.bool_), 0.0
    for number, (one, rows) in enumerate(zip(lists, brought, strict=True)):
        first = best(one.score + weight * np.isin(one.rows, rows), one.ids, f"list {number}", SHOWN)
        value += worth(one.score[first], SHOWN)
        ever[one.rows[first]] = True
    return ever, value
