"""The closed forum (C2): posts, events, a dialogue through the municipality, and help with a profile."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from shared import clock
from shared.events import (
    CitizenRegistered,
    CitizenUnitChanged,
    CompanySeatMovedUp,
    ForumLineDecided,
    ForumLineReceived,
    ForumSeatMovedUp,
)
from tests.browser import Browser, offered, words
from tests.house import ServiceUnderTest
from tests.matching.factories import CVR_A, CVR_B, MONDAY, add_candidate, add_company, posted, registered, withdraw

WORDS, ASKED = "Jeg holder af orden.", "Vil du høre om et job på lageret?"
EVENT = {"kind": "event", "title": "Kom og mød os", "text": "Kaffe.", "starts_at": "2026-11-20T10:00:00+01:00",
         "capacity": 1}  # fmt: skip


@pytest.fixture
def boss(matching: ServiceUnderTest) -> Browser:
    add_company(matching)
    return matching.browser("company_employee", organisation=CVR_A)


@pytest.fixture
def consultant(matching: ServiceUnderTest) -> Browser:
    return matching.browser("job_consultant")


def somebody(matching: ServiceUnderTest) -> tuple[UUID, Browser, str]:
    """A citizen called Zenobia who shows a profile, with their browser and the profile's id."""
    citizen_id = add_candidate(matching)
    matching.hear(CitizenRegistered(**{**vars(registered(citizen_id)), "name": "Zenobia Dyrehave"}), version=2)
    browser = matching.browser("citizen", subject=str(citizen_id))
    browser.submit("/match/min-profil", {"own_words": WORDS, "shown": "on"})
    found = matching.connection.execute(text("SELECT id FROM profile WHERE citizen_id = :id"), {"id": citizen_id})
    return citizen_id, browser, str(found.scalar_one())


def waiting_line(matching: ServiceUnderTest) -> Any:
    """What waits for the municipality."""
    found: Any = matching.call("GET", "/forum-lines", client="consultant").json
    return found["items"][0]


def test_a_company_posts_a_job_and_takes_it_down(boss: Browser, matching: ServiceUnderTest) -> None:
    boss.submit("/virksomhed/forum/opslag", {"title": "Lagerhjælp", "text": "Fire formiddage."})
    shown = boss.get("/virksomhed/forum")
    member = somebody(matching)[1]
    seen = words(member.get("/match/mit-forum"))
    boss.submit(*offered(shown.text))

    assert "Lagerhjælp Job Kantinen ApS" in seen
    assert "Lagerhjælp" not in words(member.get("/match/mit-forum"))
    assert "Der er ikke slået noget op endnu." in words(boss.get("/virksomhed/forum"))


def test_a_job_post_that_seeks_by_age_is_refused_and_a_link_must_be_secure(boss: Browser) -> None:
    young = boss.submit("/virksomhed/forum/opslag", {"title": "Hjælp", "text": "Vi søger en ung mand."})
    odd = boss.submit("/virksomhed/forum/opslag", {"title": "Hjælp", "text": "x", "link": "javascript:alert(1)"})

    assert (young.status_code, odd.status_code) == (422, 422)
    assert "Vi søger en ung mand." in young.text


def test_articles_and_videos_are_links_and_nothing_of_them_is_shown_inside(consultant: Browser, boss: Browser) -> None:
    video = {"kind": "video", "title": "En dag i fleksjob", "text": "Otte minutter.", "link": "https://video.example/1"}
    # A day that has passed is of no consequence but to an event.
    consultant.submit("/match/forum/opslag", video | {"starts_at": "01-11-2026 10.00", "capacity": "3"})
    page = boss.get("/virksomhed/forum").text

    assert 'href="https://video.example/1" rel="noopener noreferrer"' in page
    assert "<iframe" not in page
    assert "/virksomhed/forum/skjul" not in page


