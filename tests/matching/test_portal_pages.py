"""The company's own pages: what it needs, whom it is shown, what it agreed."""

from typing import Any

import pytest

from tests.browser import Browser, queries_of, words
from tests.house import ServiceUnderTest
from tests.matching.factories import (
    CLEANER,
    CVR_A,
    P_NUMBER,
    add_candidate,
    add_company,
    add_need,
    add_workplace,
    consented,
    new_placement,
    withdraw,
)

NEED = {
    "p_number": P_NUMBER,
    "occupation": CLEANER,
    "employment_form": "small_job",
    "starts_on": "2026-11-09",
    "positions": "1",
    "wed_1.begins": "07:00",
    "wed_1.ends": "11:00",
}


@pytest.fixture
def boss(matching: ServiceUnderTest) -> Browser:
    return matching.browser("company_employee", organisation=CVR_A)


def proposal(matching: ServiceUnderTest) -> tuple[Any, Any, str]:
    """A consented match with its need and its page."""
    need, citizen_id = add_need(matching), add_candidate(matching)
    match = consented(matching, need, citizen_id)
    return need, citizen_id, f"/virksomhed/forslag/{match['id']}"


def test_a_company_nobody_knows_is_told_to_call(boss: Browser) -> None:
    shown = words(boss.get("/virksomhed"))

    assert "Vi kender ikke jeres virksomhed endnu. Ring til Jobbutikken med CVR-nummer 90000004" in shown
    assert boss.get("/virksomhed/behov/ny").status_code == 404


def test_a_new_company_sees_what_the_empty_lists_mean(boss: Browser, matching: ServiceUnderTest) -> None:
    add_company(matching)
    shown = words(boss.get("/virksomhed"))

    assert "I har ingen forslag lige nu." in shown
    assert "I har ingen aftaler endnu." in shown
    assert "I har ingen behov endnu." in shown
    assert "Vi kender ingen af jeres arbejdssteder endnu." in shown


def test_a_company_posts_a_need_and_pauses_it(boss: Browser, matching: ServiceUnderTest) -> None:
    add_workplace(matching, add_company(matching))
    made = boss.submit("/virksomhed/behov/ny", NEED)
    boss.get(made.location)
    boss.submit(f"{made.location}/tilstand", {"state": "paused", "version": "1"})
    paused = words(boss.get(made.location))

    assert made.status_code == 303
    assert "Behovet er sat på pause. Fortryd" in paused
    assert "Vi har registreret det for jer." in words(boss.get("/virksomhed"))


def test_a_wrong_need_keeps_what_was_typed(boss: Browser, matching: ServiceUnderTest) -> None:
    add_workplace(matching, add_company(matching))
    answer = boss.submit("/virksomhed/behov/ny", NEED | {"wed_1.ends": "06:00", "title": "Køkken"})

    assert answer.status_code == 422
    assert "Slutter før det begynder." in words(answer)
    assert 'value="Køkken"' in answer.text


def test_a_colleague_was_there_first(boss: Browser, matching: ServiceUnderTest) -> None:
    need = add_need(matching)
    page = f"/virksomhed/behov/{need['id']}/ret"
    typed = {f"{day}_1.begins": "07:00" for day in ("mon", "tue")} | {f"{d}_1.ends": "11:00" for d in ("mon", "tue")}
    typed |= {"weekly_hours_min": "8", "weekly_hours_max": "8", "days_required": "2", "version": "1"}
    boss.submit(page, typed | {"positions": "2"})
    answer = boss.submit(page, typed | {"positions": "4"})

    assert answer.status_code == 412
    assert "En anden har ændret behovet imens." in words(answer)
    assert "2 ledige af 2" in words(answer)
    assert 'name="positions" value="4"' in answer.text


def test_a24_a_proposal_shows_the_work_and_nothing_of_who(boss: Browser, matching: ServiceUnderTest) -> None:
    _need, citizen_id, page = proposal(matching)
    answer = boss.get(page)

    assert "Hensyn på arbejdet et roligt sted" in words(answer)
    assert "Timer 10–20 timer om ugen" in words(answer)
    assert str(citizen_id) not in answer.text
    assert "/borger/" not in answer.text
    assert "Jeres tur" in words(boss.get("/virksomhed"))


def test_a_no_needs_a_reason_and_hides_the_needs_again(boss: Browser, matching: ServiceUnderTest) -> None:
    *_, page = proposal(matching)
    bare = boss.submit(f"{page}/svar", {"accepted": "false"})
    done = boss.submit(f"{page}/svar", {"accepted": "false", "reason_code": "hours_do_not_fit"})
    shown = words(boss.get(page))

    assert (bare.status_code, "Vælg en grund til et nej." in words(bare)) == (422, True)
    assert done.status_code == 303
    assert "Tak for svaret. Jeres nej er noteret." in shown
    assert "et roligt sted" not in shown


def test_a_yes_takes_the_position(boss: Browser, matching: ServiceUnderTest) -> None:
    need, _citizen, page = proposal(matching)
    boss.submit(f"{page}/svar", {"accepted": "true"})

    assert "Tak for jeres ja. Jobbutikken ringer om aftalen." in words(boss.get(page))
    assert "Besat" in words(boss.get(f"/virksomhed/behov/{need['id']}"))


def test_a25_a_withdrawn_candidate_is_said_to_be_out(boss: Browser, matching: ServiceUnderTest) -> None:
    _need, citizen_id, page = proposal(matching)
    withdraw(matching, citizen_id)
    shown = words(boss.get(page))

    assert "Personen kan ikke længere komme i betragtning." in shown
    assert "et roligt sted" not in shown
    assert "Jeres svar" not in shown


def test_whose_turn_it_is_on_an_agreement(boss: Browser, matching: ServiceUnderTest) -> None:
    made = new_placement(matching)
    page = f"/virksomhed/aftaler/{made['id']}"
    before = words(boss.get("/virksomhed"))
    boss.submit(f"{page}/udtalelse", {"party": "employer", "positive": "true"})
    after = words(boss.get("/virksomhed"))

    assert "Jeres tur" in before
    assert "Venter på borgeren, medarbejdernes repræsentant, mentoren og kommunen" in after
    assert "parten selv" in words(boss.get(page))
    assert "Jeres udtalelse" not in words(boss.get(page))


def test_the_employer_cannot_speak_for_the_representative(boss: Browser, matching: ServiceUnderTest) -> None:
    made = new_placement(matching)
    said = {"party": "employee_representative", "positive": "true"}

    assert boss.submit(f"/virksomhed/aftaler/{made['id']}/udtalelse", said).status_code == 403


@pytest.mark.parametrize("role", ["front_desk", "job_consultant", "citizen", "mentor", "partner", "ops"])
def test_the_portal_is_the_companys_own(matching: ServiceUnderTest, role: str) -> None:
    *_, page = proposal(matching)
    browser = matching.browser(role, organisation=CVR_A)

    assert [browser.get(path).status_code for path in ("/virksomhed", "/virksomhed/behov/ny", page)] == [403] * 3


def test_the_portal_needs_few_queries(boss: Browser, matching: ServiceUnderTest) -> None:
    new_placement(matching)
    with queries_of(matching.connection) as sent:
        boss.get("/virksomhed")

    assert len([one for one in sent if not one.startswith(("SAVEPOINT", "RELEASE"))]) == 25
