"""No small count can be had from the leader's numbers, however tables and overlapping periods are subtracted."""

from datetime import date, timedelta
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared import periods
from shared.periods import Period
from shared.small_cells import EVERYBODY, Counts

LEAST = 5
# October and the beginning of November 2026 lie in one quarter; the pieces are cut at Mondays and where a month begins.
FIRST, LAST = date(2026, 10, 12), date(2026, 11, 15)
STARTS = list(periods.pieces(FIRST, LAST))
PARTS = ("kept", "late", "off")
WHOLES = dict.fromkeys(PARTS, "came")
KINDS = (*PARTS, "rest")
UNITS = ("north", "south", "west", "")


def test_pieces_are_weeks_cut_where_the_month_changes() -> None:
    mondays = [date(2026, 10, 12), date(2026, 10, 19), date(2026, 10, 26), date(2026, 11, 2), date(2026, 11, 9)]

    assert sorted([*mondays, date(2026, 11, 1)]) == STARTS
    assert {periods.piece_of(FIRST + timedelta(days=n)) for n in range((LAST - FIRST).days + 1)} == set(STARTS)


def of(**named: list[int]) -> Counts:
    """Everybody's counts by piece, no units."""
    return Counts(STARTS, {EVERYBODY: named}, WHOLES, LEAST)


def stretch(begin: int, end: int) -> Period:
    """From the beginning of one piece to the end of another."""
    after = [*STARTS[1:], LAST + timedelta(days=1)]
    return Period("own", STARTS[begin], after[end - 1] - timedelta(days=1))


ALL = [(begin, end) for begin, end in combinations(range(len(STARTS) + 1), 2)]


def shown(counts: Counts, name: str, unit: str | None = EVERYBODY) -> dict[tuple[int, int], int]:
    """What is told of every stretch, where something is."""
    told = {one: counts.shown(unit, name, stretch(*one)) for one in ALL}
    return {one: number for one, number in told.items() if number is not None}


@pytest.mark.parametrize(("number", "told"), [(0, 0), (1, None), (4, None), (5, 5)])
def test_one_to_four_are_hidden_and_nought_is_not(number: int, told: int | None) -> None:
    assert of(came=[0, 0, 0, 0, 0, number]).shown(EVERYBODY, "came", stretch(5, 6)) == told


def test_part_is_hidden_where_the_rest_of_the_whole_is_small() -> None:
    counts = of(came=[20] * 6, kept=[18, 20, 15, 20, 20, 3], late=[0] * 6)

    assert [counts.shown(EVERYBODY, "kept", stretch(at, at + 1)) for at in range(6)] == [
        None,
        None,
        None,
        20,
        None,
        None,
    ]
    assert shown(counts, "kept")[0, 3] == 53


def test_overlapping_periods_give_no_difference_that_is_small() -> None:
    counts = of(came=[10, 3, 10, 0, 10, 10])
    told = shown(counts, "came")

    # The small week goes with the one after it: 3 + 10; no period begins or ends between the two.
    assert told[1, 3] == 13
    assert not [one for one in told if 2 in one]


def test_month_is_shown_before_its_weeks_where_it_can_be() -> None:
    told = shown(of(came=[4, 4, 4, 3, 3, 0]), "came")

    assert told == {(0, 3): 12, (3, 6): 6, (0, 6): 18, (3, 5): 6, (0, 5): 18, (5, 6): 0}


def test_quarter_with_a_small_number_is_hidden_whole() -> None:
    assert shown(of(came=[0, 2, 0, 0, 1, 0]), "came") == {}


def test_unit_is_hidden_where_the_others_together_are_few() -> None:
    numbers: dict[str | None, Any] = {
        EVERYBODY: {"came": [20] * 6}, "north": {"came": [17] * 6}, "south": {"came": [3] * 6}
    }  # fmt: skip
    counts = Counts(STARTS, numbers, WHOLES, LEAST)

    assert counts.shown("north", "came", stretch(1, 2)) is None
    assert counts.shown("north", "came", stretch(0, 3)) == 51


