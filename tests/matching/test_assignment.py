"""The best way to give many people a place each, against every way there is."""

from itertools import product
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.invented import STAMP, Invented
from services.matching.engine.assignment import NOWHERE, assigned
from services.matching.engine.people import People
from services.matching.engine.plan import PEOPLE, POINTS, Fairness, Vacancy, planned
from services.matching.engine.ranking import judge
from tests.matching.test_engine_oracle import SCALES, needs, people

Edges = list[list[tuple[int, int]]]


@st.composite
def offices(draw: st.DrawFn) -> tuple[Edges, list[int]]:
    """Few people, fewer places, with seats or without."""
    seats = draw(st.lists(st.integers(0, 3), min_size=1, max_size=4))
    worth = st.dictionaries(st.integers(0, len(seats) - 1), st.integers(1, 9), max_size=len(seats))
    edges = draw(st.lists(worth.map(lambda own: list(own.items())), max_size=6))
    return edges, seats


def worth_of(edges: Edges, given_: tuple[int, ...] | list[int]) -> int:
    return sum(dict(own)[place] for own, place in zip(edges, given_, strict=True) if place != NOWHERE)


def all_ways(edges: Edges, seats: list[int]) -> list[tuple[int, ...]]:
    ways = product(*([NOWHERE, *(place for place, _value in own)] for own in edges))
    return [way for way in ways if all(way.count(place) <= number for place, number in enumerate(seats))]


@settings(max_examples=1_000, deadline=None)
@given(offices())
def test_no_other_way_is_worth_more(office: tuple[Edges, list[int]]) -> None:
    edges, seats = office
    found = assigned(edges, seats)

    assert tuple(found) in all_ways(edges, seats)
    assert worth_of(edges, found) == max(worth_of(edges, way) for way in all_ways(edges, seats))


@settings(max_examples=300, deadline=None)
@given(offices())
def test_most_people_first_leaves_nobody_out_who_could_have_a_place(office: tuple[Edges, list[int]]) -> None:
    edges, seats = office
    more = 1 + sum(value for own in edges for _place, value in own)
    found = assigned([[(place, value + more) for place, value in own] for own in edges], seats)
    best = max((len(way) - way.count(NOWHERE), worth_of(edges, way)) for way in all_ways(edges, seats))

    assert (len(found) - found.count(NOWHERE), worth_of(edges, found)) == best


def test_greedy_would_leave_one_behind() -> None:
    edges = [[(0, 9), (1, 8)], [(0, 8)]]

    assert assigned(edges, [1, 1]) == [1, 0]


def test_plan_of_an_office_breaks_no_rule_and_no_limit_of_seats() -> None:
    chance = Random(5)  # noqa: S311  no secrets
    everybody = {one.citizen_id: one for one in people(chance) if one.consent}
    vacancies = [Vacancy(need, chance.randint(0, 2)) for need in needs(chance)]
    lately = frozenset(list(everybody)[:100])
    index = People((one, STAMP) for one in everybody.values())
    found = {
        aim: planned(vacancies, index, SCALES, Fairness(100, lately), aim=aim, salt="salt") for aim in (POINTS, PEOPLE)
    }
    opening_of = {one.opening.need_id: one for one in vacancies}

    for plan in found.values():
        assert len({line.citizen_id for line in plan.lines}) == len(plan.lines) > 20
        for line in plan.lines:
            alone = judge(opening_of[line.need_id].opening, everybody[line.citizen_id], SCALES)
            assert (alone.missed, alone.score) == ((), line.score)
            assert line.boost == (0 if line.citizen_id in lately else 100)
        for need_id, one in opening_of.items():
            assert sum(line.need_id == need_id for line in plan.lines) <= one.seats
    assert found[POINTS].sums == found[PEOPLE].sums
    assert found[POINTS].sums[PEOPLE].people == len(found[PEOPLE].lines) >= len(found[POINTS].lines)
    assert found[POINTS].sums[POINTS].points >= found[POINTS].sums[PEOPLE].points


def test_plan_does_not_follow_the_order_of_rows() -> None:
    chance = Random(6)  # noqa: S311  no secrets
    everybody, vacancies = Invented(chance).candidates(200), [Vacancy(one, 1) for one in Invented(chance).openings(60)]
    plans = [
        planned(vacancies, People((one, STAMP) for one in rows), SCALES, Fairness(0, ()), aim=POINTS, salt="salt")
        for rows in (everybody, everybody[::-1])
    ]

    assert set(plans[0].lines) == set(plans[1].lines)
    assert plans[0].sums == plans[1].sums
