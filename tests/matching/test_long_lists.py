"""Lists that grow with the town: what a page has no room for is on the next one, and nothing is left out."""

import re
from typing import Any

import pytest

from services.matching.pages import care, companies, jobbank, needs
from services.matching.pages import portal as company_portal
from services.matching.queries import forum, portal, portal_people, profiles
from shared.events import CitizenUnitChanged
from tests.browser import Browser, words
from tests.house import ServiceUnderTest
from tests.matching.factories import (
    CVR_A,
    CVR_B,
    P_NUMBER,
    accepted,
    add_candidate,
    add_company,
    add_need,
    consented,
    need_body,
    placement_body,
    posted,
    stated,
)
from tests.matching.test_forum import boss, consultant, somebody
from tests.matching.test_portal_pages import NEED

__all__ = ["boss", "consultant"]
OURS, PROFILES = "/virksomhed/beskeder", "/virksomhed/profiler"


def link(page: str, home: str, name: str) -> str:
    """The address of the page that the pager of that parameter leads to; empty where it leads nowhere."""
    found = re.findall(rf'href="({re.escape(home)}\?[^"#]*{name}=[0-9a-f-]+)', page)
    return found[0].replace("&amp;", "&") if found else ""


def say(matching: ServiceUnderTest, count: int) -> Any:
    """A company with so many messages from the municipality: "besked 0" is the first."""
    company = add_company(matching)
    for number in range(count):
        posted(matching, f"/companies/{company['id']}/messages", {"text": f"besked {number}"})
    return company


def show(matching: ServiceUnderTest, count: int) -> None:
    """So many citizens who show a profile: "ord 0" is the first."""
    for number in range(count):
        member = matching.browser("citizen", subject=str(add_candidate(matching)))
        assert member.submit("/match/min-profil", {"own_words": f"ord {number}", "shown": "on"}).status_code == 303


def test_older_messages_are_on_the_next_page_of_both_sides_and_read_once_they_are_shown(
    matching: ServiceUnderTest, monkeypatch: Any
) -> None:
    monkeypatch.setattr(portal_people, "LATEST", 3)
    company = say(matching, 5)
    reader = matching.browser("company_employee", organisation=CVR_A)
    staff = matching.browser("front_desk")

    for browser, home in ((reader, OURS), (staff, f"/virksomheder/{company['id']}/beskeder")):
        newest = browser.get(home)
        older = browser.get(link(newest.text, home, "foer"))
        assert re.findall(r"besked \d", words(newest)) == ["besked 2", "besked 3", "besked 4"]
        assert re.findall(r"besked \d", words(older)) == ["besked 0", "besked 1"]
        assert "Vis ældre" not in words(older)
    items = matching.call("GET", f"/companies/{company['id']}/messages", client="consultant").json["items"]
    assert [one["read_at"] is None for one in items] == [False] * 5


def test_the_doors_page_the_thread_and_from_its_own_messages_only(matching: ServiceUnderTest) -> None:
    company = say(matching, 3)
    add_company(matching, cvr=CVR_B, name="Rivalen")
    for client, home in (("company-a", "/company-messages"), ("consultant", f"/companies/{company['id']}/messages")):
        page: Any = matching.call("GET", f"{home}?limit=2", client=client).json
        rest: Any = matching.call("GET", f"{home}?limit=2&cursor={page['next']}", client=client).json
        assert [one["text"] for one in page["items"]] == ["besked 1", "besked 2"]
        assert ([one["text"] for one in rest["items"]], rest["next"]) == (["besked 0"], None)
    foreign = matching.call("GET", f"/company-messages?cursor={page['next']}", client="company-b")
    read: Any = matching.call("POST", f"/company-messages/read?limit=2&cursor={page['next']}", client="company-a").json
    now: Any = matching.call("GET", "/company-messages", client="company-a").json

    assert foreign.status_code == 404
    assert [one["text"] for one in read["items"]] == ["besked 0"]
    assert [one["read_at"] is None for one in now["items"]] == [False, True, True]