def test_no_unit_is_what_is_left_when_every_other_is_taken_from_all() -> None:
    of_each = {"north": 7, "south": 10, "west": 3}
    numbers: dict[str | None, Any] = {unit: {"came": [number] * 6} for unit, number in of_each.items()}
    counts = Counts(STARTS, numbers | {EVERYBODY: {"came": [20] * 6}}, WHOLES, LEAST)

    assert counts.shown(EVERYBODY, "came", stretch(1, 2)) == 20
    assert [counts.shown(unit, "came", stretch(1, 2)) for unit in of_each] == [None, None, None]
    assert [counts.shown(unit, "came", stretch(0, 3)) for unit in of_each] == [21, 30, 9]


def test_parts_that_leave_few_of_the_whole_are_hidden() -> None:
    counts = Counts(
        STARTS, {EVERYBODY: {"came": [22] * 6, "kept": [10] * 6, "late": [10] * 6, "off": [2] * 6}}, WHOLES, LEAST
    )

    assert [counts.shown(EVERYBODY, name, stretch(1, 2)) for name in ("came", "kept", "late")] == [22, None, None]
    assert counts.shown(EVERYBODY, "kept", stretch(0, 3)) == 30


small = st.integers(0, 9)
column = st.lists(small, min_size=len(STARTS), max_size=len(STARTS))
people = st.fixed_dictionaries({unit: st.fixed_dictionaries(dict.fromkeys(KINDS, column)) for unit in UNITS})
Atoms = dict[str, dict[str, list[int]]]


def _made(atoms: Atoms) -> Counts:
    series: dict[str | None, dict[str, list[int]]] = {}
    for unit, named in atoms.items():
        whole = [sum(cells) for cells in zip(*named.values(), strict=True)]
        series[unit] = {**{part: named[part] for part in PARTS}, "came": whole}
    series[EVERYBODY] = {
        name: [sum(cells) for cells in zip(*(series[unit][name] for unit in UNITS), strict=True)]
        for name in (*PARTS, "came")
    }
    return Counts(STARTS, series, WHOLES, LEAST)


def _asked(unit: str | None, kinds: tuple[str, ...], begin: int, end: int) -> np.ndarray[Any, Any]:
    """The question as a row: one for each person's unit, kind and piece that is counted in it."""
    row = np.zeros((len(UNITS), len(KINDS), len(STARTS)))
    where = range(len(UNITS)) if unit is EVERYBODY else [UNITS.index(unit)]
    for place in where:
        row[place, [KINDS.index(kind) for kind in kinds], begin:end] = 1
    return row.ravel()


SOME = [kinds for most in range(1, len(KINDS) + 1) for kinds in combinations(KINDS, most)]
QUESTIONS = np.array([_asked(unit, kinds, *one) for unit in (EVERYBODY, *UNITS) for kinds in SOME for one in ALL])


@settings(max_examples=60, deadline=None)
@given(atoms=people)
def test_no_few_people_are_a_sum_or_difference_of_what_is_shown(atoms: Atoms) -> None:
    """Of any unit, kind or kinds together, and any time."""
    counts = _made(atoms)
    told = [
        _asked(unit, KINDS if name == "came" else (name,), *one)
        for unit in (EVERYBODY, *UNITS[:-1])
        for name in (*PARTS, "came")
        for one in ALL
        if counts.shown(unit, name, stretch(*one)) is not None
    ]
    numbers = QUESTIONS @ np.array([atoms[unit][kind] for unit in UNITS for kind in KINDS]).ravel()
    hidden = QUESTIONS[(numbers > 0) & (numbers < LEAST)]
    if not told or not hidden.size:
        return
    _u, sizes, rows = np.linalg.svd(np.array(told), full_matrices=False)
    span = rows[sizes > 1e-9]
    left = hidden - hidden @ span.T @ span

    assert np.abs(left).max(axis=1).min() > 1e-6


@settings(max_examples=60, deadline=None)
@given(atoms=people)
def test_overview_by_months_tells_the_months_that_the_page_by_weeks_tells_and_no_others(atoms: Atoms) -> None:
    """Two services' pages: the leader's overview counts what came without its parts."""
    by_week, months = _made(atoms), [date(2026, 10, 1), date(2026, 11, 1)]
    series = {
        unit: {"came": [sum(named["came"][:3]), sum(named["came"][3:])]} for unit, named in by_week.series.items()
    }
    by_month = Counts(months, series, {}, LEAST)

    for unit in (EVERYBODY, *UNITS[:-1]):
        for month in (periods.containing(day, periods.MONTH) for day in months):
            assert by_month.shown(unit, "came", month) == by_week.shown(unit, "came", month)
