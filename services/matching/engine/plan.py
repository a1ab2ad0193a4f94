"""A whole office at once: who fits where, and the best way to give many people a place each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from services.matching.engine.assignment import NOWHERE, Edge, assigned
from services.matching.engine.facts import Opening
from services.matching.engine.packing import Ints
from services.matching.engine.people import People
from services.matching.engine.points import Scales
from services.matching.engine.ranking import fitting
from services.matching.engine.ties import best

# The greatest sum of points, or first of all the greatest number of people.
AIMS = POINTS, PEOPLE = ("points", "people")
# So many of those who fit come in question for a seat; a dozen would do, and nobody stands in all lists.
PER_NEED = 60


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A need with so many seats to give, and those who do not come in question for it."""

    opening: Opening
    seats: int
    left_out: Collection[UUID] = ()


@dataclass(frozen=True, slots=True)
class Fairness:
    """Everybody is worth so many `points` more in the plan, wherever they go, `but` those whose turn it was lately."""

    points: int
    but: Collection[UUID]


@dataclass(frozen=True, slots=True)
class Line:
    """A person at a need. `score` is what the need's list says, `boost` what fairness adds."""

    need_id: UUID
    citizen_id: UUID
    score: int
    boost: int


@dataclass(frozen=True, slots=True)
class Sum:
    """How many people a plan gives a place, and their points, boosts among them."""

    people: int
    points: int


@dataclass(frozen=True, slots=True)
class Planned:
    """The plan by one aim with the sums of both; `candidates` fit at least one need."""

    lines: tuple[Line, ...]
    sums: dict[str, Sum]
    candidates: int


@dataclass(frozen=True, slots=True)
class Office:
    """Who could go where. `edges` are each person's places with what they are worth there, in the order of `rows`.

    `scores` are by row and place, `boost` by row.
    """

    rows: list[int]
    edges: list[list[Edge]]
    seats: list[int]
    scores: dict[tuple[int, int], int]
    boost: Ints


def planned(
    vacancies: Sequence[Vacancy], people: People, scales: Scales, fairness: Fairness, *, aim: str, salt: str
) -> Planned:
    """One place each for as many as there is room for; hard rules hold on every line."""
    office = laid_out(vacancies, people, scales, fairness, salt)
    lines = {
        each: tuple(
            Line(vacancies[place].opening.need_id, people.id_of(row), office.scores[row, place], int(office.boost[row]))
            for row, place in zip(office.rows, best_places(office, each), strict=True) if place != NOWHERE
        )
        for each in AIMS
    }  # fmt: skip
    sums = {each: Sum(len(found), sum(line.score + line.boost for line in found)) for each, found in lines.items()}
    return Planned(lines[aim], sums, len(office.rows))


def laid_out(vacancies: Sequence[Vacancy], people: People, scales: Scales, fairness: Fairness, salt: str) -> Office:
    """Everybody who fits somewhere, and where."""
    free = people.columns["flags"][: people.held] > 0
    boost = np.full(people.held, fairness.points, np.int32)
    boost[people.rows_of(fairness.but)] = 0
    scores: dict[tuple[int, int], int] = {}
    for place, vacancy in enumerate(vacancies):
        rows, points = fitting(vacancy.opening, people, scales, _without(free, people, vacancy))
        first = best(points, _ids(people, rows), salt, max(PER_NEED, 2 * vacancy.seats))
        scores |= {(row, place): score for row, score in zip(rows[first].tolist(), points[first].tolist(), strict=True)}
    order = _in_turn(people, sorted({row for row, _place in scores}), salt)
    return Office(order, _edges(order, scores, boost), [one.seats for one in vacancies], scores, boost)


def best_places(office: Office, aim: str) -> list[int]:
    """The place each gets, in the order of the office's rows, or NOWHERE."""
    edges = office.edges
    if aim == PEOPLE:
        # One person more is worth more than all points together.
        more = 1 + sum(max(value for _place, value in own) for own in edges)
        edges = [[(place, value + more) for place, value in own] for own in edges]
    return assigned(edges, office.seats)


def _in_turn(people: People, rows: list[int], salt: str) -> list[int]:
    """The rows in an order that follows neither registration nor place."""
    every = np.array(rows, np.intp)
    return [rows[at] for at in best(np.zeros(len(rows), np.int16), _ids(people, every), salt, len(rows)).tolist()]


def _ids(people: People, rows: Ints) -> tuple[Ints, Ints]:
    return people.columns["id_high"].take(rows), people.columns["id_low"].take(rows)


def _without(free: Ints, people: People, vacancy: Vacancy) -> Ints:
    if not vacancy.left_out:
        return free
    mine = free.copy()
    mine[people.rows_of(vacancy.left_out)] = False
    return mine


def _edges(order: Sequence[int], scores: dict[tuple[int, int], int], boost: Ints) -> list[list[Edge]]:
    number = {row: at for at, row in enumerate(order)}
    edges: list[list[Edge]] = [[] for _row in order]
    for (row, place), score in scores.items():
        edges[number[row]].append((place, score + int(boost[row])))
    return edges
