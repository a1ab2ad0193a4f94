"""Attention over many lists: whom no list showed lately comes first now and then, by a factor with a name."""

from datetime import timedelta
from typing import Any

from shared import clock
from shared.events import CitizenErased, CitizenMerged
from shared.retention import CITIZEN_CLASSES
from tests.house import ServiceUnderTest
from tests.matching.factories import (
    MONDAY,
    add_candidate,
    add_need,
    posted,
    ranking,
)


def unseen(matching: ServiceUnderTest, need: Any) -> list[tuple[int, str]]:
    """The factor of each on the list, in order."""
    factors = (item["factors"] for item in ranking(matching, need)["items"])
    found = [factor for each in factors for factor in each if factor["code"] == "attention"]
    return [(factor["points"], factor["words_da"]) for factor in found]


def test_list_of_today_is_the_same_however_often_it_is_looked_at(matching: ServiceUnderTest) -> None:
    need = add_need(matching)
    add_candidate(matching)

    assert unseen(matching, need) == unseen(matching, need) == [(150, "stod ikke på nogen liste i 60 dage")]


def test_whom_a_list_showed_waits_for_sixty_days(matching: ServiceUnderTest) -> None:
    with clock.moved_to(MONDAY):
        need = add_need(matching)
        add_candidate(matching)
        ranking(matching, need)
    points = {}
    for later in (1, 60):
        with clock.moved_to(MONDAY + timedelta(days=later)):
            points[later] = unseen(matching, need)
    with clock.moved_to(MONDAY + timedelta(days=121)):
        points[121] = unseen(matching, need)

    seen, not_seen = (0, "stod på en liste inden for 60 dage"), (150, "stod ikke på nogen liste i 60 dage")
    assert points == {1: [seen], 60: [seen], 121: [not_seen]}


def test_attention_says_who_is_on_a_short_list_and_not_in_which_order(matching: ServiceUnderTest) -> None:
    with clock.moved_to(MONDAY):
        need, shown = add_need(matching), add_candidate(matching)
        ranking(matching, need)
    new = add_candidate(matching, postal_code="2100")
    with clock.moved_to(MONDAY + timedelta(days=1)):
        both = ranking(matching, need)["items"]
        only = matching.call("GET", f"/needs/{need['id']}/candidates?limit=1", client="consultant").json["items"]

    assert [(item["citizen_id"], item["score"]) for item in both] == [(str(shown), 1000), (str(new), 1111)]
    assert [item["citizen_id"] for item in only] == [str(new)]
    assert all(item["score"] == sum(factor["points"] or 0 for factor in item["factors"]) for item in both)


def test_proposal_is_scored_as_the_list_was(matching: ServiceUnderTest) -> None:
    with clock.moved_to(MONDAY):
        need, citizen_id = add_need(matching), add_candidate(matching)
        ranking(matching, need)
    with clock.moved_to(MONDAY + timedelta(days=2)):
        (item,) = ranking(matching, need)["items"]
        match = posted(matching, "/matches", {"need_id": need["id"], "citizen_id": str(citizen_id)})

    assert match["score"] == item["score"] == 1000
    assert "match.weight[attention]@2026-11-01" in match["policies"]


def test_when_somebody_was_shown_goes_with_them(matching: ServiceUnderTest) -> None:
    need = add_need(matching)
    erased, merged, into = (add_candidate(matching) for _one in range(3))
    ranking(matching, need)
    matching.hear(CitizenErased(citizen_id=erased, classes=CITIZEN_CLASSES))
    matching.hear(CitizenMerged(from_id=merged, into_id=into))

    left = matching.connection.exec_driver_sql("SELECT citizen_id FROM attention").scalars().all()
    assert left == [into]
