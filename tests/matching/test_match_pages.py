"""From a proposal to an agreement, as those see it who match, and the citizen's own word."""

from dataclasses import replace
from typing import Any

import pytest

from shared import clock
from shared.calendar import danish_time
from tests.browser import Browser, queries_of, words
from tests.house import ServiceUnderTest
from tests.matching.factories import (
    CVR_A,
    EVERYBODY,
    MONDAY,
    accepted,
    add_candidate,
    add_need,
    approved,
    consented,
    new_placement,
    posted,
    registered,
    stated,
)

AGREEMENT = {
    "offer_type": "virksomhedspraktik",
    "starts_on": "2026-11-09",
    "ends_on": "2026-12-06",
    "first_day_at": "2026-11-09T07:00",
    "weekly_hours": "15",
    "purpose_code": "clarify_job_goal",
    "confirmed": "not_recently_employed",
    "cadence": "default",
    "mentor.name": "Mona Mentor",
    "mentor.phone": "20654321",
}


@pytest.fixture
def consultant(matching: ServiceUnderTest) -> Browser:
    return matching.browser("job_consultant")


def proposed(matching: ServiceUnderTest, **candidate: Any) -> Any:
    """A match that waits for the candidate."""
    citizen_id = add_candidate(matching, **candidate)
    body = {"need_id": add_need(matching)["id"], "citizen_id": str(citizen_id)}
    return posted(matching, "/matches", body)


def page_of(match: Any) -> str:
    return f"/match/forslag/{match['id']}"


def test_match_says_who_for_what_and_why(consultant: Browser, matching: ServiceUnderTest) -> None:
    match = proposed(matching)
    matching.hear(replace(registered(match["citizen_id"]), name="Åse Ærlig"), version=2)
    answer = consultant.get(page_of(match))

    assert "Åse Ærlig Foreslået til Rengøringsassistent hos Kantinen ApS" in words(answer)
    assert "Virksomheden får at vide intet, før borgeren har sagt ja" in words(answer)
    assert "efter disse regler: Stilling: højst 500 point Afstand: højst 200 point" in words(answer)
    assert "@2019-06-01" not in answer.text
    assert f'href="/borger/{match["citizen_id"]}"' in answer.text


def test_candidates_yes_is_recorded_and_the_company_is_next(consultant: Browser, matching: ServiceUnderTest) -> None:
    match = proposed(matching)
    answer = consultant.submit(f"{page_of(match)}/samtykke", {"given": "true", "how": "phone"})
    shown = words(consultant.get(page_of(match)))

    assert answer.status_code == 303
    assert "Borgerens ja er noteret. Virksomheden kan nu se forslaget." in shown
    assert "Virksomheden får at vide et roligt sted" in shown
    assert "Hvad siger virksomheden?" in shown


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"given": "false", "how": "phone"}, "Vælg en grund til et nej."),
        ({"given": "true", "how": "phone", "reason_code": "too_far"}, "Kun ved et nej."),
        ({"how": "phone"}, "Borgerens svar: Mangler."),
    ],
)
def test_an_answer_that_does_not_hold_together_keeps_what_was_typed(
    consultant: Browser, matching: ServiceUnderTest, typed: dict[str, str], message: str
) -> None:
    answer = consultant.submit(f"{page_of(proposed(matching))}/samtykke", typed)

    assert answer.status_code == 422
    assert message in words(answer)
    assert '<option value="phone" selected>' in answer.text


def test_a_company_consultant_hears_the_company_but_not_the_candidate(matching: ServiceUnderTest) -> None:
    match = proposed(matching)
    browser = matching.browser("company_consultant")

    assert "Hvad siger borgeren?" not in words(browser.get(page_of(match)))
    assert browser.submit(f"{page_of(match)}/samtykke", {"given": "true", "how": "phone"}).status_code == 403


def test_companys_no_has_a_reason_in_words(consultant: Browser, matching: ServiceUnderTest) -> None:
    match = consented(matching, add_need(matching), add_candidate(matching))
    consultant.submit(f"{page_of(match)}/svar", {"accepted": "false", "reason_code": "position_taken"})
    shown = words(consultant.get(page_of(match)))

    assert "Virksomheden har sagt nej: pladsen er besat." in shown
    assert "Hvad siger" not in shown


def test_both_yes_lead_to_an_agreement_and_its_statements(consultant: Browser, matching: ServiceUnderTest) -> None:
    match = accepted(matching, add_need(matching), add_candidate(matching))
    made = consultant.submit(f"{page_of(match)}/aftale", AGREEMENT)
    waiting = words(consultant.get(made.location))
    for party in EVERYBODY:
        said = {"party": party, "positive": "true", "reason_code": "signed_on_paper"}
        consultant.submit(f"{made.location}/udtalelse", said)
    agreed = words(consultant.get(made.location))

    assert "Vi mangler svar fra borgeren, arbejdsgiveren, medarbejdernes repræsentant, mentoren og kommunen." in waiting
    assert "Længste varighed højst 4 uger, LAB § 61, stk. 1" in waiting
    assert "I alt 0,41 af højst 8" in waiting
    assert "Svaret er noteret, og aftalen er på plads." in agreed
    assert "kommunen på partens vegne" in agreed


def test_a_too_long_agreement_is_refused_in_words_and_nothing_is_lost(
    consultant: Browser, matching: ServiceUnderTest
) -> None:
    match = accepted(matching, add_need(matching), add_candidate(matching))
    answer = consultant.submit(f"{page_of(match)}/aftale", AGREEMENT | {"ends_on": "2027-03-01"})

    assert answer.status_code == 409
    assert "Højst 4 uger: senest den 6. december 2026." in words(answer)
    assert 'value="Mona Mentor"' in answer.text
    assert 'value="2026-11-09T07:00"' in answer.text
    assert "I alt 0,41 af højst 8" in words(answer)


