"""How a company is looked after: one consultant with cover, promises that are seen to break, few contacts."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from services.matching.rules.contact_budget import judge, silent
from services.matching.use_cases import POLICY, contacts, promises
from shared import clock
from shared.events import CompanyPromiseBroken
from shared.policy import Policy
from tests.browser import Browser, offered, words
from tests.house import ServiceUnderTest
from tests.matching.factories import CVR_A, MONDAY, add_company, add_need, add_workplace, need_body, posted

TODAY = date(2026, 11, 2)
WITH_DAYS = """
[[row]]
key = "request.answer_days"
value = 2
unit = "opening days"
from = 2019-06-01
source = "test"
confidence = "local"

[[row]]
key = "request.visit_days"
value = 5
unit = "opening days"
from = 2019-06-01
source = "test"
confidence = "local"
"""


@pytest.fixture
def berit(matching: ServiceUnderTest) -> Browser:
    return matching.browser("company_consultant", subject="berit", name="Berit", organisation="jobbutikken")


@pytest.fixture
def rosa(matching: ServiceUnderTest) -> Browser:
    return matching.browser("job_consultant", subject="rosa", name="Rosa", organisation="ungeenheden")


@pytest.fixture
def home(matching: ServiceUnderTest) -> str:
    return f"/virksomheder/{add_company(matching)['id']}"


@pytest.mark.parametrize(("asked", "free_on"), [
    (((), "a", 2, None), None),
    ((("a", "b"), "a", 2, None), None),
    ((("a", "b"), "c", 2, None), date(2026, 11, 9)),
    ((("a", "a"), "c", 2, None), None),
    ((("a", "b", "d"), "c", None, None), None),
    (((), "a", 2, TODAY), date(2026, 11, 3)),
    (((), "a", 2, date(2026, 11, 1)), None),
])  # fmt: skip
def test_a_third_team_in_a_week_and_a_pause_wait(asked: Any, free_on: date | None) -> None:
    judged = judge(*asked, TODAY)

    assert (judged.allowed, judged.free_on) == (free_on is None, free_on)


def test_whoever_did_not_answer_three_times_is_silent_until_they_do() -> None:
    none, ours, theirs = ("ours", "no_answer"), ("ours", "reached"), ("theirs", "reached")

    assert [silent(seen, 3) for seen in ([none] * 3, [none, none], [none, ours, none], [theirs, none, none, none])] == [
        True, False, False, False,
    ]  # fmt: skip
    assert not silent([none] * 9, None)


CALLED = {"way": "phone", "direction": "ours", "outcome": "no_answer"}


def test_a_team_too_many_needs_a_reason_and_sees_when_it_may(
    matching: ServiceUnderTest, berit: Browser, rosa: Browser, home: str
) -> None:
    third = matching.browser("adviser", subject="kirsten", name="Kirsten", organisation="sygedagpenge")
    for team in (berit, rosa):
        assert team.submit(f"{home}/kontaktet", CALLED).status_code == 303
    refused = third.submit(f"{home}/kontaktet", CALLED)

    assert refused.status_code == 409
    assert "2 hold har kontaktet dem i denne uge. De kan kontaktes igen 09-11-2026." in words(refused)
    assert third.submit(f"{home}/kontaktet", CALLED | {"over_budget_reason": "company_asked"}).status_code == 303
    assert third.submit(f"{home}/kontaktet", CALLED | {"direction": "theirs"}).status_code == 303
    with clock.moved_to(MONDAY + timedelta(days=7)):
        fourth = matching.browser("adviser", subject="ny", organisation="andre")
        assert fourth.submit(f"{home}/kontaktet", CALLED).status_code == 303


def test_a_contact_that_never_was_is_taken_back_on_the_day(berit: Browser, home: str) -> None:
    berit.submit(f"{home}/kontaktet", CALLED)
    action, fields = offered(berit.get(home).text)
    assert "Telefon, vi kontaktede dem" in words(berit.get(home))

    assert berit.submit(action, fields).status_code == 303
    assert "Ingen kontakter er skrevet ned." in words(berit.get(home))


def test_a_pause_ends_by_itself_and_can_be_taken_back(berit: Browser, home: str) -> None:
    berit.submit(f"{home}/pause", {"until_on": "20-11-2026", "reason_code": "busy_season"})
    page = berit.get(home)
    assert "Kan kontaktes igen 21. november 2026." in words(page)
    action, fields = offered(page.text)
    berit.submit(action, fields)
    assert "På pause" not in words(berit.get(home))


def test_silent_companies_are_asked_again_after_half_a_year_once(
    matching: ServiceUnderTest, berit: Browser, home: str
) -> None:
    for _ in range(3):
        berit.submit(f"{home}/kontaktet", CALLED)
    assert "Svarer ikke" in words(berit.get(home))
    kinds = []
    for days in (170, 185, 186):
        with clock.moved_to(MONDAY + timedelta(days=days)), matching.begin() as session:
            contacts.ask_again(session)
        found = matching.call("GET", "/promises?whose=all", client="consultant").json["items"]
        kinds.append([one["kind"] for one in found])

    assert kinds == [[], ["ask_again"], ["ask_again"]]


def test_one_consultant_for_a_company_and_a_colleague_takes_over(berit: Browser, rosa: Browser, home: str) -> None:
    berit.submit(f"{home}/kontaktperson", {"act": "take"})
    taken = rosa.submit(f"{home}/kontaktperson", {"act": "take", "version": "1"})
    assert (taken.status_code, "Berit er virksomhedens kontaktperson." in words(taken)) == (409, True)

    berit.submit(f"{home}/kontaktperson", {"act": "offer", "version": "1"})
    assert "Kantinen ApS" in words(rosa.get("/virksomheder/kontaktpersoner"))
    assert rosa.submit(f"{home}/kontaktperson", {"act": "take", "version": "2"}).status_code == 303
    assert "Vores kontaktperson Rosa" in words(berit.get(home))


def test_a_holidays_cover_is_shown_and_comes_back_by_itself(
    matching: ServiceUnderTest, berit: Browser, rosa: Browser, home: str
) -> None:
    berit.submit(f"{home}/kontaktperson", {"act": "take"})
    cover = {"absent": "berit", "from_on": "09-11-2026", "until_on": "13-11-2026"}
    assert rosa.submit("/virksomheder/daekning", cover).status_code == 303
    assert rosa.submit("/virksomheder/daekning", cover | {"until_on": "01-11-2026"}).status_code == 422
    seen = {}
    for day in (2, 9, 13, 14):
        with clock.moved_to(MONDAY.replace(day=day)):
            company = matching.browser("company_employee", organisation=CVR_A)
            seen[day] = words(company.get("/virksomhed"))
            if day == 9:
                staff = matching.browser("company_consultant", subject="berit")
                assert "Rosa passer virksomheden til og med 13. november 2026." in words(staff.get(home))

    shown = {day: page.partition("Jeres kontakt ")[2].partition(" ")[0] for day, page in seen.items()}
    assert shown == {2: "Berit", 9: "Rosa", 13: "Rosa", 14: "Berit"}


def test_taking_a_company_and_a_cover_can_be_undone(berit: Browser, rosa: Browser, home: str) -> None:
    berit.submit(f"{home}/kontaktperson", {"act": "take"})
    action, fields = offered(berit.get(home).text)
    rosa.submit("/virksomheder/daekning", {"absent": "berit", "from_on": "09-11-2026", "until_on": "13-11-2026"})
    end, nothing = offered(rosa.get("/virksomheder/kontaktpersoner").text)
    rosa.submit(end, nothing)

    assert "Ingen er væk." in words(rosa.get("/virksomheder/kontaktpersoner"))
    berit.submit(action, fields)
    assert "Vores kontaktperson Ingen endnu." in words(berit.get(home))


def test_without_rows_a_need_has_promises_without_a_day(matching: ServiceUnderTest, berit: Browser) -> None:
    add_need(matching)
    page = words(berit.get("/virksomheder/lovet?whose=all"))

    assert "Første svar på et behov Kantinen ApS frist ikke sat op ingen endnu" in page
    assert "Første besøg Kantinen ApS frist ikke sat op" in page


@pytest.fixture
def dated(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A municipality that answers within two days and visits within five."""
    file = tmp_path / "policy.toml"
    file.write_text(WITH_DAYS)
    monkeypatch.setattr(POLICY, "_rows", POLICY._rows | Policy.load(file)._rows)


