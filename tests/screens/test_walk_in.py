"""A walk-in registered by keyboard alone: every key beyond what is typed is counted."""

import re

import pytest
from playwright.sync_api import Page, expect

from demo.story import KIRSTEN
from tests.screens.conftest import SignedIn
from tests.screens.walk import settled

pytestmark = pytest.mark.screens
MOST_KEYS = 25
NAME = "Kirsten Test Berggren"


class Keys:
    """A keyboard that counts; values are typed, all else is a key."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1

    def to(self, name: str) -> None:
        """Tab until the field has the focus."""
        for _ in range(MOST_KEYS):
            if self.page.evaluate("document.activeElement.name") == name:
                return
            self.press("Tab")
        raise AssertionError(f"Tab does not reach {name} in {MOST_KEYS} keys")

    def type(self, name: str, value: str) -> None:
        self.to(name)
        self.page.keyboard.type(value)

    def choose(self, name: str, letters: str, code: str) -> None:
        """An option by the first letters of its words, each a key."""
        self.to(name)
        self.press(*letters)
        expect(self.page.locator(f"[name={name}]")).to_have_value(code)


def begun(page: Page) -> Keys:
    """From the board to the form, with a slot held."""
    page.goto("/skranken")
    settled(page)
    keys = Keys(page)
    keys.press("n")
    expect(page.locator("#f-cpr")).to_be_focused()
    expect(page.locator("[name=slot_id]").first).to_be_attached()
    return keys


def registered(page: Page, name: str) -> None:
    expect(page).to_have_url(re.compile("/skranken/kvittering/"))
    expect(page.get_by_role("main")).to_contain_text(name)


def test_a_new_person_with_all_that_is_asked_takes_at_most_25_keys(as_person: SignedIn) -> None:
    page = as_person("frida")
    keys = begun(page)
    keys.type("cpr", "1107829995")
    keys.type("name", "Rosa Vilma Test Holmgaard")
    expect(page.locator("#who")).to_contain_text("Foreslået kategori: jobparat")
    keys.type("phone", "20334455")
    keys.type("email", "rosa@example.dk")
    keys.type("postal_code", "8700")
    keys.choose("language", "u", "uk")
    keys.to("interpreter")
    keys.press("Space")
    keys.choose("applied_for", "s", "sygedagpenge")
    keys.choose("urgency", "v", "eviction")
    keys.choose("application", "b", "begun_with_help")
    keys.to("qualifying_education")
    keys.press("Space")
    keys.press("Control+Enter")

    registered(page, "Rosa Vilma Test Holmgaard")
    assert keys.pressed <= MOST_KEYS


def test_somebody_known_takes_three_keys(as_person: SignedIn) -> None:
    page = as_person("frida")
    keys = begun(page)
    keys.type("cpr", KIRSTEN)
    keys.press("Tab")
    expect(page.locator("#who")).to_contain_text("Vi kender borgeren.")
    keys.press("Control+Enter")

    registered(page, NAME)
    assert keys.pressed <= 3


def test_a_likely_double_is_settled_from_the_keyboard(as_person: SignedIn) -> None:
    page = as_person("frida")
    keys = begun(page)
    keys.type("cpr", f"{KIRSTEN[:6]}1113")
    keys.type("name", "Kirstin Bergren")
    keys.press("Tab")
    expect(page.locator("#who")).to_contain_text(f"Det er {NAME}, {KIRSTEN[:6]}-xxxx")
    keys.press("Shift+Tab", "Shift+Tab", "ArrowUp")
    expect(page.get_by_label(NAME)).to_be_checked()
    keys.press("Control+Enter")

    registered(page, NAME)
    assert keys.pressed <= MOST_KEYS


def test_what_was_typed_stands_there_after_an_error(as_person: SignedIn) -> None:
    page = as_person("frida")
    keys = begun(page)
    keys.type("cpr", "3202829995")
    keys.type("name", "Bo Test Holmgaard")
    keys.type("phone", "20334455")
    keys.choose("language", "u", "uk")
    keys.press("Control+Enter")

    expect(page.locator("[data-error-summary]")).to_be_focused()
    typed = {"cpr": "3202829995", "name": "Bo Test Holmgaard", "phone": "20334455", "language": "uk"}
    for name, value in typed.items():
        expect(page.locator(f"[name={name}]")).to_have_value(value)
    keys.press("Tab", "Enter")
    expect(page.locator("#f-cpr")).to_be_focused()
