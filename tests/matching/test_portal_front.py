"""The company's front page: what waits on top, why a proposal fits, drafts, and a need once more."""

from typing import Any

import pytest

from services.matching.queries import portal
from services.matching.rules.portal import fits
from shared.events import CompanyRequestReceived
from tests.browser import Browser, offered, words
from tests.house import ServiceUnderTest
from tests.matching.factories import (
    CVR_A,
    CVR_B,
    P_NUMBER,
    accepted,
    add_candidate,
    add_company,
    add_need,
    add_workplace,
    consented,
    need_body,
    new_placement,
    placement_body,
    posted,
    stated,
)
from tests.matching.test_portal_pages import NEED

ELSEWHERE = "1099990099"


@pytest.fixture
def boss(matching: ServiceUnderTest) -> Browser:
    return matching.browser("company_employee", organisation=CVR_A)


def overview(matching: ServiceUnderTest, query: str = "") -> Any:
    answer = matching.call("GET", f"/company-overview{query}", client="company-a")
    assert answer.status_code == 200, answer.text
    return answer.json


def test_what_waits_for_the_company_stands_first_with_its_last_day(boss: Browser, matching: ServiceUnderTest) -> None:
    need = add_need(matching)
    match = consented(matching, need, add_candidate(matching))
    page = words(boss.get("/virksomhed"))
    waiting = overview(matching)["waiting"]

    assert "Svar på forslaget: Rengøringsassistent senest 16. november 2026" in page
    assert page.index("Det venter på jer") < page.index("Foreslåede personer")
    assert waiting == [
        {"kind": "proposal", "id": match["id"], "title": "Rengøringsassistent", "due": "2026-11-16"},
    ]


def test_an_agreement_waits_until_the_employer_has_spoken(boss: Browser, matching: ServiceUnderTest) -> None:
    made = new_placement(matching)
    before = [one["kind"] for one in overview(matching)["waiting"]]
    said = {"party": "employer", "positive": True}
    posted(matching, f"/placements/{made['id']}/statements", said, "company-a")

    assert before == ["agreement"]
    assert overview(matching)["waiting"] == []
    assert "Ingenting. Vi skriver, når der er noget til jer." in words(boss.get("/virksomhed"))


def test_a_draft_is_nobodys_business_until_it_is_sent(boss: Browser, matching: ServiceUnderTest) -> None:
    add_workplace(matching, add_company(matching))
    made = boss.submit("/virksomhed/behov/ny", NEED | {"draft": "on"})
    draft = words(boss.get(made.location))
    told_before = len(matching.told(CompanyRequestReceived))
    boss.submit(f"{made.location}/tilstand", {"state": "open", "version": "1"})

    assert "Kladden er gemt. Ingen handler på den, før I sender den." in draft
    assert told_before == 0
    assert len(matching.told(CompanyRequestReceived)) == 1
    assert "Behovet er sendt. Vi vender tilbage." in words(boss.get(made.location))


def test_a_draft_cannot_be_paused(boss: Browser, matching: ServiceUnderTest) -> None:
    add_workplace(matching, add_company(matching))
    made = boss.submit("/virksomhed/behov/ny", NEED | {"draft": "on"})
    answer = boss.submit(f"{made.location}/tilstand", {"state": "paused", "version": "1"})

    assert "En kladde kan sendes eller lukkes." in words(answer)


def test_a_need_is_posted_from_an_old_one(boss: Browser, matching: ServiceUnderTest) -> None:
    hours = {"weekly_hours_min": None, "weekly_hours_max": None, "monthly_hours_min": 20, "monthly_hours_max": 25}
    old = add_need(matching, season=["11"], **hours)
    form = boss.get(f"/virksomhed/behov/ny?fra={old['id']}")
    same = {"starts_on": "2027-01-04"}
    copy = posted(matching, f"/needs/{old['id']}/copies", same, "company-a")
    kept = (
        "p_number",
        "title",
        "occupation",
        "employment_form",
        "windows",
        "weekly_hours_max",
        "monthly_hours_max",
        "adjustments",
    )

    assert "Det er udfyldt som sidst." in words(form)
    assert 'name="mon_1.begins" value="07:00"' in form.text
    assert 'name="starts_on" value=""' in form.text
    assert 'value="11" checked' in form.text
    assert len(matching.call("GET", "/company-calendar", client="company-a").json["busy"]) == 2
    assert {name: copy[name] for name in kept} == {name: old[name] for name in kept}
    assert (copy["id"] != old["id"], copy["starts_on"], copy["state"]) == (True, "2027-01-04", "open")


def test_a_copy_begins_today_at_the_earliest_and_is_of_ones_own_only(matching: ServiceUnderTest) -> None:
    old = add_need(matching)
    late = matching.call("POST", f"/needs/{old['id']}/copies", {"starts_on": "2026-11-01"}, client="company-a")
    theirs = matching.call("POST", f"/needs/{old['id']}/copies", {"starts_on": "2027-01-04"}, client="company-b")

    assert (late.status_code, theirs.status_code) == (422, 404)


def test_a_paused_need_is_renewed_and_put_back(boss: Browser, matching: ServiceUnderTest) -> None:
    need = add_need(matching)
    home = f"/virksomhed/behov/{need['id']}"
    boss.submit(f"{home}/tilstand", {"state": "paused", "version": "1"})
    boss.submit(f"{home}/forny", {"starts_on": "04-01-2027", "version": "2"})
    renewed = boss.get(home)
    action, fields = offered(renewed.text)
    boss.submit(action, fields)
    after = matching.call("GET", f"/needs/{need['id']}", client="company-a").json

    assert "4. januar 2027" in words(renewed)
    assert (after["state"], after["starts_on"]) == ("paused", "2026-11-09")
    assert boss.submit(f"{home}/forny", {"starts_on": "", "version": "3"}).status_code == 422


