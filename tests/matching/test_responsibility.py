"""Score cards with nine criteria, projects with job targets, success rates, and observations that no company reads."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from services.matching.rules.responsibility import CRITERIA, KINDS, kind_of
from shared import clock
from shared.database import new_id
from shared.events import PlacementConcluded
from shared.events.codes import EMPLOYMENT_FORMS
from tests.browser import Browser, offered, words
from tests.house import ServiceUnderTest
from tests.matching.factories import (
    CVR_A,
    CVR_B,
    MONDAY,
    accepted,
    add_candidate,
    add_company,
    add_need,
    new_placement,
    posted,
    stated,
)

EIGHT = {code: f"Set på besøg: {code}" for code in CRITERIA if code != "prevention"}
PROJECT = {
    "name": "Renovering af to boligområder", "starts_on": "2026-11-02", "ends_on": "2029-10-31", "social_clause": True,
    "apprentices_min": 2, "apprentices_max": 4, "jobs_min": 4, "jobs_max": 6,
}  # fmt: skip


@pytest.fixture
def consultant(matching: ServiceUnderTest) -> Browser:
    return matching.browser("company_consultant", name="Viggo Besøgsen")


def read(matching: ServiceUnderTest, company: Any) -> Any:
    return matching.call("GET", f"/companies/{company['id']}/responsibility", client="consultant").json


def ended(matching: ServiceUnderTest, company: Any, *outcomes: str | None) -> None:
    company_id = company["id"]
    matching.hear(*(
        PlacementConcluded(placement_id=new_id(), citizen_id=new_id(), company_id=company_id, outcome_code=code)
        for code in outcomes
    ))  # fmt: skip


def test_a28_card_shows_eight_of_nine_with_the_missing_one_and_evidence_and_no_verdict(
    matching: ServiceUnderTest, consultant: Browser
) -> None:
    company = add_company(matching)
    door = f"/companies/{company['id']}/responsibility"
    card = posted(matching, door, {"assessed_on": "2026-11-02", "evidence": EIGHT})
    shown = words(consultant.get(f"/virksomheder/{company['id']}/ansvar"))

    assert (card["documented"], card["missing"]) == (8, ["prevention"])
    assert [one["evidence"] for one in card["criteria"]][-1] == ""
    assert "8 af 9 er dokumenteret" in shown
    assert "Set på besøg: fleksjobber" in shown
    assert not {"bestået", "godkendt", "dumpet"} & set(shown.lower().split())


def test_earlier_cards_stay_with_their_day_and_who_made_them(matching: ServiceUnderTest) -> None:
    company = add_company(matching)
    door = f"/companies/{company['id']}/responsibility"
    posted(matching, door, {"assessed_on": "2026-05-04", "evidence": {"mentors": "Fire mentorer"}})
    posted(matching, door, {"assessed_on": "2026-11-02", "evidence": EIGHT})

    found = read(matching, company)["items"]
    assert [(one["assessed_on"], one["documented"]) for one in found] == [("2026-11-02", 8), ("2026-05-04", 1)]
    assert {one["assessed_by"] for one in found} == {"consultant"}
    late = matching.call("POST", door, {"assessed_on": "2026-11-03", "evidence": {}}, client="consultant")
    assert late.status_code == 422


def test_card_is_made_on_its_page_and_taken_back(matching: ServiceUnderTest, consultant: Browser) -> None:
    company = add_company(matching)
    home = f"/virksomheder/{company['id']}/ansvar"
    assert "Virksomheden er ikke vurderet endnu." in words(consultant.get(home))
    wrong = consultant.submit(home, {"assessed_on": "x", "mentors": "Fire mentorer"})
    assert (wrong.status_code, 'value="Fire mentorer"' in wrong.text) == (422, True)
    assert consultant.submit(home, {"assessed_on": "02-11-2026", "mentors": "Fire mentorer"}).status_code == 303
    shown = consultant.get(home)
    action, fields = offered(shown.text)
    assert consultant.submit(action, fields).status_code == 303

    assert "1 af 9 er dokumenteret" in words(shown)
    assert read(matching, company)["items"] == []


@pytest.mark.parametrize(
    ("outcomes", "told"),
    [
        ((), (None, None)),
        (("hire",) * 4, (None, None)),
        (("hire",) * 4 + (None,), (None, None)),
        (("hire",) * 3 + ("nothing", "next_place"), (5, 3)),
        (("nothing",) * 6, (6, 0)),
    ],
)
def test_success_rate_is_hidden_under_five_courses(
    matching: ServiceUnderTest, outcomes: tuple[str | None, ...], told: tuple[int | None, int | None]
) -> None:
    company, other = add_company(matching), add_company(matching, cvr=CVR_B, name="Rivalen")
    ended(matching, company, *outcomes)
    ended(matching, other, *["hire"] * 9)
    rate = read(matching, company)["rate"]

    assert (rate["ended"], rate["hired"]) == told
    said = words(matching.browser("adviser").get(f"/virksomheder/{company['id']}/ansvar"))
    assert ("Under 5 forløb er slut" in said) is (told[0] is None)


def test_conclusion_taken_back_counts_no_more_and_an_older_word_does_not_count_again(
    matching: ServiceUnderTest,
) -> None:
    company = add_company(matching)
    ended(matching, company, *["hire"] * 4)
    one = {"placement_id": new_id(), "citizen_id": new_id(), "company_id": company["id"]}
    matching.hear(PlacementConcluded(outcome_code="hire", **one), version=1)
    counted = read(matching, company)["rate"]
    matching.hear(PlacementConcluded(outcome_code=None, **one), version=3)
    matching.hear(PlacementConcluded(outcome_code="hire", **one), version=2)

    assert counted == {"ended": 5, "hired": 5}
    assert read(matching, company)["rate"] == {"ended": None, "hired": None}


def test_every_form_of_employment_counts_as_something_in_a_project() -> None:
    assert {kind_of(form) for form in EMPLOYMENT_FORMS} == set(KINDS)


def test_project_knows_what_subcontractors_promised_and_how_far_they_are(
    matching: ServiceUnderTest, consultant: Browser
) -> None:
    need = add_need(matching, employment_form="voksenlaerling", positions=3)
    owner = add_company(matching, cvr=CVR_B, name="Bygherren")
    project = posted(matching, "/projects", PROJECT | {"company_id": owner["id"]})
    door = f"/projects/{project['id']}"
    early = matching.call("POST", f"{door}/needs", {"need_id": need["id"], "counts": True}, client="consultant")
    part = {"company_id": need["company_id"], "apprentices": 3, "jobs": 2}
    posted(matching, f"{door}/parts", part | {"apprentices": 9})
    posted(matching, f"{door}/parts", part)
    posted(matching, f"{door}/needs", {"need_id": need["id"], "counts": True})
    accepted(matching, need, add_candidate(matching, forms=("voksenlaerling",)))
    far = matching.call("GET", door, client="consultant").json
    shown = words(consultant.get(f"/match/projekter/{project['id']}"))

    assert early.status_code == 422
    assert far["done"] == {"jobs": 0, "apprentices": 1, "placements": 0}
    theirs = next(one for one in far["parts"] if one["company_id"] == need["company_id"])
    assert (theirs["promised"], theirs["done"]["apprentices"]) == ({"jobs": 2, "apprentices": 3, "placements": 0}, 1)
    assert "social klausul" in shown
    assert "1 af 3 lovet" in shown
    assert "2–4" in shown


def test_every_company_of_a_big_town_can_be_chosen_for_a_project_by_name_or_number(
    matching: ServiceUnderTest, consultant: Browser
) -> None:
    weights = (2, 7, 6, 5, 4, 3, 2, 1)
    numbers = [
        str(one) for one in range(10_000_000, 10_000_400)
        if sum(int(digit) * weight for digit, weight in zip(str(one), weights, strict=True)) % 11 == 0
    ]  # fmt: skip
    last = add_company(matching, cvr=numbers[0], name="Ærøhuset")["id"]
    for cvr in numbers[1:23]:
        add_company(matching, cvr=cvr, name=f"Aa Murer {cvr}")
    find = "/match/projekter/virksomheder?company="
    many, one, number, none = (consultant.get(f"{find}{words}") for words in ("murer", "ærøh", numbers[0], "skipper"))
    typed = {"name": "Havnen", "starts_on": "02-11-2026", "ends_on": "31-10-2029", "company": "ærøhuset"}
    asked = consultant.submit("/match/projekter", typed)
    kept = consultant.submit("/match/projekter", typed | {"company": "", "company_id": last, "ends_on": ""})
    made = consultant.submit("/match/projekter", typed | {"company_id": last})
    part = {"company": "Ærøhuset", "jobs": "1", "apprentices": "0", "placements": "0"}
    unsaid = consultant.submit(f"{made.location}/del", part)
    promised = consultant.submit(f"{made.location}/del", part | {"company_id": last})

    assert (many.text.count('type="radio"'), "Der kan være flere." in words(many)) == (20, True)
    assert [re.findall(r'value="([0-9a-f-]{36})" checked', page.text) for page in (one, number)] == [[last], [last]]
    assert "Ingen virksomhed hedder det" in words(none)
    assert [(page.status_code, f'value="{last}"' in page.text) for page in (asked, unsaid)] == [(422, True)] * 2
    assert f'value="{last}" checked' in kept.text
    assert (made.status_code, promised.status_code) == (303, 303)


@pytest.mark.parametrize("wrong", [{"ends_on": "2026-11-01"}, {"jobs_min": 7}])
def test_project_that_runs_backwards_is_refused(matching: ServiceUnderTest, wrong: dict[str, Any]) -> None:
    body = PROJECT | {"company_id": add_company(matching)["id"]} | wrong
    assert matching.call("POST", "/projects", body, client="consultant").status_code == 422


def test_project_is_made_changed_and_taken_back_by_pages(matching: ServiceUnderTest, consultant: Browser) -> None:
    need = add_need(matching)
    assert "Der er ingen projekter endnu." in words(consultant.get("/match/projekter"))
    form = {name: str(value) for name, value in PROJECT.items() if name != "social_clause"}
    form |= {"company_id": need["company_id"], "starts_on": "02-11-2026", "ends_on": "31-10-2029"}
    wrong = consultant.submit("/match/projekter", form | {"ends_on": ""})
    made = consultant.submit("/match/projekter", form)
    first = consultant.get(made.location)
    counts = {"need_id": need["id"], "counts": "on"}
    assert consultant.submit(f"{made.location}/behov", counts).status_code == 303
    action, fields = offered(consultant.get(made.location).text)
    assert consultant.submit(action, fields).status_code == 303
    promised = {"company_id": need["company_id"], "jobs": "2", "apprentices": "0", "placements": "0"}
    assert consultant.submit(f"{made.location}/del", promised).status_code == 303
    action, fields = offered(consultant.get(made.location).text)
    assert consultant.submit(action, fields).status_code == 303
    action, fields = offered(first.text)
    assert consultant.submit(action, fields).status_code == 303

    assert (wrong.status_code, 'value="Renovering af to boligområder"' in wrong.text) == (422, True)
    assert matching.call("GET", "/projects", client="consultant").json["items"] == []


def test_observation_is_sealed_told_by_the_company_and_read_by_the_municipality_only(
    matching: ServiceUnderTest, consultant: Browser
) -> None:
    made = new_placement(matching)
    door = f"/placements/{made['id']}/observations"
    waiting = matching.call("POST", door, {"said": "For tidligt"}, client="consultant")
    stated(matching, made)
    posted(matching, door, {"said": "Tempoet falder efter fire timer"}, "company-a")
    rival = matching.call("POST", door, {"said": "Ikke vores"}, client="company-b")
    theirs = matching.call("GET", door, client="company-a")
    (seen,) = matching.call("GET", door, client="consultant").json["items"]
    kept = matching.connection.scalar(text("SELECT sealed FROM observation"))
    traced = str(matching.connection.execute(text("SELECT changes FROM audit WHERE table_name = 'observation'")).all())

    assert (waiting.status_code, rival.status_code, theirs.status_code) == (409, 404, 403)
    assert (seen["said"], seen["told_by"]) == ("Tempoet falder efter fire timer", "company")
    assert ("tempoet" in str(kept).lower(), "tempoet" in traced.lower()) == (False, False)
    assert "Tempoet" not in "".join(str(one) for one in matching.envelopes())
    assert "Tempoet falder efter fire timer" in words(consultant.get(f"/match/aftale/{made['id']}/iagttagelser"))
    boss = matching.browser("company_employee", organisation=CVR_A)
    assert boss.get(f"/match/aftale/{made['id']}/iagttagelser").status_code == 403


def test_a_company_tells_in_the_portal_what_it_saw_once_the_placement_has_begun(matching: ServiceUnderTest) -> None:
    made = new_placement(matching)
    stated(matching, made)
    home = f"/virksomhed/aftaler/{made['id']}"
    # Half past midnight, when the day before is still on in UTC.
    begins = clock.danish_time(date.fromisoformat(made["starts_on"]), 0, 30)
    asked = []
    for moment in (begins - timedelta(hours=1), begins):
        with clock.moved_to(moment):
            page = words(matching.browser("company_employee", organisation=CVR_A).get(home))
            asked.append("Hvordan gik det?" in page)
    with clock.moved_to(MONDAY + timedelta(days=30)):
        boss = matching.browser("company_employee", organisation=CVR_A)
        boss.submit(f"{home}/iagttagelse", {"said": "Tempoet falder efter fire timer"})
        shown = boss.get(home)
        kept = matching.connection.scalar(text("SELECT count(*) FROM observation"))
        assert boss.submit(*offered(shown.text)).status_code == 303

    assert asked == [False, True]
    assert "Tempoet" not in words(shown)
    assert (kept, matching.connection.scalar(text("SELECT count(*) FROM observation"))) == (1, 0)


def test_observation_is_written_by_staff_and_taken_back(matching: ServiceUnderTest, consultant: Browser) -> None:
    made = new_placement(matching)
    stated(matching, made)
    home = f"/match/aftale/{made['id']}/iagttagelser"
    wrong = consultant.submit(home, {"said": ""})
    assert consultant.submit(home, {"said": "Rolig og omhyggelig"}).status_code == 303
    shown = consultant.get(home)
    action, fields = offered(shown.text)
    assert consultant.submit(action, fields).status_code == 303

    assert wrong.status_code == 422
    assert "Rolig og omhyggelig" in words(shown)
    assert "Ingen har fortalt noget endnu." in words(consultant.get(home))


@pytest.mark.parametrize(("minutes", "may"), [(50, True), (70, False)])
def test_a_card_is_taken_back_until_the_danish_midnight(matching: ServiceUnderTest, minutes: int, may: bool) -> None:
    company = add_company(matching)
    home, evening = f"/virksomheder/{company['id']}/ansvar", clock.danish_time(date(2026, 11, 23), 23)
    with clock.moved_to(evening):
        matching.browser("company_consultant", subject="viggo").submit(home, {"assessed_on": "2026-11-02"})
    made = read(matching, company)["items"][0]["id"]

    with clock.moved_to(evening + timedelta(minutes=minutes)):
        viggo = matching.browser("company_consultant", subject="viggo")
        offers_it = f"{home}/fortryd" in viggo.get(home).text
        taken = viggo.submit(f"{home}/fortryd", {"assessment_id": made})

    assert offers_it is may
    assert (taken.status_code < 400) is may
