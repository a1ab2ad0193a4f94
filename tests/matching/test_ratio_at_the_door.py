"""A13 to A15 as they are met: agreements are asked for one after the other until the workplace has no room left."""

from typing import Any

from tests.house import ServiceUnderTest
from tests.matching.factories import (
    accepted,
    add_candidate,
    add_company,
    add_need,
    add_workplace,
    days,
    placement_body,
)

MONTHS = ("2026-07", "2026-08", "2026-09", "2026-10")


def staffed(matching: ServiceUnderTest, *fte: float, subsidised: float = 0) -> Any:
    """A need of twenty at a workplace with so many full-time in each of the four months before."""
    need = add_need(matching, positions=20, weekly_hours_max=37, windows=days("06:00-14:00"))
    told = [{"month": month, "fte": n, "subsidised_fte": subsidised} for month, n in zip(MONTHS, fte, strict=True)]
    add_workplace(matching, add_company(matching), staff=told)
    return need


def asked(matching: ServiceUnderTest, need: Any) -> Any:
    """One more in full-time placement; the answer of the door."""
    match = accepted(matching, need, add_candidate(matching, weekly_hours_max=37.0))
    return matching.call("POST", "/placements", placement_body(match, weekly_hours=37), client="consultant")


def test_a13_of_a_mean_of_23_the_fourth_has_room_and_the_fifth_has_none(matching: ServiceUnderTest) -> None:
    need = staffed(matching, 20, 22, 24, 26)
    answers = [asked(matching, need) for _ in range(5)]

    assert [one.status_code for one in answers] == [201, 201, 201, 201, 409]
    assert (answers[-1].json["code"], answers[-1].json["policy"]) == ("ratio_exceeded", "ratio.small_per@2022-01-01")
    assert "højst plads til 4" in answers[-1].json["title"]


def test_a14_of_fifty_ordinary_the_tenth_has_room_and_the_eleventh_has_none(matching: ServiceUnderTest) -> None:
    need = staffed(matching, 65, 65, 65, 65, subsidised=15)
    answers = [asked(matching, need) for _ in range(11)]

    assert [one.status_code for one in answers] == [201] * 10 + [409]
    assert "højst plads til 10" in answers[-1].json["title"]


def test_a15_three_ordinary_have_room_for_one_always_and_for_no_second(matching: ServiceUnderTest) -> None:
    need = staffed(matching, 3, 3, 3, 3)
    answers = [asked(matching, need) for _ in range(2)]

    assert [one.status_code for one in answers] == [201, 409]
    assert answers[-1].json["policy"] == "ratio.minimum@2022-01-01"
