"""Openings spotted on visits: carved out of what skilled people do, bundled, and counted."""

from typing import Any

import pytest

from services.matching.rules.openings import headline, together, weekly_hours, windows_of
from shared.errors import Refused
from tests.browser import Browser, offered, words
from tests.house import ServiceUnderTest
from tests.matching.factories import (
    CLEANER,
    P_NUMBER,
    accepted,
    add_candidate,
    add_company,
    add_workplace,
    listed,
    posted,
    ranking,
)

COFFEE = {"task": "Kaffemaskiner", "days": ["mon", "wed", "fri"], "begins": "07:00", "hours_a_day": 2,
          "done_by": "smedene", "skilled_hours": 6, "known_before": False}  # fmt: skip
FRUIT = {"task": "Frugt", "days": ["tue"], "begins": "08:00", "hours_a_day": 1, "known_before": True}
BUNDLE = {
    "adjustments": ["quiet_place"],
    "occupation": CLEANER,
    "employment_form": "virksomhedspraktik",
    "starts_on": "2026-11-09",
}
PLACE = f"/workplaces/{P_NUMBER}"


@pytest.fixture
def consultant(matching: ServiceUnderTest) -> Browser:
    return matching.browser("company_consultant")


def company(matching: ServiceUnderTest) -> Any:
    made = add_company(matching)
    add_workplace(matching, made)
    return made


def noted(matching: ServiceUnderTest, *tasks: dict[str, Any]) -> Any:
    visit = {"visited_on": "2026-11-02", "tasks": list(tasks)}
    return posted(matching, f"{PLACE}/visits", visit)


def figures(matching: ServiceUnderTest) -> dict[str, Any]:
    found: dict[str, Any] = matching.call("GET", "/spotted-openings/figures", client="consultant").json
    return found


@pytest.mark.parametrize(
    ("days", "begins", "hours", "week"),
    [(["mon", "wed", "fri"], "07:00", 2, 6), (["tue"], "08:30", 0.25, 0.25), (["sat", "sun"], "20:00", 4, 8)],
)
def test_hours_of_a_week_are_hours_a_day_on_each_day(days: list[str], begins: str, hours: float, week: float) -> None:
    assert weekly_hours(windows_of(days, begins, hours)) == week


def test_tasks_in_a_row_are_one_stretch_and_tasks_at_once_are_not_for_one_person() -> None:
    assert together([("A", ["mon 07:00-09:00"]), ("B", ["mon 09:00-10:30", "tue 08:00-09:00"])]) == [
        "mon 07:00-10:30", "tue 08:00-09:00",
    ]  # fmt: skip
    with pytest.raises(Refused, match="tasks_clash"):
        together([("A", ["mon 07:00-09:00"]), ("B", ["mon 08:59-10:00"])])


def test_headline_says_the_tasks_and_is_cut_where_there_are_too_many() -> None:
    assert headline(["Kaffemaskiner", "Frugt"]) == "Kaffemaskiner, frugt"
    assert len(headline(["Opgave med et langt navn"] * 9)) <= 120


def test_a30_carved_task_is_six_hours_unadvertised_and_matches_who_wants_four_to_eight(
    matching: ServiceUnderTest,
) -> None:
    company(matching)
    (opening,) = noted(matching, COFFEE)["openings"]
    wanting = add_candidate(matching, weekly_hours_min=4.0, weekly_hours_max=8.0)
    need = posted(matching, f"{PLACE}/bundles", BUNDLE | {"opening_ids": [opening["id"]]})

    assert (need["weekly_hours_min"], need["weekly_hours_max"], need["unadvertised"]) == (6, 6, True)
    assert need["title"] == "Kaffemaskiner"
    assert listed(ranking(matching, need)) == [str(wanting)]
    (used,) = matching.call("GET", "/spotted-openings", client="consultant").json["items"]
    assert (used["state"], used["need_id"]) == ("need", need["id"])


def test_small_tasks_are_bundled_into_one_need_and_no_task_is_used_twice(matching: ServiceUnderTest) -> None:
    company(matching)
    ids = [one["id"] for one in noted(matching, COFFEE, FRUIT)["openings"]]
    need = posted(matching, f"{PLACE}/bundles", BUNDLE | {"opening_ids": ids})
    again = matching.call("POST", f"{PLACE}/bundles", BUNDLE | {"opening_ids": ids[:1]}, client="consultant")

    assert (need["weekly_hours_min"], need["title"], need["days_required"]) == (7, "Kaffemaskiner, frugt", 4)
    assert (again.status_code, again.json["code"]) == (409, "not_spotted")


