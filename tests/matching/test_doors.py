"""Everything that pages do between a need and an agreement is done by programs too, by the same rules."""

from datetime import date
from typing import Any

from services.matching.use_cases import lapsing
from shared import clock
from shared.calendar import danish_time
from shared.events import MatchConsented
from tests.house import ServiceUnderTest
from tests.matching.factories import (
    CLEANER,
    CVR_A,
    MONDAY,
    add_candidate,
    add_need,
    consented,
    posted,
    withdraw,
)


def got(matching: ServiceUnderTest, path: str, client: str = "consultant") -> Any:
    answer = matching.call("GET", path, client=client)
    assert answer.status_code == 200, answer.text
    return answer.json


def test_people_are_kept_in_mind_compared_and_shown_as_gone_when_they_withdraw(matching: ServiceUnderTest) -> None:
    need, people = add_need(matching), [add_candidate(matching) for _ in range(3)]
    home = f"/needs/{need['id']}"
    for one in people:
        posted(matching, f"{home}/shortlist", {"citizen_id": str(one), "kept": True})
    withdraw(matching, people[2])
    listed = got(matching, f"{home}/shortlist")["items"]
    beside = got(matching, f"{home}/comparison?citizen_id={people[0]}&citizen_id={people[2]}")["items"]
    off = posted(matching, f"{home}/shortlist", {"citizen_id": str(people[0]), "kept": False})["items"]

    assert [one["taking_part"] for one in listed] == [True, True, False]
    assert [one["citizen_id"] for one in beside] == [str(people[0])]
    assert [one["citizen_id"] for one in off] == [str(one) for one in people[1:]]


def test_a_pool_a_holder_and_the_own_list_are_doors(matching: ServiceUnderTest) -> None:
    need, citizen_id = add_need(matching), add_candidate(matching)
    posted(matching, f"/occupation-pools/{CLEANER}", {"citizen_id": str(citizen_id), "kept": True})
    nobody = matching.call("GET", f"/needs/{need['id']}/holder", client="consultant")
    posted(matching, f"/needs/{need['id']}/holder", {"act": "take"})
    waiting = posted(matching, f"/needs/{need['id']}/holder", {"act": "offer", "version": 1})
    mine = got(matching, "/own-list")

    assert [one["occupation"] for one in got(matching, "/occupation-pools")["items"]] == [CLEANER]
    assert [one["citizen_id"] for one in got(matching, f"/occupation-pools/{CLEANER}")["items"]] == [str(citizen_id)]
    assert (nobody.status_code, waiting["version"]) == (404, 2)
    assert [one["id"] for one in mine["held"]] == [need["id"]]
    assert [one["need_id"] for one in mine["handed_on"]] == [need["id"]]


def test_a_notice_is_read_by_whom_it_is_for(matching: ServiceUnderTest) -> None:
    need, citizen_id = add_need(matching), add_candidate(matching)
    posted(matching, "/matches", {"need_id": need["id"], "citizen_id": str(citizen_id)})
    with clock.moved_to(danish_time(MONDAY.date().replace(day=17), 8)), matching.begin() as session:
        lapsing.lapse(session)
    (notice,) = got(matching, "/own-list")["notices"]
    read = posted(matching, f"/notices/{notice['id']}/seen", {"seen": True})
    other = matching.call("POST", f"/notices/{notice['id']}/seen", {"seen": True}, client="adviser")

    assert (notice["kind"], notice["seen_at"], other.status_code) == ("lapsed", None, 404)
    assert read["seen_at"] is not None


def test_the_diary_and_its_gaps_are_doors_and_small_numbers_stay_hidden(matching: ServiceUnderTest) -> None:
    need = add_need(matching, licences=["b"])
    add_candidate(matching)
    notes = f"/needs/{need['id']}/no-match-notes"
    none = matching.call("POST", notes, {"reasons": []}, client="consultant")
    note = posted(matching, notes, {"reasons": ["licences"]})
    diary, gaps = got(matching, notes), got(matching, "/gaps")
    undone = posted(matching, f"{notes}/{note['id']}/undo", {})

    assert none.status_code == 422
    assert ([one["id"] for one in diary["items"]], diary["counted"]["licences"]) == ([note["id"]], None)
    assert [(gap["kind"], gap["code"], gap["needs"]) for gap in gaps["items"]] == [
        ("licence", "b", 1), ("reason", "licences", 1)
    ]  # fmt: skip
    assert gaps["items"][1]["words_da"] == "kørekort eller bevis mangler"
    assert (undone, got(matching, "/gaps")["needs"]) == ({"done": True}, 0)


def test_a_saved_search_is_listed_and_dropped_by_who_saved_it(matching: ServiceUnderTest) -> None:
    wrong = matching.call("POST", "/saved-searches", {"weekly_hours_max": 10}, client="consultant")
    search = posted(matching, "/saved-searches", {"occupation": CLEANER, "weekly_hours_max": 12.5})
    listed = got(matching, "/saved-searches")["items"]
    removal = f"/saved-searches/{search['id']}/removal"
    theirs = matching.call("POST", removal, client="adviser").status_code
    posted(matching, removal, None)

    assert (wrong.status_code, theirs) == (422, 404)
    assert [(one["occupation"], one["weekly_hours_max"]) for one in listed] == [(CLEANER, 12.5)]
    assert got(matching, "/saved-searches")["items"] == []