def test_lines_to_pass_on_are_paged_and_another_units_take_no_room(
    boss: Browser, consultant: Browser, matching: ServiceUnderTest, monkeypatch: Any
) -> None:
    monkeypatch.setattr(forum, "MOST", 2)
    elsewhere, _member, profile = somebody(matching)
    matching.hear(CitizenUnitChanged(citizen_id=elsewhere, unit_code="ungeenheden"), version=3)
    posted(matching, "/forum-lines", {"profile_id": profile, "text": "fremmed 0"}, "company-a")
    show(matching, 1)
    mine = matching.call("GET", "/company-profiles", client="company-a").json["items"][0]["id"]
    for number in range(3):
        posted(matching, "/forum-lines", {"profile_id": mine, "text": f"linje {number}"}, "company-a")
    first = consultant.get("/match/dialog")
    second = consultant.get(link(first.text, "/match/dialog", "after"))
    page: Any = matching.call("GET", "/forum-lines?limit=3", client="consultant").json
    rest: Any = matching.call("GET", f"/forum-lines?cursor={page['next']}", client="consultant").json

    assert re.findall(r"(?:linje|fremmed) \d", words(first)) == ["linje 0", "linje 1"]
    assert re.findall(r"(?:linje|fremmed) \d", words(second)) == ["linje 2"]
    assert [len(page["items"]), len(rest["items"]), rest["next"]] == [3, 1, None]


def test_the_page_of_lines_goes_on_where_a_line_that_was_decided_meanwhile_stood(
    boss: Browser, matching: ServiceUnderTest
) -> None:
    _citizen, _member, profile = somebody(matching)
    for number in range(2):
        posted(matching, "/forum-lines", {"profile_id": profile, "text": f"linje {number}"}, "company-a")
    page: Any = matching.call("GET", "/forum-lines?limit=1", client="consultant").json
    posted(matching, "/forum-lines/decided", {"line_id": page["next"], "state": "stopped", "version": 1})
    rest: Any = matching.call("GET", f"/forum-lines?cursor={page['next']}", client="consultant").json

    assert [one["text"] for one in rest["items"]] == ["linje 1"]


def test_profiles_are_paged_with_the_search_for_companies_and_staff(
    boss: Browser, consultant: Browser, matching: ServiceUnderTest, monkeypatch: Any
) -> None:
    monkeypatch.setattr(profiles, "MOST", 2)
    show(matching, 3)
    first = boss.get(f"{PROFILES}?q=ord&timer=12")
    onward = link(first.text, PROFILES, "after")
    second = boss.get(onward)
    staff = consultant.get("/match/profiler")
    more = consultant.get(link(staff.text, "/match/profiler", "after"))

    assert re.findall(r"ord \d", words(first)) == ["ord 2", "ord 1"]
    assert re.findall(r"ord \d", words(second)) == ["ord 0"]
    assert "q=ord&timer=12" in onward
    assert link(second.text, PROFILES, "after") == ""
    assert [page.text.count('href="/borger/') for page in (staff, more)] == [2, 1]


def test_programs_page_profiles_and_those_that_are_kept(boss: Browser, matching: ServiceUnderTest) -> None:
    show(matching, 3)
    for home, client in (("/company-profiles", "company-a"), ("/profiles", "consultant")):
        page: Any = matching.call("GET", f"{home}?limit=2", client=client).json
        rest: Any = matching.call("GET", f"{home}?limit=2&cursor={page['next']}", client=client).json
        ids = [one["id"] for one in page["items"] + rest["items"]]
        assert ([len(page["items"]), len(rest["items"]), rest["next"]], len(set(ids))) == ([2, 1, None], 3)
    for one in ids:
        posted(matching, "/kept-profiles", {"profile_id": one, "kept": True}, "company-a")
    kept: Any = matching.call("GET", "/kept-profiles?limit=2", client="company-a").json
    last: Any = matching.call("GET", f"/kept-profiles?limit=2&cursor={kept['next']}", client="company-a").json

    assert [one["profile_id"] for one in kept["items"] + last["items"]] == ids[::-1]
    assert last["next"] is None