def test_need_the_company_did_not_know_of_is_counted_until_it_is_taken(matching: ServiceUnderTest) -> None:
    company(matching)
    nothing = figures(matching)
    coffee, fruit = noted(matching, COFFEE, FRUIT)["openings"]
    noted(matching, FRUIT | {"task": "Post"})
    need = posted(matching, f"{PLACE}/bundles", BUNDLE | {"opening_ids": [coffee["id"]]})
    posted_need = figures(matching)
    accepted(matching, need, add_candidate(matching, weekly_hours_min=4.0))
    gone = {"reason_code": "mistake", "version": 1}
    matching.call("POST", f"/spotted-openings/{fruit['id']}/drop", gone, client="consultant")
    names = ("visits", "spotted", "hidden", "needs", "hidden_needs", "taken", "hours")

    assert [nothing[name] for name in names] == [0, 0, 0, 0, 0, 0, 0]
    assert [posted_need[name] for name in names] == [1, 3, 1, 1, 1, 0, 0]
    assert [figures(matching)[name] for name in names] == [1, 2, 1, 1, 1, 1, 6]


def test_bundle_is_taken_back_until_somebody_is_proposed(matching: ServiceUnderTest) -> None:
    company(matching)
    (opening,) = noted(matching, COFFEE)["openings"]
    need = posted(matching, f"{PLACE}/bundles", BUNDLE | {"opening_ids": [opening["id"]]})
    back = matching.call("POST", f"/needs/{need['id']}/unbundle", {"version": need["version"]}, client="consultant")
    again = posted(matching, f"{PLACE}/bundles", BUNDLE | {"opening_ids": [opening["id"]]})
    posted(matching, "/matches", {
        "need_id": again["id"], "citizen_id": str(add_candidate(matching, weekly_hours_min=4.0)),
    })  # fmt: skip
    late = matching.call("POST", f"/needs/{again['id']}/unbundle", {"version": again["version"]}, client="consultant")

    assert back.status_code == 200
    assert (late.status_code, late.json["code"]) == (409, "changed_since")


def test_visit_is_noted_on_a_page_dropped_taken_up_and_made_into_a_need(
    consultant: Browser, matching: ServiceUnderTest
) -> None:
    home = f"/virksomheder/{company(matching)['id']}/steder/{P_NUMBER}"
    empty = words(consultant.get(f"{home}/jobaabninger"))
    form = COFFEE | {"visited_on": "2026-11-02", "hours_a_day": "2", "skilled_hours": "6", "known_before": "false"}
    wrong = consultant.submit(f"{home}/besoeg", form | {"hours_a_day": ""})
    assert consultant.submit(f"{home}/besoeg", form | {"unadvertised": "on"}).status_code == 303
    shown = consultant.get(f"{home}/jobaabninger")
    action, fields = offered(shown.text)
    assert consultant.submit(action, fields).status_code == 303
    dropped = consultant.get(f"{home}/jobaabninger")
    action, fields = offered(dropped.text)
    assert consultant.submit(action, fields).status_code == 303
    (row,) = matching.call("GET", "/spotted-openings?state=spotted", client="consultant").json["items"]
    nothing = consultant.submit(f"{home}/jobaabninger", BUNDLE)
    made = consultant.submit(f"{home}/jobaabninger", BUNDLE | {"opening_ids": row["id"]})

    assert "Ingen opgaver venter her." in empty
    assert (wrong.status_code, 'value="Kaffemaskiner"' in wrong.text) == (422, True)
    assert "smedene, 6 timer om ugen" in words(shown)
    assert "skrevet op ved en fejl" in words(dropped)
    assert (nothing.status_code, "Vælg mindst én opgave." in words(nothing)) == (422, True)
    assert made.status_code == 303
    need = consultant.get(made.location)
    action, fields = offered(need.text)
    assert consultant.submit(action, fields).status_code == 303
    listed_now = words(consultant.get("/match/jobaabninger"))
    assert "Kaffemaskiner" in listed_now
    assert "Vidste virksomheden ikke" in listed_now


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"visited_on": "2026-11-03"}, "visited_on"),
        ({"done_by": "Ring 20 12 34 56"}, "done_by"),
        ({"begins": "23:00"}, "hours_a_day"),
    ],
)
def test_wrong_visit_is_refused_by_its_field(matching: ServiceUnderTest, changed: dict[str, Any], field: str) -> None:
    company(matching)
    day = changed.get("visited_on", "2026-11-02")
    task = COFFEE | {name: value for name, value in changed.items() if name != "visited_on"}
    refused = matching.call("POST", f"{PLACE}/visits", {"visited_on": day, "tasks": [task]}, client="consultant")

    assert refused.status_code == 422
    assert field in str(refused.json)


def test_another_workplaces_task_is_neither_dropped_nor_taken_back_from_here(
    matching: ServiceUnderTest, consultant: Browser
) -> None:
    made = company(matching)
    add_workplace(matching, made, "1099990077")
    (coffee,) = noted(matching, COFFEE)["openings"]
    elsewhere = f"/virksomheder/{made['id']}/steder/1099990077/jobaabninger"
    moved = {"opening_id": coffee["id"], "version": "1", "reason_code": "mistake"}
    need = posted(matching, f"{PLACE}/bundles", BUNDLE | {"opening_ids": [noted(matching, FRUIT)["openings"][0]["id"]]})

    assert consultant.submit(f"{elsewhere}/flyt", moved).status_code == 404
    undone = {"need_id": need["id"], "version": str(need["version"])}
    assert consultant.submit(f"{elsewhere}/fortryd", undone).status_code == 404
