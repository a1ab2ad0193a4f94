"""Needs, the list of who comes in question, and the form, as those see them who match."""

from dataclasses import replace
from typing import Any

import pytest

from services.matching.engine.facts import FACTORS
from services.matching.rules.terms import TERMS
from services.matching.rules.wishes import REMARKS
from services.matching.schemas import companies, matches, needs, placements
from shared import clock
from shared.calendar import danish_time
from tests.browser import Browser, queries_of, words
from tests.house import ServiceUnderTest
from tests.matching.factories import (
    CLEANER,
    CVR_B,
    MONDAY,
    P_NUMBER,
    add_candidate,
    add_company,
    add_need,
    add_workplace,
    posted,
    registered,
)

NEED = {
    "p_number": P_NUMBER,
    "occupation": CLEANER,
    "employment_form": "virksomhedspraktik",
    "starts_on": "2026-11-09",
    "positions": "2",
    "mon_1.begins": "07:00",
    "mon_1.ends": "11:00",
    "tue_1.begins": "22:00",
    "tue_1.ends": "00:00",
}


@pytest.fixture
def consultant(matching: ServiceUnderTest) -> Browser:
    return matching.browser("job_consultant")


def new_need(matching: ServiceUnderTest) -> str:
    company = add_company(matching)
    add_workplace(matching, company)
    return f"/match/behov/ny/{company['id']}"


def only_need(matching: ServiceUnderTest) -> Any:
    (need,) = matching.call("GET", "/needs", client="consultant").json["items"]
    return need


def test_a_need_is_typed_and_registered(consultant: Browser, matching: ServiceUnderTest) -> None:
    answer = consultant.submit(new_need(matching), NEED | {"adjustments": ["quiet_place", "extra_breaks"]})
    need = only_need(matching)

    assert (answer.status_code, answer.location) == (303, f"/match/behov/{need['id']}")
    assert need["windows"] == ["mon 07:00-11:00", "tue 22:00-24:00"]
    assert (need["weekly_hours_min"], need["positions"], need["unadvertised"]) == (6, 2, False)
    assert need["adjustments"] == ["quiet_place", "extra_breaks"]


def test_a_title_typed_out_needs_no_choosing(consultant: Browser, matching: ServiceUnderTest) -> None:
    typed = {name: value for name, value in NEED.items() if name != "occupation"}
    consultant.submit(new_need(matching), typed | {"occupation_title": "rengøringsassistent"})

    assert only_need(matching)["occupation"] == CLEANER


def test_half_a_title_comes_back_with_titles_to_choose_from(consultant: Browser, matching: ServiceUnderTest) -> None:
    typed = {name: value for name, value in NEED.items() if name != "occupation"}
    answer = consultant.submit(new_need(matching), typed | {"occupation_title": "rengør", "title": "Kantinen"})

    assert answer.status_code == 422
    assert "Vælg en stilling på listen." in words(answer)
    assert f'value="{CLEANER}"' in answer.text
    assert 'value="Kantinen"' in answer.text
    assert 'name="mon_1.begins" value="07:00"' in answer.text


def test_titles_are_found_while_somebody_types(consultant: Browser) -> None:
    answer = consultant.get("/match/stillinger?occupation_title=reng%C3%B8ring")

    assert "Rengøringsassistent" in words(answer)
    assert "<html" not in answer.text


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"mon_1.begins": "12:00"}, "Slutter før det begynder."),
        ({"mon_1.ends": ""}, "Mangler."),
        ({"mon_1.begins": "", "mon_1.ends": "", "tue_1.begins": "", "tue_1.ends": ""}, "Angiv mindst én dag."),
        ({"days_required": "3"}, "Flere dage end tidsrum."),
        ({"positions": "mange"}, "Ikke gyldig."),
        ({"starts_on": ""}, "Mangler."),
    ],
)
def test_wrong_hours_are_said_in_words(
    consultant: Browser, matching: ServiceUnderTest, typed: dict[str, str], message: str
) -> None:
    answer = consultant.submit(new_need(matching), NEED | typed)

    assert answer.status_code == 422
    assert message in words(answer)


