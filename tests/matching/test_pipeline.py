"""Between a need and a proposal: kept in mind, side by side, handed on, not sent twice, and why not, masked."""

from typing import Any
from uuid import UUID

import pytest

from shared.database import new_id
from tests.browser import Browser, offered, words
from tests.house import ServiceUnderTest
from tests.matching.factories import (
    CVR_A,
    accepted,
    add_candidate,
    add_need,
    consented,
    know,
    need_body,
    placement_body,
    posted,
    stated,
    withdraw,
)

REFUSED_BY_COMPANY = {"accepted": False, "reason_code": "skills_do_not_fit"}


@pytest.fixture
def consultant(matching: ServiceUnderTest) -> Browser:
    return matching.browser("job_consultant")


def propose(matching: ServiceUnderTest, need: Any, citizen_id: UUID, **more: Any) -> Any:
    body = {"need_id": need["id"], "citizen_id": str(citizen_id)} | more
    return matching.call("POST", "/matches", body, client="consultant")


_EARLIER = """
    WITH again AS (
        INSERT INTO match
        SELECT (jsonb_populate_record(m, '{"id": "%(match)s", "state": "declined", "decliner": "proposer"}')).*
        FROM match m ORDER BY id LIMIT 1
    )
    INSERT INTO placement
    SELECT (jsonb_populate_record(p, '{"id": "%(id)s", "match_id": "%(match)s", "starts_on": "%(day)s"}')).*
    FROM placement p ORDER BY id LIMIT 1
"""


def earlier(matching: ServiceUnderTest, day: str) -> None:
    """The only placement once more, on another match, beginning that day."""
    statement = _EARLIER % {"id": new_id(), "match": new_id(), "day": day}
    matching.connection.exec_driver_sql(statement)


def test_people_are_kept_in_mind_compared_side_by_side_and_taken_off_again(
    consultant: Browser, matching: ServiceUnderTest
) -> None:
    need, people = add_need(matching), [add_candidate(matching) for _ in range(3)]
    home = f"/match/behov/{need['id']}"
    empty = words(consultant.get(f"{home}/sammenlign"))
    for one in people[:2]:
        consultant.submit(f"{home}/liste", {"citizen_id": str(one), "kept": "on"})
    page = consultant.get(home)
    beside = consultant.get(f"{home}/sammenlign")
    action, fields = offered(page.text)
    consultant.submit(action, fields)

    assert "Der skal være to på listen" in empty
    assert [str(one) in beside.text for one in people] == [True, True, False]
    assert words(beside).count("samme stilling") == 2
    assert matching.connection.exec_driver_sql("SELECT count(*) FROM shortlisted").scalar() == 1


def test_a_shortlist_tells_no_company_and_ends_with_the_consent(matching: ServiceUnderTest) -> None:
    need, citizen_id = add_need(matching), add_candidate(matching)
    matching.browser("job_consultant").submit(
        f"/match/behov/{need['id']}/liste", {"citizen_id": str(citizen_id), "kept": "on"}
    )

    company = matching.browser("company_employee", organisation=CVR_A)
    assert str(citizen_id) not in company.get(f"/virksomhed/behov/{need['id']}").text
    assert matching.connection.exec_driver_sql("SELECT count(*) FROM match").scalar() == 0


def test_somebody_is_kept_in_the_pool_of_an_occupation(consultant: Browser, matching: ServiceUnderTest) -> None:
    need, citizen_id = add_need(matching), add_candidate(matching)
    empty = words(consultant.get("/match/puljer"))
    made = consultant.submit(
        "/match/puljer", {"occupation": need["occupation"], "citizen_id": str(citizen_id), "kept": "on"}
    )
    page = consultant.get(made.location)
    action, fields = offered(page.text)
    consultant.submit(action, fields)

    assert "Der er ingen puljer endnu." in empty
    assert str(citizen_id) in page.text
    assert "Der er ingen puljer endnu." in words(consultant.get("/match/puljer"))