def test_an_event_has_seats_a_waiting_list_and_a_way_back(boss: Browser, matching: ServiceUnderTest) -> None:
    event = posted(matching, "/forum-posts", EVENT)["id"]
    citizen_id, member, _profile = somebody(matching)
    boss.submit("/virksomhed/forum/tilmeld", {"post_id": event})
    with clock.moved_to(MONDAY + timedelta(minutes=1)):
        member.submit("/match/mit-forum/tilmeld", {"post_id": event})
    waits = words(member.get("/match/mit-forum"))
    coming = words(matching.browser("job_consultant").get("/match/forum"))
    listed: Any = matching.call("GET", f"/forum-posts/{event}/seats", client="consultant").json
    boss.submit("/virksomhed/forum/afmeld", {"post_id": event})
    moved_up = words(member.get("/match/mit-forum"))
    with clock.moved_to(MONDAY + timedelta(minutes=2)):
        boss.submit(*offered(boss.get("/virksomhed/forum").text))

    told = [one.citizen_id for one in matching.told(ForumSeatMovedUp)]

    assert (told, matching.told(CompanySeatMovedUp)) == ([citizen_id], [])
    assert "Alle pladser er taget. Du står på ventelisten." in waits
    assert "nummer 1 på ventelisten" in waits
    assert "2 tilmeldte Kantinen ApS Zenobia Dyrehave" in coming
    assert [one["company"] for one in listed["items"]] == ["Kantinen ApS", None]
    assert "tilmeldt Meld fra" in moved_up
    assert "nummer 1 på ventelisten" in words(boss.get("/virksomhed/forum"))


def test_an_event_lies_ahead(consultant: Browser) -> None:
    late = {"kind": "event", "title": "I går", "text": "x", "starts_at": "01-11-2026 10.00"}

    assert consultant.submit("/match/forum/opslag", late).status_code == 422


def test_the_dialogue_runs_through_the_municipality_and_tells_nobodys_name(
    boss: Browser, consultant: Browser, matching: ServiceUnderTest
) -> None:
    citizen_id, member, profile = somebody(matching)
    boss.submit("/virksomhed/forum/samtaler", {"profile_id": profile, "text": ASKED})
    before = words(member.get("/match/min-dialog"))
    waiting = waiting_line(matching)
    told = {"line_id": waiting["id"], "state": "passed", "version": "1"}
    consultant.submit("/match/dialog", told)
    member.submit("/match/min-dialog", {"company_id": _company(matching), "text": "Ja, gerne."})
    unpassed = words(boss.get("/virksomhed/forum/samtaler"))
    answer = waiting_line(matching)
    posted(matching, "/forum-lines/decided", {"line_id": answer["id"], "state": "passed", "version": 1})
    page = boss.get("/virksomhed/forum/samtaler")

    received, decided = matching.told(ForumLineReceived), matching.told(ForumLineDecided)
    assert [(one.by_company, one.citizen_id) for one in received] == [(True, citizen_id), (False, citizen_id)]
    assert [(one.by_company, one.state) for one in decided] == [(True, "passed"), (False, "passed")]
    assert ASKED not in before
    assert ASKED in words(member.get("/match/min-dialog"))
    assert "Ja, gerne." not in unpassed
    assert "Ja, gerne." in words(page)
    assert not any(secret in page.text for secret in (str(citizen_id), "Zenobia", "Dyrehave"))


def _company(matching: ServiceUnderTest) -> str:
    return str(matching.connection.scalar(text("SELECT id FROM company")))


def test_a_citizen_answers_only_a_company_that_was_passed_on_and_not_with_a_name(
    boss: Browser, consultant: Browser, matching: ServiceUnderTest
) -> None:
    _citizen, member, profile = somebody(matching)
    unasked = member.submit("/match/min-dialog", {"company_id": _company(matching), "text": "Hej"})
    line = posted(matching, "/forum-lines", {"profile_id": profile, "text": ASKED}, "company-a")
    posted(matching, "/forum-lines/decided", {"line_id": line["id"], "state": "passed", "version": 1})
    named = member.submit("/match/min-dialog", {"company_id": _company(matching), "text": "Jeg hedder Zenobia"})

    assert (unasked.status_code, named.status_code) == (404, 422)
    assert "Jeg hedder Zenobia" in named.text