@pytest.mark.usefixtures("dated")
def test_a_promise_that_breaks_is_seen_told_once_and_can_still_be_kept(
    matching: ServiceUnderTest, berit: Browser
) -> None:
    need = add_need(matching)
    berit.submit(f"/virksomheder/{need['company_id']}/kontaktperson", {"act": "take"})
    second = add_need(matching)
    told = []
    for hours in (48, 72, 73):
        with clock.moved_to(MONDAY + timedelta(hours=hours)), matching.begin() as session:
            promises.break_overdue(session)
        told.append([one.promise_kind for one in matching.told(CompanyPromiseBroken)])
    assert told == [[], ["answer", "answer"], ["answer", "answer"]]

    with clock.moved_to(MONDAY + timedelta(days=3)):
        late = matching.browser("company_consultant", subject="berit", name="Berit", organisation="jobbutikken")
        mine = words(late.get("/virksomheder/lovet"))
        assert "Første svar på et behov Kantinen ApS 4. november 2026 overskredet Berit" in mine
        assert "et løfte til virksomheden er ikke holdt" in words(late.get("/match/mine")).lower()
        items = matching.call("GET", "/promises?whose=all", client="consultant").json["items"]
        assert [one["kind"] for one in items] == ["answer", "answer", "visit"]
        promise = next(one for one in items if one["need_id"] == second["id"])
        late.submit(f"/virksomheder/lovet/{promise['id']}/gjort")
        page = late.get("/virksomheder/lovet?whose=all")
        assert "holdt 5. november 2026" in words(page)
        figures = words(matching.browser("leader").get("/virksomheder/lovet/tal"))
        assert "Første svar på et behov 0 1 0 1 0" in figures
        action, fields = offered(page.text)
        late.submit(action, fields)
        assert "holdt 5. november 2026" not in words(late.get("/virksomheder/lovet?whose=all"))