def test_a_button_that_is_refused_leaves_the_reader_on_its_page(
    consultant: Browser, matching: ServiceUnderTest
) -> None:
    need, citizen_id = add_need(matching), add_candidate(matching)
    kept = {"occupation": need["occupation"], "citizen_id": str(citizen_id), "kept": "on"}
    consultant.submit("/match/puljer", kept)
    withdraw(matching, citizen_id)
    pooled = consultant.submit("/match/puljer", kept)
    notice = consultant.submit("/match/mine/kvitter", {"notice_id": "x"})
    advice = {"kind": "subsidy", "due_on": "2026-11-10"}
    promise = posted(matching, f"/companies/{need['company_id']}/advice", advice)["id"]
    promised = consultant.submit(f"/virksomheder/lovet/{promise}/fortryd", {})

    assert (pooled.status_code, "<h1>Puljer" in pooled.text, "error-summary" in pooled.text) == (409, True, True)
    assert (notice.status_code, "Der er ingen beskeder." in words(notice)) == (422, True)
    assert (promised.status_code, f"{promise}/gjort" in promised.text) == (409, True)


def test_a_need_is_handed_on_and_stays_until_a_colleague_takes_it(matching: ServiceUnderTest) -> None:
    need = add_need(matching)
    one, other = (matching.browser("job_consultant", name=name) for name in ("Vera Første", "Bo Anden"))
    hold, home = f"/match/behov/{need['id']}/holder", f"/match/behov/{need['id']}"
    one.submit(hold, {"act": "take"})
    refused = other.submit(hold, {"act": "take", "version": "1"})
    one.submit(hold, {"act": "offer", "version": "1"})
    waiting = words(other.get("/match/mine"))
    other.submit(hold, {"act": "take", "version": "2"})

    assert (refused.status_code, "Behovet er hos en kollega." in words(refused)) == (409, True)
    assert "Behov, der venter på en kollega" in waiting
    assert "Tag imod behovet" in waiting
    assert "Hvem har behovet? Bo Anden" in words(one.get(home))
    assert one.submit(hold, {"act": "offer", "version": "3"}).status_code == 404


def test_handing_on_is_taken_back(consultant: Browser, matching: ServiceUnderTest) -> None:
    need = add_need(matching)
    hold = f"/match/behov/{need['id']}/holder"
    consultant.submit(hold, {"act": "take"})
    consultant.submit(hold, {"act": "offer", "version": "1"})
    action, fields = offered(consultant.get(f"/match/behov/{need['id']}").text)
    consultant.submit(action, fields)

    assert "venter på en kollega" not in words(consultant.get(f"/match/behov/{need['id']}"))


def test_nobody_is_sent_to_the_same_company_twice_without_a_reason(matching: ServiceUnderTest) -> None:
    need, citizen_id = add_need(matching), add_candidate(matching)
    match = consented(matching, need, citizen_id)
    other = posted(matching, "/needs", need_body({"id": need["company_id"]}))
    twice = propose(matching, other, citizen_id)
    matching.call("POST", f"/matches/{match['id']}/answer", REFUSED_BY_COMPANY, client="company-a")
    again = propose(matching, need, citizen_id)
    page = matching.browser("job_consultant").submit(
        f"/match/behov/{need['id']}/foreslaa", {"citizen_id": str(citizen_id)}
    )
    agreed = propose(matching, need, citizen_id, override_reason_code="agreed_with_both_sides")

    assert list(twice.json["errors"]) == ["same_company"]
    assert list(again.json["errors"]) == ["declined_before"]
    assert (page.status_code, "Grund til at foreslå alligevel" in words(page)) == (409, True)
    assert (agreed.status_code, agreed.json["failed_rules"]) == (201, ["declined_before"])