def test_why_a_proposal_fits_is_told_in_words_of_the_work(boss: Browser, matching: ServiceUnderTest) -> None:
    match = consented(matching, add_need(matching), add_candidate(matching, needs=("quiet_place",)))
    told = matching.call("GET", f"/company-matches/{match['id']}", client="company-a").json["fits"]
    page = words(boss.get(f"/virksomhed/forslag/{match['id']}"))

    assert {"occupation", "adjustments"} <= set(told)
    assert "Derfor passer det Vil gerne det arbejde" in page
    assert "der er brug for, findes hos jer" in page


def test_what_would_tell_where_or_who_somebody_is_is_no_reason_told() -> None:
    asked = ("occupation", "distance", "familiar", "languages", "hours", "attention")

    assert fits(asked, ("quiet_place",), ()) == ["occupation", "hours"]


def test_one_workplace_at_a_time(boss: Browser, matching: ServiceUnderTest) -> None:
    need = add_need(matching)
    consented(matching, need, add_candidate(matching))
    add_workplace(matching, {"id": need["company_id"]}, p_number=ELSEWHERE, name="Kantinen i Valby")
    page = boss.get(f"/virksomhed?sted={ELSEWHERE}")
    narrow = matching.browser("company_employee", organisation=CVR_A, p_numbers=(ELSEWHERE,))
    there, chosen = (boss.get(f"/virksomhed/{way}?sted={ELSEWHERE}") for way in ("kalender", "behov/ny"))

    for way in ("behov/ny?sted=", "kalender?sted=", "forholdstal?p_number="):
        assert f'href="/virksomhed/{way}{ELSEWHERE}"' in page.text
    assert f'href="/virksomhed?sted={ELSEWHERE}"' in there.text
    assert f'value="{ELSEWHERE}" selected' in chosen.text
    assert "I har ingen forslag lige nu." in words(page)
    assert "Kantinen i Valby" in words(boss.get("/virksomhed"))
    assert overview(matching, f"?p_number={ELSEWHERE}")["waiting"] == []
    assert narrow.get(f"/virksomhed?sted={P_NUMBER}").status_code == 404


def test_no_day_to_come_is_hidden_behind_newer_things(
    boss: Browser, matching: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portal, "MOST", 1)
    need = add_need(matching, positions=9)
    newer = posted(matching, "/needs", need_body({"id": need["company_id"]}))
    met, asked, yes, other = [accepted(matching, need, add_candidate(matching)) for _number in range(4)]
    for one, day in ((met, "05"), (asked, "06")):
        body = {"starts_at": f"2026-11-{day}T10:30:00+01:00", "version": one["version"]}
        posted(matching, f"/matches/{one['id']}/meeting", body)
    made = [posted(matching, "/placements", placement_body(one)) for one in (yes, other)]
    for one in made:
        stated(matching, one)
    coming = overview(matching)["coming"]
    year = matching.call("GET", "/company-calendar", client="company-a").json["coming"]

    assert {(one["kind"], one["id"]) for one in coming} == {
        *(("need", one["id"]) for one in (need, newer)),
        *(("meeting", one["id"]) for one in (met, asked)),
        *((kind, one["id"]) for kind in ("first_day", "last_day") for one in made),
    }
    assert year == coming
    assert words(boss.get("/virksomhed/kalender")).count("aftalens sidste dag") == 2


def test_what_to_have_at_hand_says_what_is_known(matching: ServiceUnderTest) -> None:
    add_company(matching)
    before = {one["code"]: one["known"] for one in overview(matching)["ready"]}
    add_need(matching)
    after = {one["code"]: one["known"] for one in overview(matching)["ready"]}

    assert before == {"workplace": False, "staff": False, "contact": True, "mentor": False, "adjustments": False}
    assert after == before | {"workplace": True, "staff": True, "adjustments": True}


def test_a13_the_company_counts_whether_one_more_has_room(boss: Browser, matching: ServiceUnderTest) -> None:
    add_need(matching)
    asked = f"p_number={P_NUMBER}&offer_type=virksomhedspraktik&starts_on=09-11-2026&ends_on=06-12-2026&weekly_hours=37"
    page = words(boss.get(f"/virksomhed/forholdstal?{asked}"))
    part = words(boss.get(f"/virksomhed/forholdstal/svar?{asked}"))
    add_company(matching, cvr=CVR_B, name="Rivalen")
    rival = matching.browser("company_employee", organisation=CVR_B)

    assert "Plads til 8 mere" in page
    assert "ikke en reservation" in page
    assert part.startswith("Plads til 8 mere")
    assert "Vi kender ingen af jeres arbejdssteder endnu." in words(rival.get(f"/virksomhed/forholdstal?{asked}"))


def test_the_calendar_and_the_files_hold_ones_own_days(boss: Browser, matching: ServiceUnderTest) -> None:
    made = new_placement(matching)
    stated(matching, made)
    year = words(boss.get("/virksomhed/kalender"))
    needs, agreements = boss.get("/virksomhed/behov.csv").text, boss.get("/virksomhed/aftaler.csv").text

    assert "November 2026 9. november 2026" in year
    assert "aftalens sidste dag" in year
    assert P_NUMBER in needs
    assert made["id"] in agreements
    rival = matching.browser("company_employee", organisation=CVR_B)
    assert made["id"] not in rival.get("/virksomhed/aftaler.csv").text
