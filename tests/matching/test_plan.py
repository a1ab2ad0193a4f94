"""The plan for the whole office: suggested at once, approved by people line by line, by the rules of every proposal."""

from typing import Any
from uuid import UUID

import pytest

from shared.database import new_id
from shared.events import MatchProposed
from tests.browser import Browser, offered, words
from tests.house import ServiceUnderTest
from tests.matching.factories import (
    CVR_B,
    HOTEL_CLEANER,
    add_candidate,
    add_company,
    add_need,
    add_workplace,
    days,
    know,
    need_body,
    posted,
    registered,
    wishes,
    withdraw,
)

OTHER_PLACE = "1099990002"


@pytest.fixture
def consultant(matching: ServiceUnderTest) -> Browser:
    return matching.browser("job_consultant")


def two_needs(matching: ServiceUnderTest, **changed: Any) -> tuple[Any, Any]:
    """One from seven, one from nine."""
    company = add_company(matching)
    add_workplace(matching, company)
    early, late = (
        posted(matching, "/needs", need_body(company, title=title, windows=days(hours), **changed))
        for title, hours in (("Tidlig", "07:00-11:00"), ("Sen", "09:00-13:00"))
    )
    return early, late


def planned(matching: ServiceUnderTest, **body: str) -> Any:
    return posted(matching, "/plans", body)


def placed(plan: Any) -> dict[str, str]:
    return {line["citizen_id"]: line["need_id"] for line in plan["lines"]}


def test_nobody_is_left_behind_for_somebody_who_could_go_elsewhere(matching: ServiceUnderTest) -> None:
    early, late = two_needs(matching)
    anywhere = add_candidate(matching)
    early_only = add_candidate(matching, availability=tuple(days("06:00-11:00")), occupations=(HOTEL_CLEANER,))

    plan = planned(matching)
    assert placed(plan) == {str(anywhere): late["id"], str(early_only): early["id"]}
    assert (plan["needs"], plan["seats"], plan["candidates"], plan["best_people"]) == (2, 2, 2, 2)
    assert plan["best_points"] == sum(line["score"] + line["boost"] for line in plan["lines"])
    assert {"plan.unproposed_points@2019-06-01", "match.weight[occupation]@2019-06-01"} <= set(plan["policies"])


def test_plan_leaves_out_those_who_are_asked_already_or_said_no(matching: ServiceUnderTest) -> None:
    early, late = two_needs(matching, positions=3)
    asked, refused, free = (add_candidate(matching) for _one in range(3))
    posted(matching, "/matches", {"need_id": early["id"], "citizen_id": str(asked)})
    no = posted(matching, "/matches", {"need_id": early["id"], "citizen_id": str(refused)})
    posted(matching, f"/matches/{no['id']}/consent", {"given": False, "how": "phone", "reason_code": "too_far"})

    plan = planned(matching)
    assert set(placed(plan)) == {str(refused), str(free)}
    assert placed(plan)[str(refused)] == late["id"]
    assert plan["seats"] == 5
    boosts = {line["citizen_id"]: line["boost"] for line in plan["lines"]}
    assert boosts == {str(refused): 0, str(free): 100}


def test_empty_plan_and_no_plan_say_what_they_mean(consultant: Browser, matching: ServiceUnderTest) -> None:
    nothing = words(consultant.get("/match/plan"))
    consultant.submit("/match/plan", {"aim": "people"})
    empty = words(consultant.get("/match/plan"))

    assert "Der er ingen plan endnu." in nothing
    assert "Ingen borgere passer til de ledige pladser." in empty
    assert matching.call("GET", "/plans/newest", client="consultant").json["aim"] == "people"


def test_line_is_approved_with_its_reasons_and_taken_back(consultant: Browser, matching: ServiceUnderTest) -> None:
    need, citizen_id = add_need(matching, title="Kantinen"), add_candidate(matching)
    matching.hear(registered(citizen_id), version=2)
    consultant.submit("/match/plan", {"aim": "points"})
    (line,) = matching.call("GET", "/plans/newest", client="consultant").json["lines"]
    page = words(consultant.get("/match/plan"))
    answer = consultant.submit("/match/plan/godkend", {"line_id": line["id"]})
    told = matching.told(MatchProposed)
    after = consultant.get("/match/plan")

    assert "Kantinen" in page
    assert "Stilling 500/500: samme stilling" in page
    assert "Fordeling 100: er ikke foreslået for nylig" in page
    assert (answer.status_code, answer.location) == (303, "/match/plan")
    assert [(event.need_id, event.citizen_id) for event in told] == [(UUID(need["id"]), citizen_id)]
    assert "Gå videre med forslaget" in words(after)

    action, fields = offered(after.text)
    assert consultant.submit(action, fields).status_code == 303
    back = words(consultant.get("/match/plan"))
    assert "Godkend" in back
    assert "Gå videre med forslaget" not in back
    assert consultant.submit("/match/plan/godkend", {"line_id": line["id"]}).status_code == 303


