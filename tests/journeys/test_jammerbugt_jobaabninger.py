"""Jammerbugt's small openings (C5; A19, A20): skilled people clean, a consultant sees it, eight hours become a job."""

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from demo.story import occupation
from shared.clock import danish_time
from tests.journeys.placing import comes, company_of
from tests.journeys.playing import Play
from tests.screens.running import ARGUMENTS, CHROMIUM, LOCALE

pytestmark = pytest.mark.journeys
BEGINS = date(2026, 11, 25)
VISIT, FIRST, LAST = date(2026, 11, 25), date(2026, 12, 1), date(2027, 2, 28)
CPR, NAME = "6112871114", "Gerda Test Opdigtet"
P_NUMBER = "1000000001"
TELEPHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True, **LOCALE}


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": ARGUMENTS}


def notes_what_was_seen(play: Play, browser: Browser, company: str) -> None:
    """On a telephone, on the way out: the smiths clean eight hours a week, and nobody ever advertised that."""
    page = browser.new_context(**TELEPHONE).new_page()
    form = f"/virksomheder/{company}/steder/{P_NUMBER}/besoeg"
    page.goto(f"{play.address}/log-ind?til={form}&login_hint=viggo")
    expect(page.get_by_role("heading", level=1)).to_have_text("Besøg")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.locator("[name=task]").fill("Rengøring i værkstedet")
    page.locator("[name=done_by]").fill("smedene")
    page.locator("[name=skilled_hours]").fill("8")
    for day in ("mon", "tue", "wed", "thu"):
        page.locator(f"[name=days][value={day}]").check(force=True)
    page.locator("[name=begins]").fill("09:00")
    page.locator("[name=hours_a_day]").fill("2")
    page.locator("[name=known_before][value=false]").check(force=True)
    page.get_by_role("button", name="Notér").click()
    expect(page.locator(".alert-text").first).to_contain_text("Rengøring i værkstedet")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.context.close()


def carved_by_the_adviser(play: Play) -> Any:
    """The knowledge comes home: the adviser finds the task on the list, and makes the need of it."""
    shown = play.person("rune").get("/match/jobaabninger")[1]
    assert ("Rengøring i værkstedet" in shown, "smedene" in shown, "Viggo Besøgsen" in shown) == (True, True, True)
    found = play.call("adviser", "GET", "matching/spotted-openings?state=spotted&limit=200")["items"]
    seen = next(one for one in found if one["task"] == "Rengøring i værkstedet")
    assert (seen["done_by"], seen["skilled_hours"], seen["unadvertised"]) == ("smedene", 8, True)
    need = play.call("adviser", "POST", f"matching/workplaces/{P_NUMBER}/bundles", {
        "opening_ids": [seen["id"]], "occupation": occupation(play, "rengøringsassistent"),
        "employment_form": "virksomhedspraktik", "adjustments": ["quiet_place"], "mentor_offered": True,
        "starts_on": FIRST.isoformat(),
    })  # fmt: skip
    assert (need["weekly_hours_min"], need["weekly_hours_max"], need["unadvertised"]) == (8, 8, True)
    return need


def agreed(play: Play, need: Any, citizen: str) -> str:
    """Both sides meet; three months of eight hours, and a hire agreed beforehand if both are content."""
    match = play.call("consultant", "POST", "matching/matches", {"need_id": need["id"], "citizen_id": citizen})
    play.call("consultant", "POST", f"matching/matches/{match['id']}/consent", {"given": True, "how": "in_person"})
    play.call("company-a", "POST", f"matching/matches/{match['id']}/answer", {"accepted": True})
    placement = play.call("consultant", "POST", "matching/placements", {
        "match_id": match["id"], "offer_type": "virksomhedspraktik", "starts_on": FIRST.isoformat(),
        "ends_on": LAST.isoformat(), "first_day_at": danish_time(FIRST, 9).isoformat(), "weekly_hours": 8,
        "purpose_code": "clarify_job_goal", "confirmed": ["not_recently_employed"], "hire_preagreed": True,
        "mentor": {"name": "Mette Eksempel", "email": "mette@nordlager.example.dk"},
    })  # fmt: skip
    others = ("citizen", "employee_representative", "mentor", "municipality")
    for party, client in (("employer", "company-a"), *((other, "consultant") for other in others)):
        said = {"party": party, "positive": True}
        play.call(client, "POST", f"matching/placements/{placement['id']}/statements", said)
    play.wait(lambda: play.look("consultant", f"followup/placements/{placement['id']}"), "the placement to be followed")
    return str(placement["id"])


def followed_halfway_and_at_the_end(play: Play, placement: str) -> None:
    planned = play.call("consultant", "GET", f"followup/placements/{placement}")["contacts"]
    due = {one["kind"]: one["due_on"] for one in planned}
    assert "2027-01-14" <= due["midpoint"] <= "2027-01-16"
    assert "2027-02-26" <= due["end"] <= "2027-02-28"


def hired_from_the_first_of_march(play: Play, placement: str) -> None:
    """Both say yes: eight paid hours from 1 March, and a second area is tried beside them (A20)."""
    play.it_is(danish_time(date(2027, 2, 26), 10))
    path = f"followup/placements/{placement}"
    for party in ("citizen", "company"):
        play.call("consultant", "POST", f"{path}/evaluations", {"kind": "end", "party": party, "verdict": "yes"})
    beside = {"outcome_code": "hire", "until": "2027-05-30", "weekly_hours": 4}
    ended = play.call("consultant", "POST", f"{path}/conclusion", beside)
    assert ended["conclusion"]["since"] == "2027-03-01"
    now = play.call("consultant", "GET", path)["hours"][-1]
    assert (now["from"], now["paid_hours"], now["placement_hours"]) == ("2027-03-01", 8, 4)


def test_jammerbugt_jobaabninger(play: Play, browser: Browser) -> None:
    play.it_is(danish_time(VISIT, 9))
    gerda = comes(play, VISIT, CPR, NAME, category="aktivitetsparat", least=4, most=12)
    company = company_of(play, VISIT)
    before = play.call("consultant", "GET", "matching/spotted-openings/figures")
    notes_what_was_seen(play, browser, company)
    need = carved_by_the_adviser(play)
    placement = agreed(play, need, gerda)
    figures = play.call("consultant", "GET", "matching/spotted-openings/figures")
    gained = {name: figures[name] - before[name] for name in ("spotted", "hidden", "needs", "hidden_needs", "taken")}
    assert gained == {"spotted": 1, "hidden": 1, "needs": 1, "hidden_needs": 1, "taken": 1}
    assert figures["hours"] - before["hours"] == 8
    followed_halfway_and_at_the_end(play, placement)
    hired_from_the_first_of_march(play, placement)