def test_another_companys_workplace_is_refused(consultant: Browser, matching: ServiceUnderTest) -> None:
    form = new_need(matching)
    other = add_company(matching, cvr=CVR_B, name="Andre")
    add_workplace(matching, other, p_number="1099990002")

    answer = consultant.submit(form, NEED | {"p_number": "1099990002"})
    assert (answer.status_code, "Ikke et af virksomhedens steder." in words(answer)) == (422, True)


def test_open_needs_are_listed_with_what_is_left(consultant: Browser, matching: ServiceUnderTest) -> None:
    add_need(matching, positions=3)
    shown = words(consultant.get("/match"))

    assert "Rengøringsassistent Kantinen ApS virksomhedspraktik 8–20 timer om ugen 3 9. november 2026" in shown


def test_no_needs_says_what_that_means(consultant: Browser) -> None:
    assert "Ingen behov har tilstanden: åbent. Vælg en anden tilstand" in words(consultant.get("/match"))


def test_the_list_says_who_fits_why_and_what_keeps_the_others_out(
    consultant: Browser, matching: ServiceUnderTest
) -> None:
    need = add_need(matching)
    named = add_candidate(matching)
    matching.hear(replace(registered(named), name="Åse Ærlig"), version=2)
    add_candidate(matching, protected=True)
    add_candidate(matching, needs=("sitting_work",))
    add_candidate(matching, forms=("ordinary",), weekly_hours_min=30.0, weekly_hours_max=37.0)
    shown = words(consultant.get(f"/match/behov/{need['id']}"))

    assert "2 borgere passer." in shown
    assert "Åse Ærlig" in shown
    assert "Beskyttet navn" in shown
    assert "samme stilling" in shown
    assert "Hensyn: behov uden tilbud: siddende arbejde" in shown
    assert "Ville passe, hvis der kan tilbydes siddende arbejde." in shown
    assert "Ansættelsesform 1" in shown


def test_the_ranking_never_reads_a_name(consultant: Browser, matching: ServiceUnderTest) -> None:
    need = add_need(matching)
    add_candidate(matching)
    with queries_of(matching.connection) as sent:
        matching.call("GET", f"/needs/{need['id']}/candidates", client="consultant")

    ranked = [one for one in sent if "wishes_copy" in one]
    assert ranked
    assert [one for one in sent if "citizen_copy.name" in one] == []


def test_somebody_is_proposed_and_the_list_says_so(consultant: Browser, matching: ServiceUnderTest) -> None:
    need, citizen_id = add_need(matching), add_candidate(matching)
    page = f"/match/behov/{need['id']}"
    answer = consultant.submit(f"{page}/foreslaa", {"citizen_id": str(citizen_id)})
    shown = words(consultant.get(page))

    assert answer.location == f"{page}#forslag"
    assert "Navn følger er foreslået og skal nu spørges." in shown
    assert "Venter på borgerens svar" in shown


def test_near_miss_is_proposed_with_a_reason_only(consultant: Browser, matching: ServiceUnderTest) -> None:
    need, citizen_id = add_need(matching), add_candidate(matching, needs=("sitting_work",))
    page = f"/match/behov/{need['id']}/foreslaa"
    bare = consultant.submit(page, {"citizen_id": str(citizen_id)})
    reasoned = consultant.submit(page, {"citizen_id": str(citizen_id), "override_reason_code": "adjustment_promised"})

    assert bare.status_code == 409
    assert "Borgeren behov uden tilbud: siddende arbejde." in words(bare)
    assert reasoned.status_code == 303


def test_pause_can_be_undone_and_closing_cannot(consultant: Browser, matching: ServiceUnderTest) -> None:
    need = add_need(matching)
    page = f"/match/behov/{need['id']}"
    consultant.submit(f"{page}/tilstand", {"state": "paused", "version": "1"})
    paused = consultant.get(page)
    consultant.submit(f"{page}/tilstand", {"state": "open", "version": "2"})
    consultant.get(page)
    consultant.submit(f"{page}/tilstand", {"state": "closed", "version": "3"})
    closed = consultant.get(page)

    assert "Behovet er sat på pause. Fortryd" in words(paused)
    assert "Derfor vises der ingen liste." in words(paused)
    assert "Behovet er lukket, og ingen blev foreslået." in words(closed)
    assert "tilstand" not in closed.text