def test_a_refused_line_stays_by_the_profile_it_is_for_and_by_no_other(
    boss: Browser, matching: ServiceUnderTest
) -> None:
    profiles = [somebody(matching)[2] for _one in range(2)]
    refused = "Er du 251248-9996?"
    first = boss.submit("/virksomhed/forum/samtaler", {"profile_id": profiles[0], "text": refused})
    for profile in profiles:
        boss.submit("/virksomhed/forum/samtaler", {"profile_id": profile, "text": ASKED})
    later = boss.submit("/virksomhed/forum/samtaler", {"profile_id": profiles[1], "text": refused})

    for page, profile in ((first, profiles[0]), (later, profiles[1])):
        assert (page.status_code, page.text.count(refused)) == (422, 1)
        assert re.findall(r'name="profile_id" value="([^"]*)"', page.text) == [profile]
        assert 'href="#f-text"' in page.text
        assert 'id="f-text"' in page.text


def test_a_refused_answer_stays_by_the_company_it_is_for(boss: Browser, matching: ServiceUnderTest) -> None:
    _citizen, member, profile = somebody(matching)
    add_company(matching, cvr=CVR_B, name="Rivalen")
    for company in ("company-a", "company-b"):
        line = posted(matching, "/forum-lines", {"profile_id": profile, "text": ASKED}, company)
        posted(matching, "/forum-lines/decided", {"line_id": line["id"], "state": "passed", "version": 1})
    rival = str(matching.connection.scalar(text("SELECT id FROM company WHERE name = 'Rivalen'")))
    page = member.submit("/match/min-dialog", {"company_id": rival, "text": "Jeg hedder Zenobia"}).text

    assert page.count("Jeg hedder Zenobia") == 1
    assert re.findall(r'name="company_id" value="([^"]*)"', page) == [rival]


def test_a_line_is_stopped_and_the_stop_taken_back(consultant: Browser, matching: ServiceUnderTest) -> None:
    add_company(matching)
    profile = somebody(matching)[2]
    line = posted(matching, "/forum-lines", {"profile_id": profile, "text": ASKED}, "company-a")
    consultant.submit("/match/dialog", {"line_id": line["id"], "state": "stopped", "version": "1"})
    page = consultant.get("/match/dialog").text
    consultant.submit(*offered(page))

    assert "Der venter ingen beskeder." in page
    assert ASKED in consultant.get("/match/dialog").text


def test_a25_a_withdrawn_profile_ends_the_dialogue_at_once(boss: Browser, matching: ServiceUnderTest) -> None:
    _citizen, member, profile = somebody(matching)
    posted(matching, "/forum-lines", {"profile_id": profile, "text": ASKED}, "company-a")
    member.submit("/match/min-profil/vis", {"version": "1"})
    late = matching.call("POST", "/forum-lines", {"profile_id": profile, "text": "Er du der?"}, client="company-a")

    assert "Profilen er ikke længere fremme." in words(boss.get("/virksomhed/forum/samtaler"))
    assert late.status_code == 404
    add_company(matching, cvr=CVR_B, name="Rivalen")
    assert matching.call("GET", "/forum-dialogues", client="company-b").json == {"items": [], "next": None}


def test_what_is_written_lies_sealed_and_stands_in_no_event_and_no_history(matching: ServiceUnderTest) -> None:
    add_company(matching)
    posted(matching, "/forum-lines", {"profile_id": somebody(matching)[2], "text": ASKED}, "company-a")
    history = matching.connection.scalars(text("SELECT changes::text FROM audit WHERE table_name = 'forum_line'"))

    kept = matching.connection.scalar(text("SELECT forum_line::text FROM forum_line"))

    assert [ASKED in one for one in history] == [False]
    assert ASKED not in str(kept)
    assert ASKED not in str(matching.envelopes())


