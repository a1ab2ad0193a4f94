"""A call from ring to read-back by keyboard alone, and its candidate until the company says yes in the portal."""

import re

import pytest
from playwright.sync_api import Page, expect

from demo.suite import Suite
from tests.screens.conftest import SignedIn
from tests.screens.life import Ids
from tests.screens.running import Running
from tests.screens.test_walk_in import Keys
from tests.screens.walk import settled

pytestmark = pytest.mark.screens
SAID = "en lagermedarbejder fra 1. marts, 12 timer om ugen, skal være der kl. 8"
BAKERY = "Brødhuset Eksempel A/S"
MOST_KEYS = 60


def rings(page: Page) -> Keys:
    """The company is found while the telephone rings; a draft that was left behind is not gone on with."""
    page.goto("/virksomheder/opkald")
    settled(page)
    if page.get_by_role("button", name="Kassér kladden").is_visible():
        page.get_by_role("button", name="Kassér kladden").click()
        expect(page.locator("#f-q")).to_be_visible()
    page.goto("/virksomheder")
    settled(page)
    keys = Keys(page)
    keys.press("o")
    expect(page.locator("#f-q")).to_be_focused()
    page.keyboard.type("Brødh")
    expect(page.locator("#fundne button")).to_contain_text(BAKERY)
    keys.press("Enter")
    expect(page.locator("#f-said")).to_be_focused()
    return keys


def takes_shape(page: Page, keys: Keys) -> None:
    """What was said fills the form; what was not is asked for, and the rest is chosen."""
    now = page.locator("#opkald-nu")
    page.keyboard.type(SAID)
    keys.press("Control+Enter")
    expect(page.locator("#f-positions")).to_have_value("1")
    expect(page.locator("#f-begins")).to_have_value("8.00")
    expect(now).to_contain_text("Hvilke dage?")
    keys.to("occupation")
    keys.press("Space")
    keys.to("days")
    keys.press("Space", "Tab", "Space", "Tab", "Space")
    keys.type("ends", "12")
    keys.choose("employment_form", "v", "virksomhedspraktik")
    page.get_by_text("Hensyn, sæson og krav").click()
    page.get_by_label("roligt", exact=False).check()
    expect(now).to_contain_text("Læs op for virksomheden")
    expect(now).to_contain_text("mandag–onsdag 8.00–12.00")


def links(suite: Suite) -> list[str]:
    """Those in the letters to read through, sent or waiting for the morning."""
    listed = suite.call("front-desk", "GET", "notifications/messages?limit=200")["items"]
    ids = [one["id"] for one in listed if one["template"] == "need_read_back"]
    texts = [suite.call("front-desk", "GET", f"notifications/messages/{one}")["text"] or "" for one in ids]
    return [link for text in texts for link in re.findall(r"/virksomhed/laest-op\?kode=[\w-]+", text)]


def accepted_in_the_portal(staff: Page, citizen: Page, company: Page, need: str) -> None:
    """Staff propose, the citizen says yes to the company hearing of them, and the company says yes."""
    row = staff.get_by_role("row").filter(has_text="Magnus")
    row.get_by_role("button", name="Foreslå").click()
    staff.get_by_role("dialog").get_by_role("button", name="Foreslå").click()
    expect(staff.locator("[href^='/match/forslag/']").first).to_be_visible()
    match = str(staff.locator("[href^='/match/forslag/']").first.get_attribute("href")).rsplit("/", 1)[1]
    citizen.goto(f"/match/samtykke/{match}")
    citizen.get_by_label("Ja").first.check()
    citizen.get_by_role("button", name="Send").click()
    citizen.get_by_role("dialog").locator("[data-confirm-yes]").click()
    expect(citizen.locator(".alert").first).to_be_visible()

    company.goto(f"/virksomhed/behov/{need}")
    company.locator(f"[href='/virksomhed/forslag/{match}']").first.click()
    expect(company.get_by_role("main")).not_to_contain_text("Magnus")
    company.get_by_label("Ja", exact=True).check()
    company.get_by_role("button", name="Send svaret").click()
    company.get_by_role("dialog").locator("[data-confirm-yes]").click()
    expect(company.locator(".alert").first).to_contain_text("Tak for jeres ja.")


def test_a_call_goes_from_ring_to_read_back_and_its_candidate_is_accepted_in_the_portal(
    as_person: SignedIn, running: Running, ids: Ids
) -> None:
    page, suite = as_person("johanne"), Suite(running.address, running.catcher)
    before = links(suite)
    keys = rings(page)
    takes_shape(page, keys)
    expect(page.locator("#opkald-nu")).to_contain_text("Magnus")
    keys.press("Control+Enter")
    expect(page).to_have_url(re.compile("/match/behov/"))
    expect(page.locator(".alert").first).to_contain_text("Virksomheden får det at læse igennem.")
    assert keys.pressed <= MOST_KEYS
    need = page.url.split("/match/behov/")[1][:36]

    company = as_person("bo")
    fresh = suite.wait(lambda: sorted(set(links(suite)) - set(before)) or None, "the letter to read through")
    company.goto(fresh[0])
    company.get_by_role("button", name="Det er rigtigt").click()
    expect(company.get_by_role("main")).to_contain_text("I har sagt, det er rigtigt")
    accepted_in_the_portal(page, as_person("magnus"), company, need)