def test_two_who_change_a_need_meet_and_nothing_is_lost(consultant: Browser, matching: ServiceUnderTest) -> None:
    need = add_need(matching)
    page = f"/match/behov/{need['id']}/ret"
    week = {f"{day}_1.{end}": at for day in ("mon", "tue") for end, at in (("begins", "08:00"), ("ends", "12:00"))}
    hours = {"positions": "2", "weekly_hours_min": "4", "weekly_hours_max": "8", "days_required": "2"}
    first = consultant.submit(page, week | hours | {"version": "1"})
    second = consultant.submit(page, week | hours | {"version": "1", "positions": "5"})
    third = consultant.submit(page, week | hours | {"version": "2", "positions": "5"})

    assert (first.status_code, second.status_code, third.status_code) == (303, 412, 303)
    assert "En anden har ændret behovet imens." in words(second)
    assert 'name="version" value="2"' in second.text
    assert 'name="positions" value="5"' in second.text
    assert only_need(matching)["positions"] == 5


def test_a_passed_answer_day_is_marked(consultant: Browser, matching: ServiceUnderTest) -> None:
    need = add_need(matching)
    matching.connection.exec_driver_sql("UPDATE need SET answer_due = '2026-11-04'")
    with clock.moved_to(danish_time(MONDAY.date().replace(day=5), 10)):
        late = matching.browser("job_consultant").get("/match")

    assert need["answer_due"] is None
    assert "4. november 2026 fristen er gået" in words(late)
    assert "fristen er gået" not in words(consultant.get("/match"))


@pytest.mark.parametrize("role", ["front_desk", "citizen", "mentor", "partner", "company_employee"])
def test_matching_is_for_those_who_match(matching: ServiceUnderTest, role: str) -> None:
    need = add_need(matching)
    browser = matching.browser(role)
    home = f"/match/behov/{need['id']}"
    pages = ("/match", "/match/behov/ny", f"/match/behov/ny/{need['company_id']}", home, f"{home}/ret")

    assert [browser.get(page).status_code for page in pages] == [403] * 5
    assert browser.submit(f"{home}/foreslaa", {"citizen_id": str(add_candidate(matching))}).status_code == 403


def test_who_is_on_a_list_is_on_record(consultant: Browser, matching: ServiceUnderTest) -> None:
    need, citizen_id = add_need(matching), add_candidate(matching)
    consultant.get(f"/match/behov/{need['id']}")

    row = matching.connection.exec_driver_sql("SELECT how, data, subjects FROM lookup ORDER BY seq DESC LIMIT 1").one()
    assert tuple(row) == ("list", "health_function", [citizen_id])


def test_every_code_has_words() -> None:
    tables = {
        "need_state": needs.NEED_STATES, "consent_way": matches.CONSENT_WAYS,
        "override_reason": matches.OVERRIDE_REASONS, "citizen_reason": matches.CITIZEN_REASONS,
        "company_reason": matches.COMPANY_REASONS,
            "rule": (*matches.RULES, *matches.REPEATS, "declined", "placed", "paused"),
        "placement_state": placements.PLACEMENT_STATES, "purpose": placements.PURPOSES,
        "cadence": placements.CADENCES, "exception_ground": placements.EXCEPTION_GROUNDS,
        "ratio_exemption": companies.RATIO_EXEMPTIONS, "deviation_reason": placements.DEVIATION_REASONS,
        "party": placements.PARTIES, "match_state": (*matches.STATES, "no_longer_available"),
        "factor": (*FACTORS, *REMARKS),
    }  # fmt: skip

    assert {name: set(TERMS[name]) for name in tables} == {name: set(codes) for name, codes in tables.items()}
    assert [word for table in TERMS.values() for words_of in table.values() for word in words_of if not word] == []


def test_a_need_page_needs_few_queries(consultant: Browser, matching: ServiceUnderTest) -> None:
    need = add_need(matching, positions=9)
    for _ in range(4):
        citizen_id = add_candidate(matching)
        posted(matching, "/matches", {"need_id": need["id"], "citizen_id": str(citizen_id)})
    with queries_of(matching.connection) as sent:
        consultant.get(f"/match/behov/{need['id']}")

    # Two of them for the attention: whom lists showed lately, read once a day by a process, and that this one shows.
    # One for the company's contact person here.
    assert len([one for one in sent if not one.startswith(("SAVEPOINT", "RELEASE"))]) == 19
