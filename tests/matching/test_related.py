"""Related occupations: by what they ask for, from ESCO's own table, as good as the figures that were promised."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import related as measured
from services.matching.vocabulary.profiles import levels
from services.matching.vocabulary.related import nearest, related
from shared.occupations import occupations

IDS = {known.title: known.id for known in occupations().values()}
ANY = st.sampled_from(sorted(occupations()))


def test_related_occupations_agree_with_a_list_that_people_made() -> None:
    figures = measured.measure()

    assert figures["matching.related_auc_random"] >= 0.955
    assert figures["matching.related_auc_across"] >= 0.935
    assert figures["matching.related_auc_siblings"] >= 0.68


@pytest.mark.parametrize(
    ("title", "near", "far"),
    [
        ("Rengøringsassistent, hotel", "Rengøringsassistent, hospital", "Tømrer"),
        ("Barista", "Tjener", "Tømrer"),
        ("Tømrer", "Bygningssnedker", "Sygeplejerske"),
        ("Køkkenmedhjælper", "Kok", "Buschauffør"),
    ],
)
def test_what_asks_for_the_same_lies_near(title: str, near: str, far: str) -> None:
    assert related(IDS[title], IDS[near]) > 0.7
    assert related(IDS[title], IDS[far]) < 0.3


@given(one=ANY, other=ANY)
def test_likeness_goes_both_ways_and_nothing_is_liker_than_itself(one: str, other: str) -> None:
    assert related(one, other) == related(other, one)
    assert 0 <= related(one, other) <= related(one, one) == 1


def test_the_nearest_come_best_first_and_without_oneself() -> None:
    found = nearest(IDS["Barista"], 5)

    assert [occupation.title for occupation, _likeness in found][:2] == ["Fast food ekspedient", "Bartender"]
    assert [likeness for _occupation, likeness in found] == sorted((one for _each, one in found), reverse=True)
    assert nearest(IDS["Barista"], 50, least=0.7)[-1][1] >= 0.7


def test_an_unknown_title_is_related_to_nothing() -> None:
    assert related("unknown", IDS["Barista"]) == 0
    assert nearest("unknown", 5) == []


def test_a_skill_is_in_its_group_and_those_above_but_the_outermost() -> None:
    assert levels("S4.2.1") == ["S4.2", "S4.2.1"]
    assert levels("0811") == ["081", "0811"]
    assert levels("L1") == ["L1"]