def test_approval_asks_again_whether_all_of_it_still_holds(consultant: Browser, matching: ServiceUnderTest) -> None:
    need = add_need(matching, positions=4)
    people = [add_candidate(matching) for _one in range(4)]
    lines = {UUID(line["citizen_id"]): line["id"] for line in planned(matching)["lines"]}
    withdraw(matching, people[0])
    matching.hear(wishes(people[1], availability=tuple(days("09:00-15:00"))), version=2)
    other = posted(matching, "/needs", need_body({"id": need["company_id"]}))
    posted(matching, "/matches", {"need_id": other["id"], "citizen_id": str(people[2])})

    page = words(consultant.get("/match/plan"))
    refused = [consultant.submit("/match/plan/godkend", {"line_id": lines[who]}) for who in people[:3]]
    assert [answer.status_code for answer in refused] == [409, 409, 409]
    assert "Deltager ikke længere" in page
    assert "passer ikke længere" in page
    assert matching.told(MatchProposed)[1:] == []

    changed = {"state": "paused", "version": need["version"]}
    consultant.submit(f"/match/behov/{need['id']}/tilstand", changed)
    assert consultant.submit("/match/plan/godkend", {"line_id": lines[people[3]]}).status_code == 409


def test_last_seat_is_not_given_twice(matching: ServiceUnderTest) -> None:
    need = add_need(matching)
    add_candidate(matching)
    (line,) = planned(matching)["lines"]
    posted(matching, "/matches", {"need_id": need["id"], "citizen_id": str(add_candidate(matching))})

    answer = matching.call("POST", "/plan-approvals", {"line_id": line["id"]}, client="consultant")
    assert (answer.status_code, answer.json["code"]) == (409, "no_position_left")


def test_line_of_a_plan_that_was_made_anew_is_not_found(matching: ServiceUnderTest) -> None:
    add_need(matching)
    add_candidate(matching)
    (line,) = planned(matching)["lines"]
    planned(matching)

    gone = {"line_id": line["id"]}
    assert matching.call("POST", "/plan-approvals", gone, client="consultant").status_code == 404
    unknown = {"line_id": str(new_id())}
    assert matching.call("POST", "/plan-approvals", unknown, client="consultant").status_code == 404


def test_who_would_be_refused_at_approval_is_marked_with_why_and_cannot_be_approved(
    consultant: Browser, matching: ServiceUnderTest
) -> None:
    need = add_need(matching, positions=3)
    unknown, paused, waits = add_candidate(matching, known=False), add_candidate(matching), add_candidate(matching)
    planned(matching)
    know(matching, paused, paused=True, version=1)
    elsewhere = add_company(matching, CVR_B)
    add_workplace(matching, elsewhere, OTHER_PLACE)
    other = posted(matching, "/needs", need_body(elsewhere, p_number=OTHER_PLACE))
    posted(matching, "/matches", {"need_id": other["id"], "citizen_id": str(waits)})
    page = consultant.get("/match/plan")

    assert need["positions"] == 3
    assert "0 af 3 linjer er godkendt." in words(page)
    assert "Find først ud af" in words(page)
    assert "Foreslås ikke for tiden" in words(page)
    assert "Er imens blevet spurgt om et andet behov" in words(page)
    assert "/match/plan/godkend" not in page.text
    assert unknown != paused


def test_those_who_are_not_put_forward_for_now_are_in_no_plan(matching: ServiceUnderTest) -> None:
    add_need(matching)
    know(matching, add_candidate(matching), paused=True, version=1)

    assert planned(matching)["lines"] == []


def test_progress_counts_what_was_approved_and_not_taken_back(consultant: Browser, matching: ServiceUnderTest) -> None:
    add_need(matching, positions=2)
    for _one in range(2):
        add_candidate(matching)
    first, _second = planned(matching)["lines"]
    consultant.submit("/match/plan/godkend", {"line_id": first["id"]})
    page = consultant.get("/match/plan")
    action, fields = offered(page.text)
    consultant.submit(action, fields)

    assert "1 af 2 linjer er godkendt." in words(page)
    assert "0 af 2 linjer er godkendt." in words(consultant.get("/match/plan"))
