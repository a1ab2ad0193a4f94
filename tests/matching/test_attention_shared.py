"""The night's look over all open needs: more people are shown somewhere, for little, by a factor with a name."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

import numpy as np
from sqlalchemy import text

from benchmarks.invented import STAMP, Invented
from services.matching.consumer import JOBS
from services.matching.engine.attention import Listed, brought_forward, worth
from services.matching.engine.people import People
from services.matching.engine.points import Scales
from services.matching.engine.ranking import rank, rank_needs
from services.matching.use_cases import POLICY
from shared import clock
from shared.events import CitizenErased, CitizenMerged
from shared.retention import CITIZEN_CLASSES
from tests.house import ServiceUnderTest
from tests.matching import oracle
from tests.matching.factories import MONDAY, add_candidate, add_need, ranking

MOST, WEIGHT = 5, 300
SCALES = Scales.of(POLICY, date(2026, 11, 2))


def _lists(chance: Random, people: int) -> list[Listed]:
    found = []
    for _list in range(12):
        rows = np.array(sorted(chance.sample(range(people), chance.randint(0, 25))), np.intp)
        found.append(Listed(rows, np.array([chance.randint(200, 1200) for _row in rows], np.int16)))
    return found


def _shown(lists: list[Listed], brought: list[Any]) -> tuple[set[int], float]:
    """Whom the lists show when these have the points, and what the lists are worth."""
    ever, value = set[int](), 0.0
    for one, lifted in zip(lists, brought, strict=True):
        boosted = one.score.astype(int) + WEIGHT * np.isin(one.rows, lifted)
        first = np.lexsort((one.rows, -boosted))[:MOST]
        ever |= set(one.rows[first].tolist())
        value += worth(one.score[first], MOST)
    return ever, value


def test_more_people_are_shown_for_no_more_than_the_row_says_and_nobody_is_lost() -> None:
    gained = 0
    for seed in range(200):
        lists, seen = _lists(Random(seed), 60), np.zeros(60, np.bool_)  # noqa: S311  no secrets
        plain, whole = _shown(lists, [np.zeros(0, np.intp)] * len(lists))
        for percent in (0.0, 2.0, 10.0):
            brought = brought_forward(lists, seen, most=MOST, weight=WEIGHT, percent=percent)
            ever, value = _shown(lists, brought)
            assert value >= whole * (1 - percent / 100) - 1e-6
            assert ever >= plain
            assert {row for rows in brought for row in rows.tolist()} <= ever
        gained += len(ever) - len(plain)
    assert gained > 1000


def test_whom_a_list_showed_lately_is_brought_forward_nowhere_new() -> None:
    lists = _lists(Random(1), 60)  # noqa: S311  no secrets
    plain, _value = _shown(lists, [np.zeros(0, np.intp)] * len(lists))
    brought = brought_forward(lists, np.ones(60, np.bool_), most=MOST, weight=WEIGHT, percent=10.0)

    assert _shown(lists, brought)[0] == plain


def test_points_of_those_brought_forward_are_those_of_the_plain_matcher() -> None:
    invented, chance = Invented(Random(3)), Random(4)  # noqa: S311  no secrets
    everybody = invented.candidates(300)
    index, fitted = People((one, STAMP) for one in everybody), 0
    for drawn in invented.openings(60):
        some = frozenset(one.citizen_id for one in chance.sample(everybody, 150))
        need = replace(drawn, brought=some)
        found = rank(need, index, SCALES, salt="s", most=10)
        _fitting, listed, _near, _counts = oracle.matched(need, everybody, SCALES, "s", 10)
        assert [(one.key, one.score, one.points) for one in found.fits] == listed
        for one in (each for each in everybody if each.citizen_id in {fit.key for fit in found.fits}):
            lifted = 300 if one.citizen_id in some and not one.seen else 0
            both = rank_needs(one, [need, replace(drawn, need_id=UUID(int=9))], SCALES, salt="s", most=10).fits
            assert {fit.key: fit.points["attention"] for fit in both} == {
                need.need_id: lifted, UUID(int=9): 0 if one.seen else 150
            }  # fmt: skip
            fitted += 1
    assert fitted


def _share(matching: ServiceUnderTest) -> None:
    with matching.begin() as session:
        JOBS["share_attention"].run(session)


def _factor(item: Any) -> tuple[int, str]:
    (found,) = [one for one in item["factors"] if one["code"] == "attention"]
    return found["points"], found["words_da"]


def test_two_open_needs_together_show_whom_each_alone_leaves_out(matching: ServiceUnderTest) -> None:
    with clock.moved_to(MONDAY):
        needs = [add_need(matching), add_need(matching)]
        near = {str(add_candidate(matching)) for _one in range(20)}
        far = [add_candidate(matching, postal_code="2100") for _one in range(3)]
    with clock.moved_to(MONDAY + timedelta(days=1)):
        _share(matching)
        lists = [ranking(matching, need) for need in needs]
        left = matching.connection.execute(text("SELECT citizen_id FROM attention_place")).scalars().all()
    shown = {item["citizen_id"]: _factor(item) for found in lists for item in found["items"]}

    assert set(shown) == near | {str(one) for one in far}
    assert {shown[str(one)] for one in far} == {(300, "stod ikke på nogen liste i 60 dage, og kommer derfor frem her")}
    assert set(far) <= set(left)
    assert all("match.attention_planned@2019-06-01" in found["policies"] for found in lists)

    # Shown yesterday, they stand back, and the lists are what they would be.
    with clock.moved_to(MONDAY + timedelta(days=2)):
        _share(matching)
        assert {item["citizen_id"] for item in ranking(matching, needs[0])["items"]} == near


def test_who_goes_is_brought_forward_nowhere(matching: ServiceUnderTest) -> None:
    erased, merged, into = (add_candidate(matching) for _one in range(3))
    place = text("INSERT INTO attention_place (id, need_id, citizen_id) VALUES (gen_random_uuid(), :need, :who)")
    for who in (erased, merged, into):
        matching.connection.execute(place, {"need": UUID(int=5), "who": who})
    matching.hear(CitizenErased(citizen_id=erased, classes=CITIZEN_CLASSES))
    matching.hear(CitizenMerged(from_id=merged, into_id=into))

    assert matching.connection.execute(text("SELECT citizen_id FROM attention_place")).scalars().all() == [into]
