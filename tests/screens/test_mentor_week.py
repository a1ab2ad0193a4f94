"""A mentor's week on a telephone: the first-day list, the week's attendance, and what the mentor thinks."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.screens.conftest import SignedIn
from tests.screens.life import Ids

pytestmark = pytest.mark.screens
PHONE = {"width": 360, "height": 740}


def fits(page: Page) -> bool:
    return bool(page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth"))


def test_a_mentor_ticks_the_list_sees_the_week_and_says_how_it_goes(as_person: SignedIn, ids: Ids) -> None:
    page = as_person("mette", viewport=PHONE)
    page.goto(f"/opfoelgning/forloeb/{ids['placement']}")
    expect(page.get_by_role("heading", name="Mentorens startpakke")).to_be_visible()
    assert fits(page)
    page.get_by_role("button", name=re.compile("Sæt hak.*Kender pauserne")).click()
    expect(page.get_by_role("button", name=re.compile("Fjern hak.*Kender pauserne"))).to_be_visible()
    page.get_by_role("button", name=re.compile("Fjern hak.*Kender pauserne")).click()
    expect(page.get_by_role("button", name=re.compile("Sæt hak.*Kender pauserne"))).to_be_visible()

    page.get_by_role("link", name="Fremmøde").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Fremmøde, uge")
    assert fits(page)
    page.go_back()
    page.get_by_role("link", name="Min vurdering").click()
    page.get_by_label("Midtvejs").check()
    page.get_by_label("Ja, det går godt").check()
    page.get_by_role("button", name="Gem mit svar").click()

    expect(page.locator("main")).to_contain_text("Tak. Dit svar er gemt.")
    expect(page.get_by_role("row", name=re.compile("Midtvejs.*Ja, det går godt"))).to_be_visible()
    assert fits(page)
