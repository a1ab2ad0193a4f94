"""A company rings: found while it rings, its need shaped from what it says, kept if the browser closes."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text as sql

from services.matching.use_cases import calls
from shared import clock
from shared.events import CitizenUnitChanged
from tests.browser import Browser, offered, words
from tests.house import ServiceUnderTest
from tests.matching.factories import (
    CLEANER,
    CVR_A,
    CVR_B,
    MONDAY,
    P_NUMBER,
    add_candidate,
    add_company,
    add_workplace,
    need_body,
)
from tests.matching.sentences import PHONED_IN

HOME = "/virksomheder/opkald"
SAID = PHONED_IN
REST = {
    "positions": "3", "starts_on": "01-03-2027", "weekly_hours_min": "8", "weekly_hours_max": "8", "begins": "7",
    "occupation": CLEANER, "days": ["mon", "tue"], "ends": "11", "employment_form": "virksomhedspraktik",
    "p_number": P_NUMBER,
}  # fmt: skip


@pytest.fixture
def company(matching: ServiceUnderTest) -> Any:
    made = add_company(matching)
    add_workplace(matching, made)
    return made


@pytest.fixture
def consultant(matching: ServiceUnderTest) -> Browser:
    return matching.browser("company_consultant", organisation="jobbutikken")


@pytest.fixture
def ringing(consultant: Browser, company: Any) -> Browser:
    assert consultant.submit(f"{HOME}/hvem", {"q": "kantinen"}).status_code == 303
    return consultant


def value_of(page: str, name: str) -> str:
    found = re.search(rf'<(?:input|select)[^>]*name="{re.escape(name)}"[^>]*>', page)
    told = re.search(r'value="([^"]*)"', found.group()) if found else None
    return told[1] if told else ""


def draft_id(browser: Browser) -> str:
    found = re.search(rf"{HOME}/([0-9a-f-]{{36}})/slut", browser.get(HOME).text)
    assert found
    return found[1]


@pytest.mark.parametrize("typed", ["kant", CVR_A, CVR_A[:4]])
def test_name_or_cvr_brings_up_the_company_while_it_rings(consultant: Browser, company: Any, typed: str) -> None:
    assert "Kantinen ApS (90000004)" in words(consultant.get(f"{HOME}/find?q={typed}"))


def test_enter_takes_the_only_one_and_asks_among_several(
    matching: ServiceUnderTest, consultant: Browser, company: Any
) -> None:
    add_company(matching, cvr=CVR_B, name="Kantinen Syd")
    several = consultant.submit(f"{HOME}/hvem", {"q": "kantinen"})
    one = consultant.submit(f"{HOME}/hvem", {"q": "syd"})

    assert several.status_code == 200
    assert "Kantinen Syd (90000012)" in words(several)
    assert (one.status_code, "Kantinen Syd, CVR-nummer 90000012" in words(consultant.get(HOME))) == (303, True)


def test_a_new_company_and_its_place_come_in_the_same_breath(matching: ServiceUnderTest, consultant: Browser) -> None:
    typed = {"q": "ny", "cvr": CVR_A, "name": "Nyt Sted", "contact.name": "Vera", "new_p_number": P_NUMBER}
    refused = consultant.submit(f"{HOME}/ny", typed)
    taken = consultant.submit(f"{HOME}/ny", typed | {"new_postal_code": "2730"})
    page = consultant.get(HOME)

    assert (refused.status_code, value_of(refused.text, "name")) == (422, "Nyt Sted")
    assert taken.status_code == 303
    assert f"Nyt Sted ({P_NUMBER})" in words(page)


def test_a_number_that_is_no_cvr_number_is_refused_and_nothing_is_lost(consultant: Browser) -> None:
    answer = consultant.submit(f"{HOME}/ny", {"cvr": "12345678", "name": "Nyt Sted", "contact.name": "Vera"})

    assert answer.status_code == 422
    assert "CVR-nummeret er ikke gyldigt." in words(answer)
    assert value_of(answer.text, "contact.name") == "Vera"


def test_what_they_say_becomes_the_need_and_what_is_missing_is_asked(ringing: Browser) -> None:
    ringing.submit(f"{HOME}/laes", {"said": SAID, "positions": "1"})
    page = ringing.get(HOME)

    filled = ("positions", "starts_on", "weekly_hours_min", "begins", "occupation_title", "ends")
    assert [value_of(page.text, name) for name in filled] == ["3", "01-03-2027", "8", "7.00", "rengøring", ""]
    assert not re.search(rf'value="{CLEANER}"[^>]* checked', page.text), "the job is not guessed"
    shown = words(page)
    assert "Hvad kaldes jobbet?" in shown
    assert "Hvilke dage?" in shown
    assert "Hvornår er de færdige?" in shown
    assert "Hvilken ansættelsesform tænker I på?" in shown
    assert "Hvornår skal de begynde?" not in shown


def test_what_somebody_filled_in_is_not_read_over(ringing: Browser) -> None:
    ringing.submit(f"{HOME}/laes", {"said": SAID, "positions": "5", "begins": "8.30"})
    page = ringing.get(HOME).text

    assert [value_of(page, name) for name in ("positions", "begins")] == ["5", "8.30"]


def test_days_with_the_same_hours_stand_together_and_others_each_by_itself(ringing: Browser) -> None:
    ringing.submit(f"{HOME}/laes", {"said": "to til lageret mandag til onsdag kl. 8-12"})
    same = ringing.get(HOME).text
    ringing.submit(f"{HOME}/laes", {"said": "mandag kl. 8-12 og tirsdag kl. 10-14"})
    other = ringing.get(HOME).text

    assert re.findall(r'name="days" value="(\w+)" checked', same) == ["mon", "tue", "wed"]
    assert [value_of(same, name) for name in ("begins", "ends", "mon_1.begins")] == ["8.00", "12.00", ""]
    assert [value_of(other, name) for name in ("begins", "mon_1.begins", "tue_1.ends")] == ["", "08:00", "14:00"]


def test_candidates_come_while_the_call_lasts_and_other_units_stay_unnamed(
    matching: ServiceUnderTest, ringing: Browser
) -> None:
    mine, theirs = add_candidate(matching), add_candidate(matching)
    matching.hear(CitizenUnitChanged(citizen_id=theirs, unit_code="ungeenheden"), version=2)
    matching.hear(CitizenUnitChanged(citizen_id=mine, unit_code="jobbutikken"), version=2)
    more = {"days": ["mon", "tue", "wed"], "weekly_hours_max": "12", "adjustments": ["quiet_place"]}
    answer = ringing.submit(f"{HOME}/gem", REST | more, HX_Request="true")

    shown = words(answer)
    assert "2 borgere passer." in shown
    assert shown.count("Borger i en anden enhed") == 1
    assert "3 pladser, Rengøringsassistent, virksomhedspraktik, mandag–onsdag 7.00–11.00" in shown
    assert matching.connection.scalar(sql("SELECT count(*) FROM attention")) == 0


def test_the_draft_is_there_after_the_browser_was_closed_and_for_nobody_else(
    matching: ServiceUnderTest, ringing: Browser
) -> None:
    ringing.submit(f"{HOME}/gem", {"said": SAID, "positions": "4"})
    later = Browser(matching.app, matching._all_settings["intake"], ringing.who)

    assert value_of(later.get(HOME).text, "positions") == "4"
    assert SAID in later.get(HOME).text
    assert SAID not in matching.browser("company_consultant").get(HOME).text


def test_a_draft_is_thrown_away_and_taken_back(ringing: Browser) -> None:
    ringing.submit(f"{HOME}/gem", {"said": SAID, "positions": "4"})
    gone = ringing.submit(f"{HOME}/{draft_id(ringing)}/kasser")
    action, fields = offered(ringing.get(HOME).text)
    assert (gone.status_code, SAID in ringing.get(HOME).text) == (303, False)

    ringing.submit(action, fields)
    assert SAID in ringing.get(HOME).text


def test_the_end_is_a_need_and_nothing_of_what_was_said_stays(matching: ServiceUnderTest, ringing: Browser) -> None:
    ringing.submit(f"{HOME}/laes", {"said": SAID})
    ended = ringing.submit(f"{HOME}/{draft_id(ringing)}/slut", REST | {"season": ["03", "04"], "title": "Trapper"})
    need = matching.call("GET", "/needs", client="consultant").json["items"][0]

    assert ended.headers["Location"].endswith(f"/match/behov/{need['id']}")
    assert (need["title"], need["positions"], need["starts_on"]) == ("Trapper", 3, "2027-03-01")
    assert need["windows"] == ["mon 07:00-11:00", "tue 07:00-11:00"]
    assert matching.connection.execute(sql("SELECT said, typed, state FROM call")).all() == [("", {}, "done")]
    assert matching.connection.scalar(sql("SELECT season FROM need_profile")) == ["03", "04"]
    copied = str(matching.connection.execute(sql("SELECT changes FROM audit WHERE table_name = 'call'")).all())
    assert "rengøring" not in copied


def test_an_end_with_something_missing_says_what_and_keeps_all_the_rest(ringing: Browser) -> None:
    answer = ringing.submit(f"{HOME}/{draft_id(ringing)}/slut", REST | {"days": [], "said": SAID})

    assert answer.status_code == 422
    assert "Vælg mindst én dag." in words(answer)
    assert value_of(answer.text, "ends") == "11"
    assert SAID in ringing.get(HOME).text


def test_a_new_place_in_the_middle_of_the_call_is_chosen_and_loses_nothing(ringing: Browser) -> None:
    other = {"new_p_number": "1099990009", "new_postal_code": "9000", "place_name": "Kantinen Nord"}
    ringing.submit(f"{HOME}/sted", REST | other | {"said": SAID})
    page = ringing.get(HOME).text

    assert re.search(r'value="1099990009" selected', page)
    assert value_of(page, "ends") == "11"


def test_drafts_nobody_went_on_with_are_forgotten(matching: ServiceUnderTest, ringing: Browser) -> None:
    ringing.submit(f"{HOME}/gem", {"said": SAID})
    for days, left in ((13, 1), (15, 0)):
        with clock.moved_to(MONDAY + timedelta(days=days)), matching.begin() as session:
            calls.forget(session)
        assert matching.connection.scalar(sql("SELECT count(*) FROM call")) == left


def test_the_same_by_api(matching: ServiceUnderTest, company: Any) -> None:
    add_candidate(matching)
    begun = matching.call("POST", "/calls/draft", {"company_id": company["id"], "said": SAID}, client="consultant")
    again = matching.call("GET", "/calls/draft", client="consultant").json["call"]
    body = {name: value for name, value in need_body(company).items() if name != "company_id"}
    call = f"/calls/{begun.json['id']}"
    ranked = matching.call("POST", f"{call}/candidates", body, client="consultant").json
    thrown = matching.call("POST", f"{call}/throw-away", client="consultant").json["state"]
    back = matching.call("POST", f"{call}/take-back", client="consultant").json["state"]
    ended = matching.call("POST", f"{call}/finish", body | {"season": ["03"]}, client="consultant").json

    assert (again["said"], again["typed"]["p_number"]) == (SAID, [P_NUMBER])
    assert (ranked["fitting"], len(ranked["items"])) == (1, 1)
    assert (thrown, back, ended["call"]["state"], ended["call"]["said"]) == ("thrown", "draft", "done", "")
    assert ended["need"]["company_id"] == company["id"]
    assert matching.call("GET", "/calls/draft", client="consultant").json == {"call": None}
    assert matching.call("POST", f"{call}/finish", body, client="consultant").status_code == 409
    assert matching.call("POST", f"{call}/finish", body, client="front-desk").status_code == 403