def test_what_a_company_keeps_is_paged_and_marked_on_whichever_page_it_stands(
    boss: Browser, matching: ServiceUnderTest, monkeypatch: Any
) -> None:
    monkeypatch.setattr(profiles, "MOST", 1)
    show(matching, 2)
    for one in matching.call("GET", "/company-profiles", client="company-a").json["items"]:
        posted(matching, "/kept-profiles", {"profile_id": one["id"], "kept": True}, "company-a")
    first = boss.get(PROFILES)
    kept = boss.get(link(first.text, PROFILES, "husket"))

    assert [page.text.count(">Glem<") for page in (first, kept)] == [1, 1]
    assert "Husk profilen" not in words(first).replace("Tryk Husk profilen", "")
    assert link(kept.text, PROFILES, "husket") == ""


@pytest.mark.parametrize(("query", "act"), [("after", None), ("venter", "offer")])
def test_ones_own_companies_and_those_handed_on_are_paged_and_every_colleague_can_be_covered(
    matching: ServiceUnderTest, monkeypatch: Any, query: str, act: str | None
) -> None:
    monkeypatch.setattr(care, "MOST", 1)
    home = "/virksomheder/kontaktpersoner"
    berit = matching.browser("company_consultant", subject="berit", name="Berit")
    rosa = matching.browser("company_consultant", subject="rosa", name="Rosa")
    for name, cvr in (("Aalehuset", CVR_A), ("Bageriet", CVR_B)):
        page = f"/virksomheder/{add_company(matching, cvr=cvr, name=name)['id']}/kontaktperson"
        berit.submit(page, {"act": "take"})
        if act:
            berit.submit(page, {"act": act, "version": "1"})
    reader = berit if act is None else rosa
    first = reader.get(home)
    second = reader.get(link(first.text, home, query))

    assert ["Bageriet" in words(first), "Aalehuset" in words(first)] == [True, False]
    assert "Aalehuset" in words(second)
    assert link(second.text, home, query) == ""
    assert '<option value="berit"' in rosa.get(home).text


def test_promises_are_paged_and_go_on_where_one_that_was_done_meanwhile_stood(
    consultant: Browser, matching: ServiceUnderTest, monkeypatch: Any
) -> None:
    monkeypatch.setattr(care, "MOST", 2)
    advice, home = f"/companies/{add_company(matching)['id']}/advice", "/virksomheder/lovet"
    made = [
        posted(matching, advice, {"kind": "subsidy", "due_on": f"2026-11-{day}"})["id"] for day in (12, 10, 14, 11, 13)
    ]
    due = [made[1], made[3], made[0], made[4], made[2]]
    first = consultant.get(f"{home}?whose=all")
    posted(matching, f"/promises/{due[1]}/done", {})
    second = consultant.get(link(first.text, home, "after"))
    for one in (due[0], due[2]):
        posted(matching, f"/promises/{one}/done", {})
    kept = consultant.get(link(consultant.get(f"{home}?whose=all").text, home, "holdt"))
    page: Any = matching.call("GET", "/promises?whose=all&limit=1", client="consultant").json
    rest: Any = matching.call("GET", f"/promises?whose=all&cursor={page['next']}", client="consultant").json
    done: Any = matching.call("GET", "/promises?whose=all&state=done", client="consultant").json

    assert re.findall(r"lovet/([0-9a-f-]+)/gjort", first.text) == due[:2]
    assert re.findall(r"lovet/([0-9a-f-]+)/gjort", second.text) == due[2:4]
    assert link(second.text, home, "after")
    assert [one["id"] for one in page["items"] + rest["items"]] == due[3:]
    assert {one["id"] for one in done["items"]} == set(due[:3])
    assert words(kept).count("holdt 2. november 2026") == 1


