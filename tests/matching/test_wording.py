"""The check of texts: who somebody should be is told apart from what the work is, word by word."""

from typing import Any

import pytest

from services.matching.rules.wording import GROUNDS, findings, rows
from tests.browser import Browser, words
from tests.house import ServiceUnderTest
from tests.matching.factories import (
    CVR_A,
    P_NUMBER,
    add_company,
    add_workplace,
    need_body,
    posted,
)

SEEKS_BY = [
    ("Rengøringsdame til kontor", "sex"),
    ("Stærk mand til lageret", "sex"),
    ("RENGØRINGSDAMER", "sex"),
    ("Kvinder til pakkeri", "sex"),
    ("Altmuligmand", "sex"),
    ("Frisk pige til isbod", "sex"),
    ("En ung medarbejder", "age"),
    ("Unge til butikken", "age"),
    ("Yngre kok", "age"),
    ("Medarbejder under 30 år", "age"),
    ("Helst 18-25 år", "age"),
    ("Max. 30 år", "age"),
    ("Mellem 25 og 40 år", "age"),
    ("20-30 årig tjener", "age"),
    ("Over 50 år, gerne rutineret", "age"),
    ("Dansk som modersmål", "origin"),
    ("Vi søger danskere", "origin"),
    ("Ingen udlændinge", "origin"),
    ("Uden tørklæde", "belief"),
    ("Muslimsk kok", "belief"),
    ("Sund og rask medarbejder", "disability"),
    ("Uden handicap", "disability"),
    ("Ingen skånehensyn", "disability"),
    ("Ikke gravid", "family"),
    ("Barnløs vikar", "family"),
    ("Heteroseksuel barista", "orientation"),
]
CAN_STAND = [
    "Rengøring mandag til fredag",
    "Fire mand til rengøring",
    "5 mand til flytning",
    "Flyttemand",
    "Brandmand på deltid",
    "Herre- og damefrisør",
    "Salg af dametøj",
    "Pædagog til arbejde med unge",
    "Ungdomsklub i Herlev",
    "Hjælp til ældre borgere",
    "Reparation af ældre biler",
    "Børn mellem 3 og 12 år",
    "Fyldt 18 år",
    "Over 18 år på grund af alkohol",
    "Mindst 5 års erfaring",
    "Over 40 års erfaring på holdet",
    "En over 50 år gammel virksomhed",
    "25 til 30 timer om ugen",
    "Pasning af 10-12 maskiner",
    "Rask tempo og sund mad",
    "God til at tale dansk",
    "Dansk køkken",
    "Uanset hudfarve",
    "Sælge tørklæder",
    "Medarbejder på museum for pigeskoler",
    "Kvindehøjskolen søger køkkenhjælp",
]


@pytest.mark.parametrize(("text", "ground"), SEEKS_BY)
def test_word_that_seeks_by_who_somebody_is_is_found(text: str, ground: str) -> None:
    found = findings(text)

    assert ground in {one.ground for one in found}
    assert all(text[one.start : one.end] == one.said for one in found)


@pytest.mark.parametrize("text", CAN_STAND)
def test_word_that_says_what_the_work_is_can_stand(text: str) -> None:
    assert findings(text) == []


def test_every_ground_has_words_and_every_word_something_neutral_that_can_stand() -> None:
    assert {row.ground for row in rows()} == set(GROUNDS)
    assert [row.words for row in rows() if not row.neutral.danish or findings(row.neutral.danish)] == []


def company(matching: ServiceUnderTest) -> Any:
    made = add_company(matching)
    add_workplace(matching, made)
    return made


def test_api_refuses_such_a_need_with_the_law_and_a_neutral_word(matching: ServiceUnderTest) -> None:
    body = need_body(company(matching), title="Rengøringsdame til kontor")
    for client in ("consultant", "company-a"):
        refused = matching.call("POST", "/needs", body, client=client)
        assert refused.status_code == 422
        assert "ligebehandlingsloven § 6" in str(refused.json)
        assert "rengøringsassistent" in str(refused.json)
    assert matching.call("GET", "/needs", client="consultant").json["items"] == []


def test_title_that_was_only_said_as_the_job_is_checked_as_well(matching: ServiceUnderTest) -> None:
    body = need_body(company(matching), occupation_title="ung rengøringsassistent", title=None)
    body.pop("occupation")
    refused = matching.call("POST", "/needs", body, client="consultant")

    assert refused.status_code == 422


def test_staff_keep_a_word_for_a_reason_that_is_written_down_and_a_company_cannot(matching: ServiceUnderTest) -> None:
    body = need_body(company(matching), title="Støtte til en pige på 14", wording_reason_code="about_the_work")
    theirs = matching.call("POST", "/needs", body, client="company-a")
    need = posted(matching, "/needs", body)
    plain = posted(matching, "/needs", need_body({"id": need["company_id"]}, wording_reason_code="lawful"))
    (kept,) = matching.call("GET", f"/needs/{need['id']}/kept-words", client="consultant").json["items"]

    assert theirs.status_code == 422
    assert (kept["words"], kept["reason_code"], kept["kept_by"]) == (["pige"], "about_the_work", "consultant")
    assert matching.call("GET", f"/needs/{plain['id']}/kept-words", client="consultant").json["items"] == []
    seen = words(matching.browser("job_consultant").get(f"/match/behov/{need['id']}"))
    assert "„pige“ står i overskriften med en grund" in seen


FORM = {
    "p_number": P_NUMBER, "occupation": "d2434f11-086d-4706-be95-cee4a4a46665", "title": "Kontordame",
    "employment_form": "small_job", "starts_on": "2026-11-09", "positions": "1",
    "wed_1.begins": "07:00", "wed_1.ends": "11:00",
}  # fmt: skip


def test_forms_of_staff_and_company_say_what_to_write_and_keep_what_was_typed(matching: ServiceUnderTest) -> None:
    made = company(matching)
    staff: Browser = matching.browser("job_consultant")
    path = f"/match/behov/ny/{made['id']}"
    told = staff.submit(path, FORM)
    boss = matching.browser("company_employee", organisation=CVR_A).submit("/virksomhed/behov/ny", FORM)

    for answer in (told, boss):
        assert answer.status_code == 422
        assert "Skriv fx „kontormedarbejder“." in words(answer)
        assert 'value="Kontordame"' in answer.text
    assert 'name="wording_reason_code"' in told.text
    assert 'name="wording_reason_code"' not in boss.text
    assert staff.submit(path, FORM | {"wording_reason_code": "name_of_place"}).status_code == 303


def test_text_can_be_tried_by_a_company_before_it_is_sent(matching: ServiceUnderTest) -> None:
    found = posted(matching, "/wording-checks", {"text": "En ung mand under 30 år"}, "company-a")["items"]

    assert [(one["said"], one["ground"]) for one in found] == [("ung", "age"), ("mand", "sex"), ("under 30 år", "age")]
    shown = words(matching.browser("company_employee", organisation=CVR_A).get("/match/ordliste"))
    assert "rengøringsdame, rengøringsdamen" in shown
    assert "Køn – ligebehandlingsloven § 6" in shown