def test_offers_going_round_without_more_hours_are_a_warning_and_never_a_stop(
    consultant: Browser, matching: ServiceUnderTest
) -> None:
    need, citizen_id = add_need(matching, positions=9), add_candidate(matching)
    made = posted(matching, "/placements", placement_body(accepted(matching, need, citizen_id)))
    stated(matching, made)
    for year in (2025, 2026):
        earlier(matching, f"{year}-01-05")
    history = f"/match/borger/{citizen_id}/historik"
    later = posted(matching, "/needs", need_body({"id": need["company_id"]}, starts_on="2027-01-11"))

    assert "Borgeren har haft 3 forløb, uden at timerne er vokset." in words(consultant.get(history))
    assert "Karrusel 3 forløb uden flere timer" in words(consultant.get(f"/match/kort/borger/{citizen_id}"))
    assert "Karrusel 3 forløb uden flere timer" in words(consultant.get(f"/match/behov/{later['id']}"))
    assert propose(matching, later, citizen_id).status_code == 201
    matching.connection.exec_driver_sql("UPDATE placement SET weekly_hours = 20 WHERE starts_on > '2026-10-01'")
    assert "Karrusel" not in words(consultant.get(history))


def test_why_somebody_is_not_shown_is_said_and_the_adjustment_is_masked_for_who_serves_companies(
    matching: ServiceUnderTest,
) -> None:
    need = add_need(matching, adjustments=[])
    citizen_id = add_candidate(matching, needs=("sitting_work",), availability=("mon 09:00-12:00",))
    page = f"/match/borger/{citizen_id}/historik?behov={need['id']}"
    told, masked = (words(matching.browser(role).get(page)) for role in ("adviser", "company_consultant"))

    assert "siddende arbejde" in told.lower()
    assert "siddende arbejde" not in masked.lower()
    assert "Et hensyn, der ikke kan tages" in masked
    assert "mandag" in masked


def test_why_not_says_that_we_do_not_know_enough_or_that_nothing_is_in_the_way(matching: ServiceUnderTest) -> None:
    need, citizen_id = add_need(matching), add_candidate(matching, known=False)
    page, browser = f"/match/borger/{citizen_id}/historik?behov={need['id']}", matching.browser("adviser")
    before = words(browser.get(page))
    know(matching, citizen_id)

    assert "Vi ved ikke hvad borgeren kan" in before
    assert "Der er ikke noget i vejen." in words(browser.get(page))
    assert "Borgeren er ikke foreslået til noget endnu." in before


def test_other_weights_show_another_order_and_change_nothing(consultant: Browser, matching: ServiceUnderTest) -> None:
    need = add_need(matching)
    near = add_candidate(matching, occupations=("88f9ea64-3b98-4a98-b0a9-dde1208e1768",))
    trained = add_candidate(matching, postal_code="2630", travel_km_max=50)
    home = f"/match/behov/{need['id']}/hvad-hvis"
    now = consultant.get(home).text
    then = consultant.get(f"{home}?occupation=0&distance=1000").text
    wrong = consultant.get(f"{home}?occupation=9999")

    assert now.index(str(trained)) < now.index(str(near))
    assert then.index(str(near)) < then.index(str(trained))
    assert wrong.status_code == 422
    after = consultant.get(f"/match/behov/{need['id']}").text
    assert after.index(str(trained)) < after.index(str(near))


@pytest.mark.parametrize("role", ["front_desk", "citizen", "company_employee", "mentor", "partner"])
def test_all_of_it_is_for_those_who_match(matching: ServiceUnderTest, role: str) -> None:
    need = add_need(matching)
    browser = matching.browser(role, organisation=CVR_A)
    home = f"/match/behov/{need['id']}"
    pages = [f"{home}/sammenlign", f"{home}/hvad-hvis", "/match/puljer", "/match/mine", "/match/soegninger"]

    assert [browser.get(page).status_code for page in pages] == [403] * 5