def test_other_weights_needs_for_a_person_and_offers_are_doors(matching: ServiceUnderTest) -> None:
    need = add_need(matching)
    near = add_candidate(matching, occupations=("88f9ea64-3b98-4a98-b0a9-dde1208e1768",))
    trained = add_candidate(matching, postal_code="2630", travel_km_max=50)
    tried = got(matching, f"/needs/{need['id']}/what-if?occupation=0&distance=1000")
    fitting = got(matching, f"/candidates/{near}/needs")["items"]
    posted(matching, "/matches", {"need_id": need["id"], "citizen_id": str(near)})
    offers = got(matching, f"/candidates/{near}/offers")

    assert (tried["now"], tried["then"]) == ([str(trained), str(near)], [str(near), str(trained)])
    assert [(one["need_id"], sum(f["points"] or 0 for f in one["factors"]) == one["score"]) for one in fitting] == [
        (need["id"], True)
    ]
    assert ([one["state"] for one in offers["items"]], offers["turns"]) == (["proposed"], 0)


def test_why_somebody_is_not_shown_is_masked_for_who_serves_companies(matching: ServiceUnderTest) -> None:
    need, citizen_id = add_need(matching, adjustments=[]), add_candidate(matching, needs=("sitting_work",))
    path = f"/candidates/{citizen_id}/why-not?need_id={need['id']}"
    told = got(matching, path, "adviser")["causes"]
    masked = matching.call("GET", path, client=None, token=matching.token_for("company_consultant")).json["causes"]

    assert "siddende arbejde" in told[0]["words_da"].lower()
    assert [cause["words_da"] for cause in masked] == ["et hensyn, der ikke kan tages"]


def test_what_was_said_of_a_proposal_is_taken_back_by_whoever_said_it(matching: ServiceUnderTest) -> None:
    need = add_need(matching, positions=3)
    asked, heard, answered = (f"/matches/{one}" for one in (
        posted(matching, "/matches", {"need_id": need["id"], "citizen_id": str(add_candidate(matching))})["id"],
        consented(matching, need, add_candidate(matching))["id"],
        consented(matching, need, add_candidate(matching))["id"],
    ))  # fmt: skip
    posted(matching, f"{answered}/answer", {"accepted": True}, "company-a")
    undo = {path: {"version": got(matching, path)["version"]} for path in (asked, heard, answered)}
    theirs = matching.call("POST", f"{answered}/answer/undo", undo[answered], client="company-b")
    answer = posted(matching, f"{answered}/answer/undo", undo[answered], "company-a")
    consent = posted(matching, f"{heard}/consent/undo", undo[heard])
    gone = posted(matching, f"{asked}/undo", undo[asked])

    assert (theirs.status_code, answer["state"], consent["state"]) == (404, "consented", "proposed")
    assert (gone["state"], gone["decliner"]) == ("declined", "proposer")


def test_a_line_of_the_plan_waits_again(matching: ServiceUnderTest) -> None:
    add_need(matching)
    add_candidate(matching)
    (line,) = posted(matching, "/plans", {})["lines"]
    match = posted(matching, "/plan-approvals", {"line_id": line["id"]})
    undone = posted(matching, "/plan-approvals/undo", {"line_id": line["id"], "version": match["version"]})

    assert undone["decliner"] == "proposer"
    assert posted(matching, "/plan-approvals", {"line_id": line["id"]})["state"] == "proposed"


def test_a_citizen_reads_to_whom_for_what_and_until_when(matching: ServiceUnderTest) -> None:
    need, citizen_id = add_need(matching), add_candidate(matching)
    match = posted(matching, "/matches", {"need_id": need["id"], "citizen_id": str(citizen_id)})
    browser = matching.browser("citizen", subject=str(citizen_id))
    page = browser.get(f"/match/samtykke/{match['id']}").text

    assert "16. november 2026" in page
    assert got(matching, f"/matches/{match['id']}")["answer_due"] == "2026-11-16"


def test_people_with_a_protected_identity_never_appear_to_companies(matching: ServiceUnderTest) -> None:
    need = add_need(matching, positions=2)
    hidden, plain = add_candidate(matching, protected=True), add_candidate(matching)
    secret, seen = (consented(matching, need, one)["id"] for one in (hidden, plain))
    company = matching.browser("company_employee", organisation=CVR_A)
    answered = matching.call("POST", f"/matches/{secret}/answer", {"accepted": True}, client="company-a")
    by_staff = posted(matching, f"/matches/{secret}/answer", {"accepted": True})

    assert [one["id"] for one in got(matching, "/company-matches", "company-a")["items"]] == [seen]
    assert matching.call("GET", f"/company-matches/{secret}", client="company-a").status_code == 404
    assert company.get(f"/virksomhed/forslag/{secret}").status_code == 404
    assert secret not in company.get("/virksomhed").text
    assert (answered.status_code, by_staff["state"]) == (404, "accepted")
    written = {str(one.match_id): one.answer_due for one in matching.told(MatchConsented)}
    assert written == {secret: None, seen: date(2026, 11, 16)}
