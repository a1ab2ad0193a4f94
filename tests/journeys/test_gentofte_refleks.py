"""Gentofte's closed forum (C2, seed 002), the profile: in one's own words, by choice, at any hour, gone at once."""

from datetime import date
from typing import Any

import pytest

from demo.story import KIRSTEN, PERSONS, occupation, wishes
from shared.clock import danish_time
from tests.browser import without_ids
from tests.journeys.playing import Play

pytestmark = pytest.mark.journeys
BEGINS = date(2027, 2, 1)
DAY = date(2027, 2, 1)
MINE, COMPANYS = "/match/min-profil", "/virksomhed/profiler"
TALKS, MINE_TALKS = "/virksomhed/forum/samtaler", "/match/min-dialog"
FORUM, COMPANY_FORUM = "/match/mit-forum", "/virksomhed/forum"
WORDS = "Jeg holder orden på et lager og arbejder bedst, når der er ro. På gode dage kan jeg flere timer."


def known(play: Play) -> str:
    """Somebody with a decision on a fleksjob has told what they wish; up to fifteen hours, and quiet."""
    person = PERSONS[KIRSTEN]
    contact = play.call("front-desk", "POST", "intake/first-contacts", {
        "cpr": KIRSTEN, "name": f"{person['fornavne']} {person['efternavn']}", "email": f"{KIRSTEN}@borger.example.dk",
        "phone": None, "postal_code": "2820", "municipality_code": "0157", "applied_for": "kontanthjaelp",
        "channel": "phone", "qualifying_education": True, "guidance": {"version": "2026-02", "written": True},
    })  # fmt: skip
    wished = wishes(occupation(play, "lagermedarbejder"), "08:00", 6, 15) | {"forms": ["fleksjob"]}
    play.call("adviser", "POST", f"intake/citizens/{contact['citizen_id']}/job-wishes", wished)
    return str(contact["citizen_id"])


def at_home_in_the_evening(play: Play) -> None:
    """The profile is written when there is strength for it; what companies will read stands under it."""
    kirsten = play.person("kirsten")
    form = play.wait(lambda: _own(play) if "Om mig" in _own(play) else None, "the wishes to reach the profile")
    assert "Jeg kan fjerne den igen når som helst." in form
    page = kirsten.submit(MINE, MINE, {"own_words": WORDS, "tells_needs": "on", "shown": "on"})
    assert "Virksomheder kan se din profil" in page
    assert "Det her læser virksomheder" in page


def _own(play: Play) -> str:
    status, page = play.person("kirsten").get(MINE)
    assert status == 200
    return page


def a_company_looks(play: Play) -> str:
    """It reads needs and hours, and nothing of who, why, or where (A24)."""
    play.call("consultant", "POST", "matching/companies", {
        "cvr": "90000004", "name": "Nordlager Eksempel ApS",
        "contact": {"name": "Tove Eksempel", "email": "tove@nordlager.example.dk", "phone": None},
    })  # fmt: skip
    status, page = play.person("tove").get(f"{COMPANYS}?q=lager&timer=12")
    assert status == 200
    assert WORDS in page
    shown = without_ids(page)
    assert [word for word in ("Kirsten", "Berggren", KIRSTEN[:6], "2820", "kontanthj") if word in shown] == []
    mine: dict[str, Any] = next(
        one for one in play.call("company-a", "GET", "matching/company-profiles")["items"] if one["own_words"] == WORDS
    )
    assert (mine["functional_needs"], mine["weekly_hours_max"]) == (["quiet_place"], 15)
    kept = play.person("tove").submit(COMPANYS, f"{COMPANYS}/husk", {"profile_id": mine["id"], "kept": "on"})
    assert "er husket" in kept
    return str(mine["id"])


def the_desk_knows_whose_it_is(play: Play, profile: str, citizen: str) -> None:
    """The dialogue goes through the job centre: the company rings with the number."""
    whose = {one["id"]: one["citizen_id"] for one in play.call("consultant", "GET", "matching/profiles")["items"]}
    assert whose[profile] == citizen