def test_ratio_follows_what_is_typed_and_keeps_nothing(consultant: Browser, matching: ServiceUnderTest) -> None:
    match = accepted(matching, add_need(matching), add_candidate(matching))
    asked = "offer_type=virksomhedspraktik&starts_on=2026-11-09&ends_on=2026-12-06&weekly_hours="
    whole = words(consultant.get(f"{page_of(match)}/forholdstal?{asked}37"))
    partly = words(consultant.get(f"{page_of(match)}/forholdstal?{asked}"))

    assert "Den nye person 1 årsværk" in whole
    assert partly == "Udfyld tilbud, datoer og timer, så regnes forholdstallet ud her."
    assert matching.connection.exec_driver_sql("SELECT count(*) FROM ratio_check").scalar() == 0


def test_a_passed_start_asks_for_a_new_first_day(consultant: Browser, matching: ServiceUnderTest) -> None:
    made = new_placement(matching)
    page = f"/match/aftale/{made['id']}"
    approved(matching, made, "citizen", "mentor", "municipality", "employer")
    with clock.moved_to(danish_time(MONDAY.date().replace(day=10), 10)):
        late = matching.browser("job_consultant")
        said = {"party": "employee_representative", "positive": "true", "reason_code": "signed_on_paper"}
        refused = late.submit(f"{page}/udtalelse", said)
        moved = late.submit(f"{page}/udtalelse", said | {"first_day_at": "2026-11-12T07:00"})

    assert "Startdagen er passeret. Aftal en ny første dag." in words(refused)
    assert 'name="first_day_at"' in refused.text
    assert moved.status_code == 303


def test_an_agreement_before_both_yes_is_not_offered(consultant: Browser, matching: ServiceUnderTest) -> None:
    match = proposed(matching)

    shown = words(consultant.get(f"{page_of(match)}/aftale"))
    assert "Begge parter skal have sagt ja, før der kan laves en aftale." in shown
    assert consultant.submit(f"{page_of(match)}/aftale", AGREEMENT).status_code == 409


@pytest.mark.parametrize("role", ["front_desk", "citizen", "mentor", "partner", "company_employee"])
def test_matches_and_agreements_are_for_those_who_match(matching: ServiceUnderTest, role: str) -> None:
    made = new_placement(matching)
    browser = matching.browser(role, organisation=CVR_A)
    home = f"/match/forslag/{made['match_id']}"
    pages = (home, f"{home}/aftale", f"{home}/forholdstal", f"/match/aftale/{made['id']}")

    assert [browser.get(page).status_code for page in pages] == [403] * 4


def test_citizen_is_told_what_would_be_told_and_says_yes(matching: ServiceUnderTest) -> None:
    match = proposed(matching)
    citizen = matching.browser("citizen", subject=match["citizen_id"])
    asked = words(citizen.get("/match/kort/mig"))
    answer = citizen.submit(f"/match/samtykke/{match['id']}", {"given": "true"})

    assert "Rengøringsassistent, Kantinen ApS Vi venter på dit svar" in asked
    assert "Hensyn: et roligt sted. Timer: 10–20 timer om ugen." in asked
    assert (answer.status_code, answer.location) == (303, "/min-side")
    assert "Venter på virksomhedens svar" in words(citizen.get("/match/kort/mig"))


def test_citizens_no_needs_a_reason_and_is_asked_for_on_a_page(matching: ServiceUnderTest) -> None:
    match = proposed(matching)
    citizen = matching.browser("citizen", subject=match["citizen_id"])
    page = f"/match/samtykke/{match['id']}"
    bare = citizen.submit(page, {"given": "false"})
    citizen.submit(page, {"given": "false", "reason_code": "too_far"})

    assert (bare.status_code, "Vælg en grund til et nej." in words(bare)) == (422, True)
    assert "<html" in bare.text
    assert "Du er ikke foreslået til noget lige nu." in words(citizen.get("/match/kort/mig"))


def test_citizen_cannot_refuse_what_is_agreed(matching: ServiceUnderTest) -> None:
    made = new_placement(matching)
    stated(matching, made)
    match = matching.call("GET", f"/matches/{made['match_id']}", client="consultant").json
    card = matching.browser("citizen", subject=match["citizen_id"]).get("/match/kort/mig")

    assert "Første mødetid: 9. november 2026 kl. 7.00" in words(card)
    assert "<form" not in card.text


def test_another_citizens_match_is_not_there_and_the_try_is_on_record(matching: ServiceUnderTest) -> None:
    match = proposed(matching)
    other = matching.browser("citizen")
    page = f"/match/samtykke/{match['id']}"

    assert (other.get(page).status_code, other.submit(page, {"given": "true"}).status_code) == (404, 404)
    rows = matching.connection.exec_driver_sql("SELECT refused, subjects FROM lookup ORDER BY seq DESC LIMIT 2").all()
    assert [(refused, [str(one) for one in subjects]) for refused, subjects in rows] == [
        (True, [match["citizen_id"]])
    ] * 2


@pytest.mark.parametrize(("path", "most"), [("", 10), ("/aftale", 7)])
def test_match_pages_need_few_queries(consultant: Browser, matching: ServiceUnderTest, path: str, most: int) -> None:
    match = accepted(matching, add_need(matching), add_candidate(matching))
    with queries_of(matching.connection) as sent:
        consultant.get(page_of(match) + path)

    assert len([one for one in sent if not one.startswith(("SAVEPOINT", "RELEASE"))]) <= most
