"""Kolding's company service (C8, seed 001): one call, quick and listening, read back, and every promise with a day."""

import re
from datetime import date
from typing import Any

import pytest

from demo.story import occupation
from shared.clock import danish_time
from tests.journeys.playing import Play
from tests.matching.sentences import PHONED_IN

pytestmark = pytest.mark.journeys
BEGINS = date(2027, 2, 3)
DAY, NEXT_WEEK = date(2027, 2, 3), date(2027, 2, 12)
CVR, P_NUMBER, MAIL = "90000063", "1099990063", "ejer@lagersalg.example.dk"
WINDOWS = ["mon 07:00-11:00", "thu 07:00-11:00"]


def the_company_rings(play: Play) -> Any:
    """The owner needs a hand in the storage and has heard of us by a detour: company, place and need in one call."""
    company = play.call("consultant", "POST", "matching/companies", {
        "cvr": CVR, "name": "Lagersalg Eksempel ApS",
        "contact": {"name": "Ejer Eksempel", "email": MAIL, "phone": "20 11 22 33"},
    })  # fmt: skip
    play.call("consultant", "POST", f"matching/companies/{company['id']}/workplaces", {
        "p_number": P_NUMBER, "name": "Lageret", "postal_code": "6000",
    })  # fmt: skip
    call = play.call("consultant", "POST", "matching/calls/draft", {"company_id": company["id"], "said": PHONED_IN})
    read = play.call("consultant", "POST", "matching/readings", {"said": PHONED_IN}, expect=200)["items"]
    values = {one["field"]: one["value"] for one in read}
    assert (values["positions"], values["starts_on"], values["starts_at"]) == (3, "2027-03-01", "07:00")
    assert play.call("consultant", "GET", "matching/calls/draft")["call"]["said"] == PHONED_IN
    return company | {"call": call["id"]}


def many_small_tasks_become_a_need(play: Play, company: Any) -> Any:
    """What was not said is asked for; then the need is read back in writing."""
    body = {
        "p_number": P_NUMBER, "occupation": occupation(play, "lagermedarbejder"), "title": "Mange små opgaver",
        "employment_form": "small_job", "windows": WINDOWS, "weekly_hours_min": 8, "weekly_hours_max": 8,
        "positions": 1, "adjustments": ["own_tasks"], "starts_on": "2027-03-01", "season": ["03", "04"],
    }  # fmt: skip
    asked = {name: value for name, value in body.items() if name != "season"}
    found = play.call("consultant", "POST", f"matching/calls/{company['call']}/candidates", asked, expect=200)
    assert set(found) == {"fitting", "near", "items"}
    ended = play.call("consultant", "POST", f"matching/calls/{company['call']}/finish", body | {"read_back": True})
    assert (ended["call"]["said"], ended["call"]["state"]) == ("", "done")
    assert "NeedReadBack" in play.told()
    return ended["need"]


def the_company_corrects_it(play: Play, need: Any) -> None:
    """By the link in the letter, without signing in."""
    letter = play.letters_to(MAIL, 1)[0]
    text = " ".join(part["text"] for part in letter["parts"])
    found = re.search(r"(/virksomhed/laest-op\?kode=[\w-]+)", text)
    assert found
    code = found[1].split("kode=")[1]
    page = play.person("tove").submit(found[1], "/virksomhed/laest-op", {
        "kode": code, "version": str(need["version"]), "positions": "2", "starts_on": "01-03-2027",
        "mon_1.begins": "8.00", "mon_1.ends": "12.00", "thu_1.begins": "8.00", "thu_1.ends": "12.00",
        "weekly_hours_min": "8", "weekly_hours_max": "8",
    })  # fmt: skip
    assert "Tak. Behovet er rettet." in page
    now = play.call("consultant", "GET", f"matching/needs/{need['id']}")
    assert (now["positions"], now["windows"][0]) == (2, "mon 08:00-12:00")
    notices = play.call("consultant", "GET", "matching/own-list")["notices"]
    assert "read_back_corrected" in [one["kind"] for one in notices if one["need_id"] == need["id"]]


def somebody_has_the_company_and_keeps_the_promises(play: Play, company: Any) -> None:
    """One consultant, a visit, and advice on retention; what is not kept is seen."""
    home = f"matching/companies/{company['id']}"
    play.call("consultant", "POST", f"{home}/consultant", {"act": "take"})
    advice = play.call("consultant", "POST", f"{home}/advice", {"kind": "retention", "due_on": "2027-02-10"})
    play.call("consultant", "POST", f"{home}/contacts", {"way": "visit", "direction": "ours", "outcome": "reached"})
    promised = play.call("consultant", "GET", "matching/promises")["items"]
    mine = {one["kind"]: one for one in promised if one["company_id"] == company["id"]}
    assert set(mine) == {"answer", "visit", "retention"}
    visit = play.call("consultant", "POST", f"matching/promises/{mine['visit']['id']}/done")
    assert visit["done_at"]

    play.it_is(danish_time(NEXT_WEEK, 10))
    broken = play.wait(lambda: _broken(play, advice["id"]), "the promise to be found broken")
    assert broken["due_on"] == "2027-02-10"


def _broken(play: Play, promise_id: str) -> Any:
    found = play.call("consultant", "GET", "matching/promises?whose=all")["items"]
    return next((one for one in found if one["id"] == promise_id and one["broken_at"]), None)


def test_koldings_company_service(play: Play) -> None:
    play.it_is(danish_time(DAY, 9))
    company = the_company_rings(play)
    need = many_small_tasks_become_a_need(play, company)
    the_company_corrects_it(play, need)
    somebody_has_the_company_and_keeps_the_promises(play, company)