def a_dialogue_through_the_municipality(play: Play, profile: str) -> None:
    """The company writes to the profile, a consultant reads it first, and the answer goes back so, nameless."""
    asked, answered = "Vil du høre om et job på vores lille lager?", "Ja, gerne om formiddagen."
    tove, johanne, kirsten = play.person("tove"), play.person("johanne"), play.person("kirsten")
    tove.submit(COMPANYS, TALKS, {"profile_id": profile, "text": asked})
    assert asked not in kirsten.get(MINE_TALKS)[1]
    _passed_on(play, asked)
    assert asked in kirsten.get(MINE_TALKS)[1]
    company = play.call("company-a", "GET", "matching/companies")["items"][0]["id"]
    kirsten.submit(MINE_TALKS, MINE_TALKS, {"company_id": company, "text": answered})
    assert answered not in tove.get(TALKS)[1]
    assert answered in johanne.get("/match/dialog")[1]
    _passed_on(play, answered)
    page = tove.get(TALKS)[1]
    assert answered in page
    assert [word for word in ("Kirsten", "Berggren", KIRSTEN[:6]) if word in page] == []


def _passed_on(play: Play, words: str) -> None:
    lines = play.call("consultant", "GET", "matching/forum-lines")["items"]
    line = next(one for one in lines if one["text"] == words)
    told = {"line_id": line["id"], "state": "passed", "version": line["version"]}
    play.call("consultant", "POST", "matching/forum-lines/decided", told)


def an_event_with_one_seat(play: Play) -> None:
    """Jobs, articles and events are for those who take part; whoever comes late waits for a seat."""
    article = {"kind": "article", "title": "Sådan virker et fleksjob", "text": "Kort fortalt.",
               "link": "https://artikel.example.dk/fleksjob"}  # fmt: skip
    play.call("consultant", "POST", "matching/forum-posts", article)
    event = {"kind": "event", "title": "Kaffe med virksomheder", "text": "Kom og hils på.",
             "starts_at": "2027-02-20T10:00:00+01:00", "capacity": 1}  # fmt: skip
    made = play.call("consultant", "POST", "matching/forum-posts", event)["id"]
    kirsten, tove = play.person("kirsten"), play.person("tove")
    assert "Du er tilmeldt." in kirsten.submit(FORUM, f"{FORUM}/tilmeld", {"post_id": made})
    assert "Du står på ventelisten." in tove.submit(COMPANY_FORUM, f"{COMPANY_FORUM}/tilmeld", {"post_id": made})
    kirsten.submit(FORUM, f"{FORUM}/afmeld", {"post_id": made})
    page = tove.get(COMPANY_FORUM)[1]
    assert "https://artikel.example.dk/fleksjob" in page
    assert "tilmeldt" in page


def withdrawn_at_once(play: Play, profile: str) -> None:
    """At 22.14 it is taken back, at 22.15 nobody finds it, and who kept it is told that it is gone (A25)."""
    play.it_is(danish_time(DAY, 22, 14))
    version = play.wait(lambda: _version(_own(play)), "the version")
    page = play.person("kirsten").submit(MINE, f"{MINE}/vis", {"version": version})
    assert "Ingen virksomhed kan se din profil" in page
    play.it_is(danish_time(DAY, 22, 15))
    _status, seen = play.person("tove").get(COMPANYS)
    assert WORDS not in seen
    assert "ikke længere muligt" in seen
    kept = play.call("company-a", "GET", "matching/kept-profiles")["items"]
    assert [one["profile"] for one in kept if one["profile_id"] == profile] == [None]


def _version(page: str) -> str | None:
    return page.partition('name="version" value="')[2].partition('"')[0] or None


def test_gentofte_refleks(play: Play) -> None:
    play.it_is(danish_time(DAY, 10))
    citizen = known(play)
    play.it_is(danish_time(DAY, 21, 30))
    at_home_in_the_evening(play)
    profile = a_company_looks(play)
    the_desk_knows_whose_it_is(play, profile, citizen)
    a_dialogue_through_the_municipality(play, profile)
    an_event_with_one_seat(play)
    withdrawn_at_once(play, profile)
    status, page = play.person("lotte").get("/skranken/tal/selvbetjening")
    assert status == 200
    assert "Min side" in page
