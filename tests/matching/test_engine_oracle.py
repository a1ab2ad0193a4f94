"""The engine against a plain matcher, on random people and needs in any order."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from benchmarks.invented import STAMP, Invented
from services.matching.engine.facts import Candidate, Opening, Ranking
from services.matching.engine.people import People
from services.matching.engine.points import Scales
from services.matching.engine.ranking import judge, rank, rank_needs
from services.matching.rules.week import Week
from services.matching.use_cases import POLICY
from tests.matching import oracle

SCALES = Scales.of(POLICY, date(2026, 11, 2))
NEEDS, PEOPLE, MOST = 300, 400, 20


def crooked(chance: Random, week: Week) -> Week:
    """Some days with a break, some to the minute, some with three stretches."""
    days = []
    for day in week.days:
        start = chance.randint(300, 1300)
        hole = (1 << start + chance.randint(1, 90)) - (1 << start)
        days.append(chance.choice((day, day, day & ~hole, day | hole, day & ~hole & ~(hole >> 120))))
    return Week(tuple(days))  # type: ignore[arg-type]  # seven


def people(chance: Random) -> list[Candidate]:
    """Nobody knows where some live, what some can, or what they want to work with; addresses and hours are odd."""
    return [
        replace(
            one,
            availability=crooked(chance, one.availability),
            place=None if chance.random() < 0.03 else one.place,
            place_hidden=chance.random() < 0.1,
            skills=frozenset() if chance.random() < 0.2 else one.skills,
            occupations=() if chance.random() < 0.05 else one.occupations,
            weekly_hours_max=one.weekly_hours_max + chance.choice((0, 0.4, 7.4)),
            travel_km_max=one.travel_km_max * chance.choice((1, 4)),
            consent=chance.random() < 0.9,
            seen=chance.random() < 0.4,
            gets_about=(chance.randint(0, 600), chance.randint(700, 1440)) if chance.random() < 0.3 else one.gets_about,
        )
        for one in Invented(chance).candidates(PEOPLE)
    ]


def needs(chance: Random) -> list[Opening]:
    """Asked for in one go or to be filled, with odd windows, with skills or without; few of the rules are strict."""
    return [
        replace(
            one,
            windows=(week := crooked(chance, one.windows)),
            days_required=chance.randint(1, max(1, len(week.used_days()))),
            hours_per_day=chance.choice((None, 0.25, 2.55, 3.0)),
            skills=one.skills if chance.random() < 0.5 else frozenset(),
            adjustments=one.adjustments | frozenset(chance.sample(sorted(one.adjustments), 2)),
            mentor_room=chance.choice((None, None, 2, 1, 0)) if chance.random() < 0.3 else None,
        )
        for one in Invented(chance).openings(NEEDS)
    ]


def told(found: Ranking) -> tuple[object, ...]:
    """In the oracle's form."""
    fits = [(one.key, one.score, one.points) for one in found.fits]
    near = [(one.key, one.score, one.points, one.missed) for one in found.near_misses]
    return found.fitting, fits, near, found.excluded


@pytest.mark.parametrize("seed", range(3))
def test_the_same_fits_counts_and_order_as_the_plain_matcher_whatever_the_order_of_rows(seed: int) -> None:
    chance = Random(seed)  # noqa: S311  no secrets
    everybody, asked = people(chance), needs(chance)
    asked = [
        replace(need, familiar=frozenset(one.citizen_id for one in chance.sample(everybody, 40))) for need in asked
    ]
    shuffled = chance.sample(everybody, len(everybody))
    late = People((one, STAMP) for one in shuffled[:200] if one.consent)
    late.put((replace(one, forms=frozenset()), STAMP) for one in everybody[:100])
    late.put((one, STAMP) for one in shuffled)
    at_once = People((one, STAMP) for one in everybody if one.consent)
    fitting = 0
    for need in asked:
        expected = oracle.matched(need, everybody, SCALES, "salt", MOST)
        assert told(rank(need, at_once, SCALES, salt="salt", most=MOST)) == expected
        assert told(rank(need, late, SCALES, salt="salt", most=MOST)) == expected
        fitting += expected[0]
    assert fitting > 100


def test_needs_for_a_person_are_judged_as_people_for_a_need() -> None:
    chance = Random(7)  # noqa: S311  no secrets
    everybody, asked = [one for one in people(chance) if one.consent][:60], needs(chance)
    shown = 0
    for one in everybody:
        found = rank_needs(one, asked, SCALES, salt="salt", most=NEEDS)
        each = {need.need_id: judge(need, one, SCALES) for need in asked}
        shown += len(found.fits) + len(found.near_misses)
        assert found.fitting == len(found.fits) == sum(not alone.missed for alone in each.values())
        for listed in (*found.fits, *found.near_misses):
            alone = each[listed.key]
            points = {code: part for code, part in listed.points.items() if code in alone.points}
            assert (alone.missed, alone.score, alone.points) == (listed.missed, listed.score, points)
    assert shown > 100