HELPED = {"own_words": WORDS, "shown": "on"}


def test_a_profile_is_written_with_help_and_only_with_a_yes(consultant: Browser, matching: ServiceUnderTest) -> None:
    citizen_id = add_candidate(matching)
    page = f"/match/borger/{citizen_id}/profil"
    without = consultant.submit(page, HELPED)
    consultant.submit(page, HELPED | {"consented": "on"})
    own = matching.browser("citizen", subject=str(citizen_id))
    helped = words(own.get("/match/min-profil"))
    own.submit("/match/min-profil", {"own_words": "Mine egne ord", "shown": "on", "version": "1"})

    assert (without.status_code, "Borgeren skal sige ja til teksten." in words(without)) == (422, True)
    assert "En medarbejder har skrevet profilen sammen med dig." in helped
    assert "Borgeren skriver selv sin profil." in words(consultant.get(page))
    assert consultant.submit(page, HELPED | {"consented": "on", "version": "2"}).status_code == 409


def test_whoever_rings_is_taken_away_at_once_also_from_a_profile_of_their_own(
    consultant: Browser, boss: Browser, matching: ServiceUnderTest
) -> None:
    citizen_id, _member, _profile = somebody(matching)
    hide = f"/match/borger/{citizen_id}/profil/vis"
    before = words(boss.get("/virksomhed/profiler"))
    consultant.submit(hide, {"version": "1"})

    assert (WORDS in before, WORDS in words(boss.get("/virksomhed/profiler"))) == (True, False)
    assert consultant.submit(hide, {"version": "2", "shown": "on"}).status_code == 409


def test_what_a_citizen_took_away_themselves_is_not_shown_again_by_anybody_else(
    consultant: Browser, boss: Browser, matching: ServiceUnderTest
) -> None:
    citizen_id = add_candidate(matching)
    page = f"/match/borger/{citizen_id}/profil"
    consultant.submit(page, HELPED | {"consented": "on"})
    consultant.submit(f"{page}/vis", {"version": "1"})
    consultant.submit(f"{page}/vis", {"version": "2", "shown": "on"})
    back = words(boss.get("/virksomhed/profiler"))
    matching.browser("citizen", subject=str(citizen_id)).submit("/match/min-profil/vis", {"version": "3"})

    assert WORDS in back
    assert consultant.submit(f"{page}/vis", {"version": "4", "shown": "on"}).status_code == 409
    assert WORDS not in words(boss.get("/virksomhed/profiler"))


def test_another_units_lines_are_not_read_here(matching: ServiceUnderTest) -> None:
    add_company(matching)
    citizen_id, _member, profile = somebody(matching)
    posted(matching, "/forum-lines", {"profile_id": profile, "text": ASKED}, "company-a")
    matching.hear(CitizenUnitChanged(citizen_id=citizen_id, unit_code="ungeenheden"), version=3)

    assert ASKED not in matching.browser("job_consultant", organisation="jobbutikken").get("/match/dialog").text
    assert ASKED in matching.browser("job_consultant", organisation="ungeenheden").get("/match/dialog").text


def test_nothing_stays_of_who_takes_part_no_more(matching: ServiceUnderTest) -> None:
    add_company(matching)
    citizen_id, member, profile = somebody(matching)
    event = posted(matching, "/forum-posts", EVENT)["id"]
    member.submit("/match/mit-forum/tilmeld", {"post_id": event})
    posted(matching, "/forum-lines", {"profile_id": profile, "text": ASKED}, "company-a")
    withdraw(matching, citizen_id)
    left = text("SELECT (SELECT count(*) FROM forum_line), (SELECT count(*) FROM forum_seat)")

    assert tuple(matching.connection.execute(left).one()) == (0, 0)
