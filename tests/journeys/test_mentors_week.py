"""A mentor's first week with somebody, on a telephone 360 pixels wide: every day's attendance, the kit, their word."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from shared.clock import danish_time
from tests.journeys.placing import comes, placed
from tests.journeys.playing import Play
from tests.screens.running import ARGUMENTS, CHROMIUM, LOCALE

pytestmark = pytest.mark.journeys
BEGINS = date(2028, 1, 3)
MAIL = "mette@nordlager.example.dk"
CPR, NAME = "6806733333", "Vera Test Opdigtet"
MONDAY, LAST = date(2028, 1, 10), date(2028, 2, 6)
TELEPHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True, **LOCALE}
CAME = (("present", "3"), ("present", "3"), ("no_show", ""), ("present", "3,5"), ("present", "2,5"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": ARGUMENTS}


@pytest.fixture
def placement(play: Play) -> str:
    """Somebody begins on Monday, and Mette has taken the link."""
    play.it_is(danish_time(date(2028, 1, 3), 9))
    vera = comes(play, date(2028, 1, 3), CPR, NAME, category="aktivitetsparat", least=15, most=15)
    found = placed(play, vera, MONDAY, LAST, hours=15, cadence="handholding")
    made = play.call("consultant", "POST", f"followup/placements/{found}/mentor-invitations")
    link = f"/opfoelgning/mentor?code={made['code']}"
    play.person("mette").submit(link, "/opfoelgning/mentor", {"code": made["code"]})
    return found


def telephone(browser: Browser, play: Play, path: str) -> Page:
    """Mette's, signed in at this time."""
    page = browser.new_context(**TELEPHONE).new_page()
    page.goto(f"{play.address}/log-ind?til={path}&login_hint=mette")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    fits(page)
    return page


def fits(page: Page) -> None:
    """Nothing has to be pushed sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 360, f"{page.url} is {wide} wide"


def notes_the_day(page: Page, number: int, state: str, hours: str) -> None:
    """One day, two fields, one button."""
    page.locator(f"[name=state_{number}]").select_option(state)
    if hours:
        page.locator(f"[name=hours_{number}]").fill(hours)
    page.get_by_role("button", name=re.compile("^Gem")).first.click()
    expect(page.locator(".alert-text").first).to_be_visible()
    fits(page)


def says_how_it_goes(browser: Browser, play: Play, placement: str) -> None:
    """The link in the mentor's mail, one tap, and what it leads to is seen by the municipality alone."""
    pulses = f"followup/placements/{placement}/pulses"
    letter = play.letter_after(lambda: play.call("consultant", "POST", pulses), MAIL, "Hvordan går det?")
    found = re.search(r"(/opfoelgning/puls\?kode=[\w-]+)", " ".join(part["text"] for part in letter["parts"]))
    assert found
    page = browser.new_context(**TELEPHONE).new_page()
    page.goto(f"{play.address}{found[1]}")
    fits(page)
    page.get_by_role("button", name="Godt", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Du har svaret.")
    fits(page)
    page.context.close()
    [asked] = play.call("consultant", "GET", pulses)["items"]
    assert asked["answers"]["mentor"] == "well"


def sees_the_talk_held(browser: Browser, play: Play, own: str, placement: str) -> None:
    """The consultant was there the first morning: the mentor's list says so, and not what was written."""
    contacts = play.call("consultant", "GET", f"followup/placements/{placement}")["contacts"]
    play.call("consultant", "POST", f"followup/contacts/{contacts[0]['id']}/held", {
        "outcome_code": "going_well", "note": "Glad for pauserne.",
    })  # fmt: skip
    page = telephone(browser, play, own)
    expect(page.get_by_role("main")).to_contain_text("Holdt")
    page.get_by_role("link", name=re.compile("10. januar")).first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("main")).not_to_contain_text("Glad for pauserne.")
    fits(page)
    page.context.close()


def test_a_mentors_week_on_a_telephone(play: Play, placement: str, browser: Browser) -> None:
    own = f"/opfoelgning/forloeb/{placement}"
    for number, (state, hours) in enumerate(CAME):
        play.it_is(danish_time(MONDAY + timedelta(days=number), 14))
        page = telephone(browser, play, own)
        if number == 0:
            page.locator("#hak-welcome").click()
            expect(page.locator("#hak-welcome")).to_contain_text("Fjern hak")
        page.get_by_role("link", name="Fremmøde", exact=True).click()
        expect(page).to_have_url(re.compile("/uge$"))
        notes_the_day(page, number, state, hours)
        page.context.close()
        if number == 0:
            sees_the_talk_held(browser, play, own, placement)
    says_how_it_goes(browser, play, placement)

    week = play.call("consultant", "GET", f"followup/placements/{placement}/attendance?dag={MONDAY}")
    assert [(day["state"], day["hours"]) for day in week["days"][:5]] == [
        ("present", 3.0), ("present", 3.0), ("no_show", None), ("present", 3.5), ("present", 2.5),
    ]  # fmt: skip
    contacts = play.call("consultant", "GET", f"followup/placements/{placement}")["contacts"]
    assert "absence" in {one["why_code"] for one in contacts}, "staying away makes contact closer by itself"

    page = telephone(browser, play, f"{own}/min-vurdering")
    page.locator("[name=kind][value=midpoint]").check(force=True)
    page.locator("[name=verdict][value=yes]").check(force=True)
    page.get_by_role("button", name="Gem mit svar").click()
    expect(page.get_by_role("main")).to_contain_text("Det har du sagt")
    fits(page)
    page.context.close()
