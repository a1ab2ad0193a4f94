"""The search: names in any order and spelling, birth dates, CPR numbers that never stand in an address."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import text

from services.intake import rules
from shared import clock
from shared.danish import search_key, sort_key
from tests.browser import Browser, queries_of, without_ids, words
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import MONDAY, register

PEOPLE = {
    "010190-1111": "Aage Ærøskov",
    "020190-1111": "Søren Test Ødegård",
    "010190-2222": "Anne-Marie Jensen",
    "030352-1111": "Zenia Jensen Holm",
}


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.moved_to(MONDAY):
        yield


@pytest.fixture
def desk(intake: ServiceUnderTest) -> Browser:
    for cpr, name in PEOPLE.items():
        register(intake, cpr=cpr, name=name)
    return intake.browser("front_desk")


def found(answer: Any) -> list[str]:
    shown = words(answer)
    return sorted((name for name in PEOPLE.values() if name in shown), key=shown.index)


def looks(intake: ServiceUnderTest) -> list[tuple[Any, ...]]:
    rows = intake.connection.execute(
        text("SELECT how, cardinality(subjects) FROM lookup WHERE kind <> 'machine' ORDER BY seq")
    )
    return [tuple(row) for row in rows]


@pytest.mark.parametrize(
    ("q", "names"),
    [
        ("jensen", ["Anne-Marie Jensen", "Zenia Jensen Holm"]),
        ("JENS", ["Anne-Marie Jensen", "Zenia Jensen Holm"]),
        ("jens ze", ["Zenia Jensen Holm"]),
        ("marie", ["Anne-Marie Jensen"]),
        ("åge", ["Aage Ærøskov"]),
        ("aeroe", ["Aage Ærøskov"]),
        ("øde", ["Søren Test Ødegård"]),
        ("010190", ["Anne-Marie Jensen", "Aage Ærøskov"]),
        ("01.01.1990", ["Anne-Marie Jensen", "Aage Ærøskov"]),
        ("010190 jensen", ["Anne-Marie Jensen"]),
        ("03031952", ["Zenia Jensen Holm"]),
        ("ensen", []),
        ("%", []),
        ("nobody", []),
    ],
)
def test_people_are_found_by_what_one_has_of_them(desk: Browser, q: str, names: list[str]) -> None:
    assert found(desk.get(f"/soeg?q={quote(q)}")) == names


def test_changed_name_is_found_and_the_old_one_is_not(desk: Browser, intake: ServiceUnderTest) -> None:
    register(intake, cpr="010190-2222", name="Anne-Marie Lund")

    assert "Anne-Marie Lund" in words(desk.get("/soeg?q=lund"))
    assert "Anne-Marie" not in words(desk.get("/soeg?q=jensen"))


def test_search_field_leads_to_an_address_for_a_name(desk: Browser) -> None:
    answer = desk.submit("/soeg", {"q": "åge"})

    assert (answer.status_code, answer.location) == (303, "/soeg?q=%C3%A5ge")


@pytest.mark.parametrize("q", ["010190-1111", "0101901111", "010190 1111", " 010190–1111 "])
def test_cpr_number_is_answered_where_it_was_sent_and_stays_out_of_page_and_address(desk: Browser, q: str) -> None:
    answer = desk.submit("/soeg", {"q": q})

    assert answer.status_code == 200
    assert found(answer) == ["Aage Ærøskov"]
    assert "010190-xxxx" in answer.text
    for secret in ("1111", "kort/soeg"):
        assert secret not in answer.text


@pytest.mark.parametrize("q", ["010190-1111", "0101901111", "jens%20010190%201111"])
def test_cpr_number_in_an_address_is_not_looked_up(desk: Browser, q: str, intake: ServiceUnderTest) -> None:
    answer = desk.get(f"/soeg?q={q}")

    assert "Et CPR-nummer må ikke stå i en adresse." in words(answer)
    assert found(answer) == []
    assert looks(intake) == [("search", 0)]


def test_number_that_is_none_is_said_to_be_none_and_not_shown_again(desk: Browser) -> None:
    answer = desk.submit("/soeg", {"q": "3202991111"})

    assert answer.status_code == 422
    assert "CPR-nummeret er ikke gyldigt." in words(answer)
    assert "1111" not in without_ids(answer.text)


def test_unknown_cpr_number_says_what_to_do(desk: Browser) -> None:
    assert "Ingen borger passer." in words(desk.submit("/soeg", {"q": "050590-1111"}))


def test_nobody_tries_all_cpr_numbers_by_search(desk: Browser) -> None:
    answers = [desk.submit("/soeg", {"q": "050590-1111"}).status_code for _ in range(16)]

    assert answers == [200] * 15 + [429]


def test_every_search_is_on_record_also_without_a_hit(desk: Browser, intake: ServiceUnderTest) -> None:
    desk.get("/soeg?q=jensen")
    desk.get("/soeg?q=nobody")
    desk.submit("/soeg", {"q": "010190-1111"})

    assert looks(intake) == [("search", 2), ("search", 0), ("search", 1)]


def test_more_than_twenty_are_said_to_be_more(intake: ServiceUnderTest) -> None:
    desk = intake.browser("front_desk")
    for day in range(1, 23):
        register(intake, cpr=f"{day:02}0260-1111", name=f"Ib Holm {chr(64 + day)}")

    answer = desk.get("/soeg?q=ib")

    assert answer.text.count("0260-xxxx") == 20
    assert "Her er de første 20." in words(answer)


@pytest.mark.parametrize("q", ["", "a", "-"])
def test_too_little_finds_nobody_and_says_what_to_do(desk: Browser, q: str) -> None:
    answer = desk.get(f"/soeg?q={q}")

    assert found(answer) == []
    assert "Skriv" in words(answer)


def test_search_asks_for_people_and_for_their_units(desk: Browser, intake: ServiceUnderTest) -> None:
    with queries_of(intake.connection) as asked:
        desk.get("/soeg?q=jensen")

    assert len(asked) <= 4


def test_company_is_led_to_its_own_needs_and_to_no_citizen(desk: Browser, intake: ServiceUnderTest) -> None:
    company = intake.browser("company_employee", organisation="90000004")

    answer = company.get("/soeg?q=jensen")

    assert found(answer) == []
    assert "/match/kort/soeg?q=jensen" in answer.text
    assert "/opfoelgning/kort/soeg" not in answer.text
    assert found(company.submit("/soeg", {"q": "010190-1111"})) == []


@pytest.mark.parametrize("role", ["leader", "mentor", "citizen", "partner", "ops", "data_protection_officer"])
def test_others_do_not_search_here(intake: ServiceUnderTest, role: str) -> None:
    assert intake.browser(role).get("/soeg?q=jensen").status_code == 403


def test_names_sort_the_danish_way() -> None:
    names = ["Ærø", "Aage", "Zoë", "Ødegård", "Anne", "Åse", "Østen", "Søren"]

    assert sorted(names, key=sort_key) == ["Anne", "Søren", "Zoë", "Ærø", "Ødegård", "Østen", "Aage", "Åse"]
    assert {search_key(name) for name in ("Åge", "AAGE", "Aage")} == {"aage"}


@pytest.mark.parametrize(
    ("typed", "born"),
    [
        ("010190", {date(1990, 1, 1)}),
        ("010110", {date(1910, 1, 1), date(2010, 1, 1)}),
        ("1/2", set()),
        ("1/2/90", {date(1990, 2, 1)}),
        ("310290", set()),
        ("01012027", set()),
    ],
)
def test_birth_dates_are_read_as_they_are_written(typed: str, born: set[date]) -> None:
    assert set(rules.read_search(typed, date(2026, 11, 2)).born) == born
