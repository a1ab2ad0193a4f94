"""What we understood on the telephone is read back to the company, which confirms or corrects it by its link."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from shared import clock, links
from shared.events import NeedReadBack
from tests.browser import Browser, offered, words
from tests.house import ServiceUnderTest
from tests.matching.factories import CLEANER, MONDAY, add_company, add_workplace, need_body

PATH = links.READ_BACK_PATH


@pytest.fixture
def told(matching: ServiceUnderTest) -> NeedReadBack:
    company = add_company(matching)
    add_workplace(matching, company)
    begun = matching.call("POST", "/calls/draft", {"company_id": company["id"]}, client="consultant").json
    body = {name: value for name, value in need_body(company).items() if name != "company_id"} | {"read_back": True}
    assert matching.call("POST", f"/calls/{begun['id']}/finish", body, client="consultant").status_code == 201
    told: NeedReadBack = matching.told(NeedReadBack)[0]
    return told


@pytest.fixture
def code(matching: ServiceUnderTest, told: NeedReadBack) -> str:
    return links.code(matching.settings, links.READ_BACK, told.call_id, told.ends_at)


@pytest.fixture
def company(matching: ServiceUnderTest) -> Browser:
    return matching.browser()


def need(matching: ServiceUnderTest) -> Any:
    return matching.call("GET", "/needs", client="consultant").json["items"][0]


def heard(matching: ServiceUnderTest, told: NeedReadBack) -> str:
    browser = matching.browser("company_consultant", subject="consultant")
    return words(browser.get("/virksomheder/opkald"))


CORRECTED = {
    "version": "1", "positions": "2", "starts_on": "01-12-2026", "mon_1.begins": "08:00", "mon_1.ends": "12:00",
    "weekly_hours_min": "4", "weekly_hours_max": "4",
    "adjustments": ["quiet_place"],
}  # fmt: skip


def test_the_event_says_what_was_understood_and_for_how_long(told: NeedReadBack) -> None:
    assert (told.occupation, told.positions, told.weekly_hours_min) == (CLEANER, 1, 8)
    assert told.ends_at == clock.now().replace(hour=23, minute=0, second=0, microsecond=0) + timedelta(days=7)


def test_the_company_says_that_it_is_right_and_can_take_that_back(
    matching: ServiceUnderTest, told: NeedReadBack, code: str, company: Browser
) -> None:
    assert "Har vi forstået jer rigtigt? Rengøringsassistent" in words(company.get(f"{PATH}?kode={code}"))
    said = company.submit(f"{PATH}/rigtigt", {"kode": code})
    assert said.status_code == 303
    assert "virksomheden siger, det er rigtigt" in heard(matching, told)

    action, fields = offered(company.get(f"{PATH}?kode={code}").text)
    company.submit(action, fields)
    assert "sendt, ikke læst endnu" in heard(matching, told)


def test_the_company_corrects_it_and_whoever_took_the_call_is_told(
    matching: ServiceUnderTest, told: NeedReadBack, code: str, company: Browser
) -> None:
    said = company.submit(PATH, CORRECTED | {"kode": code})
    assert said.status_code == 303
    now = need(matching)
    assert (now["positions"], now["starts_on"], now["windows"]) == (2, "2026-12-01", ["mon 08:00-12:00"])
    assert "virksomheden har rettet det" in heard(matching, told)
    notices = matching.call("GET", "/own-list", client="consultant").json["notices"]
    assert [(one["kind"], one["need_id"]) for one in notices] == [("read_back_corrected", now["id"])]

    action, fields = offered(company.get(f"{PATH}?kode={code}").text)
    assert company.submit(action, fields).status_code == 303
    back = need(matching)
    assert (back["positions"], back["starts_on"], len(back["windows"])) == (1, "2026-11-09", 5)


def test_what_cannot_be_comes_back_with_what_was_typed(code: str, company: Browser) -> None:
    answer = company.submit(PATH, CORRECTED | {"kode": code, "mon_1.ends": "07:00"})

    assert answer.status_code == 422
    assert "Slutter før det begynder." in words(answer)
    assert 'value="01-12-2026"' in answer.text


@pytest.mark.parametrize("days", [8, 30])
def test_the_link_ends(code: str, company: Browser, days: int) -> None:
    with clock.moved_to(MONDAY + timedelta(days=days)):
        answer = company.get(f"{PATH}?kode={code}")

    assert answer.status_code == 410
    assert "Linket virker ikke længere." in words(answer)


def test_a_link_to_something_else_opens_nothing(
    matching: ServiceUnderTest, told: NeedReadBack, company: Browser
) -> None:
    other = links.code(matching.settings, links.PULSE, told.call_id, told.ends_at)
    unknown = links.code(matching.settings, links.READ_BACK, UUID(int=3), told.ends_at)

    assert [company.get(f"{PATH}?kode={one}").status_code for one in (other, unknown, "x")] == [410, 410, 410]


def test_without_the_row_nothing_is_sent(matching: ServiceUnderTest, told: NeedReadBack) -> None:
    with clock.moved_to(MONDAY.replace(year=2018)):
        company = matching.call("GET", "/companies", client="consultant").json["items"][0]
        begun = matching.call("POST", "/calls/draft", {"company_id": company["id"]}, client="consultant").json
        body = {name: value for name, value in need_body(company).items() if name != "company_id"}
        ended = matching.call("POST", f"/calls/{begun['id']}/finish", body | {"read_back": True}, client="consultant")

    assert (ended.status_code, ended.json["call"]["read_back_until"]) == (201, None)
    assert len(matching.told(NeedReadBack)) == 1