def test_the_forum_is_paged_with_events_to_come_first(
    boss: Browser, consultant: Browser, matching: ServiceUnderTest, monkeypatch: Any
) -> None:
    monkeypatch.setattr(forum, "MOST", 2)
    article = {"kind": "article", "text": "Læs den."}
    for number in range(2):
        posted(matching, "/forum-posts", article | {"title": f"opslag {number}"})
    for number, day in ((3, 20), (4, 12)):
        told = {"kind": "event", "title": f"opslag {number}", "starts_at": f"2026-11-{day}T15:00:00+01:00"}
        posted(matching, "/forum-posts", article | told)
    member = matching.browser("citizen", subject=str(add_candidate(matching)))
    homes = ((consultant, "/match/forum"), (boss, "/virksomhed/forum"), (member, "/match/mit-forum"))
    found = []
    for browser, home in homes:
        first = browser.get(home)
        second = browser.get(link(first.text, home, "after"))
        found.append([list(dict.fromkeys(re.findall(r"opslag \d", words(page)))) for page in (first, second)])
        assert link(second.text, home, "after") == ""
    page: Any = matching.call("GET", "/forum-posts?limit=3", client="consultant").json
    rest: Any = matching.call("GET", f"/forum-posts?cursor={page['next']}", client="consultant").json

    assert found == [[["opslag 4", "opslag 3"], ["opslag 1", "opslag 0"]]] * 3
    assert [one["title"] for one in page["items"] + rest["items"]] == ["opslag 4", "opslag 3", "opslag 1", "opslag 0"]


def test_what_waits_for_the_company_is_never_hidden_behind_newer_things(
    boss: Browser, matching: ServiceUnderTest, monkeypatch: Any
) -> None:
    for module in (portal, company_portal):
        monkeypatch.setattr(module, "MOST", 1)
    need = add_need(matching, positions=9)
    draft = boss.submit("/virksomhed/behov/ny", NEED | {"draft": "on"}).location.rpartition("/")[2]
    asked = [consented(matching, need, add_candidate(matching))["id"] for _number in range(2)]
    yes = [accepted(matching, need, add_candidate(matching)) for _number in range(2)]
    made, newer = [posted(matching, "/placements", placement_body(one)) for one in yes]
    stated(matching, newer)
    posted(matching, "/needs", need_body({"id": need["company_id"]}))
    page = boss.get("/virksomhed").text
    waiting = matching.call("GET", "/company-overview", client="company-a").json["waiting"]

    assert {one["id"] for one in waiting} == {*asked, made["id"], draft}
    assert re.findall(r'href="/virksomhed/forslag/([0-9a-f-]+)">Forslag', page) == [*asked, yes[1]["id"]]


def test_a_companys_newest_proposals_agreements_and_needs_are_shown_however_many_went_before(
    boss: Browser, consultant: Browser, matching: ServiceUnderTest, monkeypatch: Any
) -> None:
    for module in (portal, companies, company_portal, needs, jobbank):
        monkeypatch.setattr(module, "MOST", 1)
    old = add_need(matching, title="gammelt behov", positions=3)
    made = [
        posted(matching, "/placements", placement_body(accepted(matching, old, add_candidate(matching))))["id"]
        for _number in range(2)
    ]
    for one in made:
        stated(matching, {"id": one})
    company = old["company_id"]
    new = posted(matching, "/needs", need_body({"id": company}, title="nyt behov"))
    newest = accepted(matching, new, add_candidate(matching))["id"]
    last = accepted(matching, old, add_candidate(matching))["id"]
    front, staff = boss.get("/virksomhed").text, consultant.get(f"/virksomheder/{company}").text
    job_bank = consultant.get(f"/virksomheder/{company}/steder/{P_NUMBER}/jobbank").text

    assert [f"/virksomhed/forslag/{one}" in front for one in (newest, last)] == [False, True]
    listed = front.partition('id="aftaler"')[2]
    assert [f"/virksomhed/aftaler/{one}" in listed for one in made] == [False, True]
    assert [f"/match/aftale/{one}" in staff for one in made] == [False, True]
    assert [f"/match/behov/{one['id']}" in staff for one in (old, new)] == [False, True]
    assert [f'value="{one["id"]}"' in job_bank for one in (old, new)] == [False, True]
    assert f"/match/forslag/{last}" in consultant.get(f"/match/behov/{old['id']}").text
    assert f"/virksomhed/forslag/{last}" in boss.get(f"/virksomhed/behov/{old['id']}").text
    assert [f'value="{one["id"]}"' in boss.get(OURS).text for one in (old, new)] == [False, True]
