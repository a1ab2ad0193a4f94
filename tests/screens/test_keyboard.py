"""Everything by keyboard alone: what Tab reaches, what shows where one is, and the desk's shortcuts."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.screens.conftest import SignedIn
from tests.screens.life import Ids
from tests.screens.walk import settled

pytestmark = pytest.mark.screens
KINDS = [
    ("frida", "/skranken"),
    ("frida", "/skranken/ny"),
    ("frida", "/borger/{citizen}"),
    ("frida", "/borger/{citizen}/kanaler"),
    ("rune", "/skranken/visitation/{visitation}"),
    ("frida", "/virksomheder"),
    ("johanne", "/match/behov/{open_need}"),
    ("johanne", "/match/behov/ny/{company}"),
    ("johanne", "/match/forslag/{wanted_match}/aftale"),
    ("johanne", "/opfoelgning"),
    ("johanne", "/opfoelgning/kontakt/{follow_up}"),
    ("frida", "/beskeder"),
    ("tove", "/virksomhed"),
    ("tove", "/virksomhed/forslag/{waiting_match}"),
    ("mette", "/opfoelgning/forloeb/{placement}"),
    ("kirsten", "/min-side"),
    ("otto", "/drift/komponenter"),
    ("otto", "/drift/klienter"),
    ("dorthe", "/indsigt"),
    ("pia", "/skranken/tal"),
]
# What can be acted on, each once: of a group of radio buttons the keyboard meets one.
REACHABLE = """() => {
  const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")];
  const groups = new Set();
  return all.filter(one => {
    if (one.disabled || one.type === "hidden" || one.tabIndex < 0 || !one.checkVisibility({visibilityProperty: true}))
      return false;
    if (one.closest("[inert], [aria-hidden=true]")) return false;
    if (one.type !== "radio") return true;
    const group = `${one.form?.action} ${one.name}`;
    return !groups.has(group) && groups.add(group);
  }).map((one, place) => one.dataset.place = one.type === "radio" ? `r${one.name}` : `${place}`);
}"""
TO_THE_TOP = "() => { const top = document.body; top.tabIndex = -1; top.focus(); top.removeAttribute('tabindex'); }"
HERE = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  const shown = element => {
    const style = getComputedStyle(element);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  };
  const marked = [one, one.nextElementSibling, one.parentElement].filter(Boolean);
  return {place: one.dataset.place ?? (one.type === "radio" ? `r${one.name}` : null), tag: one.outerHTML.slice(0, 120),
    seen: marked.some(shown), within: box.bottom > 0 && box.top < innerHeight};
}"""


def walked(page: Page, most: int) -> list[dict[str, Any]]:
    """Where Tab leads, from the top of the page until it leaves it."""
    met: list[dict[str, Any]] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        if here["place"] is None or (met and here["place"] == met[0]["place"]):
            break
        met.append(here)
    return met


@pytest.mark.parametrize(("person", "path"), KINDS)
def test_tab_reaches_all_there_is_and_shows_where_it_is(as_person: SignedIn, ids: Ids, person: str, path: str) -> None:
    page = as_person(person)
    page.goto(path.format(**ids))
    settled(page)
    page.evaluate(TO_THE_TOP)
    wanted = page.evaluate(REACHABLE)

    met = walked(page, len(wanted) * 4 + 20)

    places = {here["place"] for here in met}
    shown = {here["place"] for here in met if here["seen"] and here["within"]}
    assert [tag(page, place) for place in wanted if place not in places] == []
    assert [tag(page, place) for place in places - shown] == []


def tag(page: Page, place: str) -> str:
    """How an element begins."""
    return str(page.locator(f"[data-place='{place}']").first.evaluate("one => one.outerHTML.slice(0, 120)"))


def test_the_first_stop_leads_past_the_frame(as_person: SignedIn) -> None:
    page = as_person("frida")
    page.goto("/virksomheder")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Gå til sidens indhold")).to_be_focused()
    page.keyboard.press("Enter")

    page.keyboard.press("Tab")

    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_question_mark_lists_the_shortcuts_holds_the_focus_and_escape_gives_it_back(as_person: SignedIn) -> None:
    page = as_person("frida")
    page.goto("/skranken")
    page.get_by_role("link", name="Dagsliste til print").focus()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("Ny henvendelse")

    for _ in range(8):
        page.keyboard.press("Tab")
        # Between the last and the first the focus may be the browser's own.
        assert page.evaluate("document.activeElement.matches('body, .fds-modal[aria-hidden=false] *')")
    page.keyboard.press("Escape")

    expect(dialog).not_to_be_visible()
    expect(page.get_by_role("link", name="Dagsliste til print")).to_be_focused()


def test_the_front_desk_registers_and_books_without_a_mouse(as_person: SignedIn) -> None:
    page = as_person("frida")
    page.goto("/skranken")
    page.keyboard.press("n")
    expect(page).to_have_url(re.compile("/skranken/ny"))
    expect(page.locator("#f-cpr")).to_be_focused()
    written = {"cpr": "0506889996", "name": "Sille June Test Mosebrygersen", "phone": "20334455", "postal_code": "8700"}
    for _ in range(30):
        name = page.evaluate("document.activeElement.name ?? ''")
        if name in written:
            page.keyboard.insert_text(written.pop(name))
        if page.evaluate("document.activeElement.matches('main button.button-primary')"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("/skranken/kvittering/"))
    expect(page.get_by_role("main")).to_contain_text("Sille June Test Mosebrygersen")


def test_search_and_places_are_a_key_away(as_person: SignedIn) -> None:
    page = as_person("frida")
    page.goto("/skranken")
    page.keyboard.press("/")
    expect(page.locator("#global-search")).to_be_focused()
    page.keyboard.insert_text("Kirsten")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("Kirsten Test Berggren")

    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("b")

    expect(page).to_have_url(re.compile("/beskeder"))


def test_a_letter_typed_into_a_field_is_a_letter(as_person: SignedIn) -> None:
    page = as_person("frida")
    page.goto("/skranken/ny")
    page.locator("#f-name").focus()
    page.keyboard.type("n?g")

    expect(page.locator("#f-name")).to_have_value("n?g")
    expect(page).to_have_url(re.compile("/skranken/ny"))
