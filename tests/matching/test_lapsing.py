"""Proposals that end by themselves, and who is told: no answer in time, or somebody was hired."""

from datetime import timedelta
from typing import Any

from services.matching.use_cases import lapsing
from shared import clock
from shared.events import MatchDeclined
from tests.browser import offered, words
from tests.house import ServiceUnderTest
from tests.matching.factories import (
    MONDAY,
    accepted,
    add_candidate,
    add_need,
    consented,
    need_body,
    placement_body,
    posted,
    stated,
)


def lapse(matching: ServiceUnderTest, days: int) -> None:
    with clock.moved_to(MONDAY + timedelta(days=days)), matching.begin() as session:
        lapsing.lapse(session)


def state_of(matching: ServiceUnderTest, match: Any) -> tuple[str, str | None, str | None]:
    found = matching.call("GET", f"/matches/{match['id']}", client="consultant").json
    return found["state"], found["decliner"], found["reason_code"]


def test_a_proposal_that_nobody_answers_lapses_after_the_days_of_the_row_and_not_before(
    matching: ServiceUnderTest,
) -> None:
    need = add_need(matching, positions=3)
    asked = posted(matching, "/matches", {"need_id": need["id"], "citizen_id": str(add_candidate(matching))})
    waiting = consented(matching, need, add_candidate(matching))
    lapse(matching, 14)
    before = [state_of(matching, one)[0] for one in (asked, waiting)]
    lapse(matching, 15)
    lapse(matching, 15)

    assert before == ["proposed", "consented"]
    assert [state_of(matching, one) for one in (asked, waiting)] == [("declined", "clock", "no_answer")] * 2
    assert matching.connection.exec_driver_sql("SELECT count(*) FROM notice WHERE kind = 'lapsed'").scalar() == 2


def test_whoever_proposed_is_told_once_reads_it_and_takes_that_back(matching: ServiceUnderTest) -> None:
    need, citizen_id = add_need(matching), add_candidate(matching)
    browser = matching.browser("job_consultant")
    empty = words(browser.get("/match/mine"))
    browser.submit(f"/match/behov/{need['id']}/foreslaa", {"citizen_id": str(citizen_id)})
    lapse(matching, 15)
    told = browser.get("/match/mine")
    notice = str(matching.connection.exec_driver_sql("SELECT id FROM notice").scalar())
    browser.submit("/match/mine/kvitter", {"notice_id": notice, "seen": "on"})
    read = browser.get("/match/mine")
    action, fields = offered(read.text)
    browser.submit(action, fields)

    assert "Der er ingen beskeder." in empty
    assert "ny Forslaget er udløbet uden svar Rengøringsassistent, Kantinen ApS" in words(told)
    assert "ny Forslaget" not in words(read)
    assert "ny Forslaget" in words(browser.get("/match/mine"))
    assert "Der er ingen beskeder." in words(matching.browser("job_consultant").get("/match/mine"))


def test_an_agreement_closes_what_else_the_citizen_waits_for_and_leaves_what_begins_later(
    matching: ServiceUnderTest,
) -> None:
    need, citizen_id = add_need(matching), add_candidate(matching)
    company = {"id": need["company_id"]}
    reason = {"citizen_id": str(citizen_id), "override_reason_code": "agreed_with_both_sides"}
    match = accepted(matching, need, citizen_id)
    needs = [posted(matching, "/needs", need_body(company, starts_on=day)) for day in ("2026-11-16", "2027-03-01")]
    same_time = posted(matching, "/matches", {"citizen_id": str(citizen_id), "need_id": needs[0]["id"]})
    later = posted(matching, "/matches", reason | {"need_id": needs[1]["id"]})
    stated(matching, posted(matching, "/placements", placement_body(match)))

    assert state_of(matching, same_time) == ("declined", "hired", "placed_elsewhere")
    assert state_of(matching, later)[0] == "proposed"


def test_an_agreement_on_the_last_position_closes_the_others_proposals_and_tells(matching: ServiceUnderTest) -> None:
    need = add_need(matching)
    first, second = add_candidate(matching), add_candidate(matching)
    match = accepted(matching, need, first)
    matching.connection.exec_driver_sql("UPDATE need SET positions = 2")
    waiting = consented(matching, need, second)
    matching.connection.exec_driver_sql("UPDATE need SET positions = 1")
    stated(matching, posted(matching, "/placements", placement_body(match)))
    events = matching.told(MatchDeclined)

    assert state_of(matching, waiting) == ("declined", "hired", "position_taken")
    assert [(one.decliner, one.reason_code) for one in events] == [("hired", "position_taken")]
    assert matching.connection.exec_driver_sql("SELECT kind FROM notice").scalar() == "position_taken"


def test_an_agreement_leaves_others_alone_while_there_is_room(matching: ServiceUnderTest) -> None:
    need = add_need(matching, positions=2)
    match, waiting = (
        accepted(matching, need, add_candidate(matching)),
        consented(matching, need, add_candidate(matching)),
    )
    stated(matching, posted(matching, "/placements", placement_body(match)))

    assert state_of(matching, waiting)[0] == "consented"