def test_other_advice_is_promised_with_a_day_and_an_owner(berit: Browser, home: str) -> None:
    told = {"kind": "retention", "due_on": "10-11-2026"}
    assert berit.submit(f"{home}/raadgivning", told).status_code == 303
    assert "Rådgivning om fastholdelse 10. november 2026 Berit" in words(berit.get(home))
    passed = berit.submit(f"{home}/raadgivning", told | {"due_on": "01-11-2026"})
    assert (passed.status_code, "Dagen er gået." in words(passed)) == (422, True)


def test_what_a_call_promised_is_whoever_took_it(matching: ServiceUnderTest) -> None:
    company = add_company(matching)
    add_workplace(matching, company)
    begun = matching.call("POST", "/calls/draft", {"company_id": company["id"]}, client="consultant").json
    body = {name: value for name, value in need_body(company).items() if name != "company_id"}
    matching.call("POST", f"/calls/{begun['id']}/finish", body, client="consultant")

    mine = matching.call("GET", "/promises", client="consultant").json["items"]
    assert sorted(one["kind"] for one in mine) == ["answer", "visit"]


def test_the_same_by_api(matching: ServiceUnderTest) -> None:
    company = f"/companies/{add_company(matching)['id']}"
    advice = posted(matching, f"{company}/advice", {"kind": "subsidy", "due_on": "2026-11-10"})
    done = posted(matching, f"/promises/{advice['id']}/done", {})
    again = posted(matching, f"/promises/{advice['id']}/undo", {})
    taken = posted(matching, f"{company}/consultant", {"act": "take"})
    logged = posted(matching, f"{company}/contacts", CALLED)
    posted(matching, f"{company}/pause", {"until_on": "2026-11-20", "reason_code": "busy_season"})
    seen = matching.call("GET", f"{company}/contacts", client="consultant").json
    posted(matching, f"{company}/contacts/{logged['id']}/undo", {})

    assert (done["done_at"] is None, again["done_at"], taken["offered_at"]) == (False, None, None)
    assert (seen["paused"], seen["allowed"], seen["free_on"], len(seen["items"])) == (True, False, "2026-11-21", 1)
    assert matching.call("POST", f"{company}/contacts", CALLED, client="consultant").status_code == 409
    assert matching.call("GET", "/covers", client="consultant").json == {"items": []}
    token = matching.token_for("leader")
    assert matching.call("GET", "/promise-figures", client=None, token=token).json["items"][0]["waiting"] == 1
