"""The box on the form for a need, and its JSON door: filled for correction, the text kept nowhere."""

import re
from typing import Any

import pytest
from sqlalchemy import text as sql

from shared.occupations import occupations
from tests.browser import Browser, words
from tests.house import ServiceUnderTest
from tests.matching.factories import CLEANER, CVR_A, add_company, add_workplace

CASHIER = next(known.id for known in occupations().values() if known.title == "Kasseassistent")
SAID = (
    "Vi skal bruge 3 rengøringsassistenter fra 1. marts, 8 timer om ugen, mandag kl. 7-11. Gerne kørekort. Møde kl. 7."
)


@pytest.fixture
def consultant(matching: ServiceUnderTest) -> Browser:
    return matching.browser("job_consultant")


@pytest.fixture
def form(matching: ServiceUnderTest) -> str:
    company = add_company(matching)
    add_workplace(matching, company)
    return f"/match/behov/ny/{company['id']}"


def value_of(page: str, name: str) -> str:
    found = re.search(rf'<input[^>]*name="{re.escape(name)}"[^>]*>', page)
    told = re.search(r'value="([^"]*)"', found.group()) if found else None
    return told[1] if told else ""


def read(consultant: Browser, form: str, typed: dict[str, Any]) -> str:
    answer = consultant.submit(f"{form}/laes", typed)
    assert answer.status_code == 200
    return str(answer.text)


def test_what_the_company_says_fills_the_form(consultant: Browser, form: str) -> None:
    page = read(consultant, form, {"said": SAID})

    filled = ("occupation_title", "positions", "weekly_hours_min", "starts_on", "mon_1.begins", "mon_1.ends")
    assert [value_of(page, name) for name in filled] == [
        "Rengøringsassistent", "3", "8", "01-03-2027", "07:00", "11:00",
    ]  # fmt: skip
    assert re.search(rf'value="{CLEANER}"[^>]* checked', page)


def test_the_text_is_shown_with_what_was_read_marked(consultant: Browser, form: str) -> None:
    page = read(consultant, form, {"said": SAID})

    assert "<mark>8 timer om ugen</mark>" in page
    assert "ikke i formularen" in page
    assert "<mark>kørekort</mark>" in page
    assert not re.search(r'value="b"[^>]* checked', page), "a wish is no demand"


def test_what_somebody_typed_stays(consultant: Browser, form: str) -> None:
    page = read(consultant, form, {"said": SAID, "positions": "5", "starts_on": "01-04-2027", "title": "Trapper"})

    assert [value_of(page, name) for name in ("positions", "starts_on", "title")] == ["5", "01-04-2027", "Trapper"]


def test_a_task_proposes_titles_and_chooses_none(consultant: Browser, form: str) -> None:
    page = read(consultant, form, {"said": "en til rengøring"})

    assert value_of(page, "occupation_title") == "rengøring"
    assert f'value="{CLEANER}"' in page
    assert not re.search(rf'value="{CLEANER}"[^>]* checked', page)


def test_another_word_for_a_title_is_chosen_and_shown_to_be_looked_at(consultant: Browser, form: str) -> None:
    page = read(consultant, form, {"said": "en kassedame lørdag kl. 8-14"})

    assert "<mark>kassedame</mark>" in page
    assert re.search(rf'value="{CASHIER}"[^>]* checked', page)
    assert "se efter" in page


def test_two_kinds_of_work_are_both_offered_and_none_is_chosen(consultant: Browser, form: str) -> None:
    page = read(consultant, form, {"said": "en truckfører og en kassedame"})

    assert value_of(page, "occupation_title") == "truckfører eller kassedame"
    assert f'value="{CASHIER}"' in page
    assert not re.search(r'name="occupation" [^>]* checked', page)


def test_an_empty_box_says_so_and_loses_nothing(consultant: Browser, form: str) -> None:
    answer = consultant.submit(f"{form}/laes", {"said": " ", "title": "Trapper"})

    assert answer.status_code == 422
    assert "Hvad siger virksomheden?: Mangler." in words(answer)
    assert value_of(answer.text, "title") == "Trapper"


def test_a_text_without_a_job_in_it_says_so(consultant: Browser, form: str) -> None:
    assert "Der blev ikke læst noget i teksten." in read(consultant, form, {"said": "Vi ses, hav det godt."})


def test_the_text_is_kept_nowhere(consultant: Browser, form: str, matching: ServiceUnderTest) -> None:
    read(consultant, form, {"said": "Kodeordet er xylofonsalat, 8 timer om ugen"})
    matching.call("POST", "/readings", {"said": "xylofonsalat"}, client="consultant")

    assert tables_with(matching, "xylofonsalat") == []


def tables_with(matching: ServiceUnderTest, word: str) -> list[str]:
    with matching.begin() as session:
        schema = session.execute(sql("SELECT current_schema()")).scalar_one()
        tables = session.execute(sql("SELECT tablename FROM pg_tables WHERE schemaname = :s"), {"s": schema}).scalars()
        return [
            table
            for table in tables.all()
            if session.execute(
                sql(f'SELECT count(*) FROM "{table}" AS kept WHERE kept::text LIKE :word'),  # noqa: S608
                {"word": f"%{word}%"},
            ).scalar_one()
        ]


def test_the_door_tells_each_thing_with_its_place(matching: ServiceUnderTest) -> None:
    said = "Tre til rengøring"
    items = matching.call("POST", "/readings", {"said": said}, client="consultant").json["items"]

    assert [(item["field"], said[item["start"] : item["end"]]) for item in items] == [
        ("positions", "Tre"), ("occupation", "rengøring"),
    ]  # fmt: skip


def test_a_company_reads_its_own_text(matching: ServiceUnderTest) -> None:
    add_workplace(matching, add_company(matching))
    boss = matching.browser("company_employee", organisation=CVR_A)
    page = boss.submit("/virksomhed/behov/ny/laes", {"said": "8 timer om ugen"}).text

    assert value_of(page, "weekly_hours_max") == "8"
