"""Signing in and out in a browser, for everybody; who sees what; the two languages; one form without a script."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from demo import people
from shared.sessions import COOKIE
from tests.screens.conftest import SignedIn
from tests.screens.life import Ids
from tests.screens.running import HOMES, LOCALE, PEOPLE, Running

pytestmark = pytest.mark.screens
NewContext = Callable[..., BrowserContext]


def name_of(person: str) -> str:
    found = people.find(person)
    assert found is not None
    return found.name


def choose(page: Page, person: str) -> None:
    """Signs in as people do in the demo: from the front page, by choosing somebody."""
    page.goto("/")
    page.get_by_role("link", name="Log ind").first.click()
    page.get_by_role("link", name=name_of(person)).click()


@pytest.mark.parametrize("role", PEOPLE)
def test_everybody_chooses_who_to_be_and_lands_at_home_and_leaves_again(page: Page, role: str) -> None:
    choose(page, PEOPLE[role])
    expect(page).to_have_url(re.compile(re.escape(HOMES[role]) + r"(?:\?.*)?$"))
    expect(page.locator(".masthead")).to_contain_text(name_of(PEOPLE[role]))
    expect(page.get_by_role("navigation", name="Hovedmenu").locator("[aria-current]")).to_have_count(1)

    page.get_by_role("button", name="Log ud").click()

    expect(page).to_have_url(re.compile("/logget-ud"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert COOKIE not in {cookie["name"] for cookie in page.context.cookies()}
    page.goto(HOMES[role])
    expect(page.get_by_role("heading", name="Hvem vil du være?")).to_be_visible()


def test_the_way_to_a_page_leads_back_to_it_after_sign_in(page: Page) -> None:
    page.goto("/virksomheder?after=")
    page.get_by_role("link", name=name_of("frida")).click()

    expect(page).to_have_url(re.compile(r"/virksomheder"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Virksomheder")


def test_sign_in_gives_a_new_session_each_time(browser: Browser, running: Running) -> None:
    context = browser.new_context(**LOCALE)
    values = []
    for _ in range(2):
        running.sign_in(context, "viggo")
        values += [cookie["value"] for cookie in context.cookies() if cookie["name"] == COOKIE]
    flags = [(c["secure"], c["httpOnly"], c["sameSite"], c["path"]) for c in context.cookies() if c["name"] == COOKIE]
    context.close()

    assert len(set(values)) == 2
    assert flags == [(True, True, "Lax", "/")]


def test_sign_out_in_one_tab_ends_the_other(new_context: NewContext, running: Running) -> None:
    context = new_context()
    running.sign_in(context, "rune")
    first, second = context.new_page(), context.new_page()
    for page in (first, second):
        page.goto("/skranken")
    first.get_by_role("button", name="Log ud").click()
    expect(first).to_have_url(re.compile("/logget-ud"))

    answer = second.reload()

    expect(second.get_by_role("heading", name="Hvem vil du være?")).to_be_visible()
    assert answer is not None
    assert "/skranken" not in answer.url


def test_a_stolen_cookie_is_worth_nothing_after_sign_out(new_context: NewContext, running: Running) -> None:
    context, thief = new_context(), new_context()
    running.sign_in(context, "johanne")
    thief.add_cookies(context.cookies())  # type: ignore[arg-type]  # what it gives is what it takes
    page = context.new_page()
    page.goto("/skranken")
    page.get_by_role("button", name="Log ud").click()
    expect(page).to_have_url(re.compile("/logget-ud"))

    stolen = thief.new_page()
    assert [at_sign_in(stolen, path) for path in ("/skranken", "/match", "/opfoelgning", "/beskeder")] == [True] * 4


def at_sign_in(page: Page, path: str) -> bool:
    """Whether a page sends to sign-in, once the news of the session's end has come to its service."""
    for _ in range(40):
        page.goto(path)
        if "/demo-login/" in page.url:
            return True
        page.wait_for_timeout(250)
    return False


def test_english_can_be_chosen_and_stays_and_goes_again(as_person: SignedIn) -> None:
    page = as_person("frida")
    page.goto("/virksomheder")
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(re.compile("/virksomheder$"))
    expect(page.locator("html")).to_have_attribute("lang", "en")

    page.goto("/beskeder")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="Dansk").click()
    expect(page.locator("html")).to_have_attribute("lang", "da")


def test_a_form_works_without_a_script(as_person: SignedIn, ids: Ids) -> None:
    page = as_person("frida", java_script_enabled=False)
    path = f"/borger/{ids['other_citizen']}/kanaler"
    page.goto(path)
    page.get_by_label("Telefon").fill("12")
    page.get_by_role("main").get_by_role("button", name="Gem").click()
    expect(page.get_by_role("alert")).to_contain_text("Noget skal rettes")
    expect(page.get_by_label("Telefon")).to_have_value("12")

    page.get_by_label("Telefon").fill("20 44 55 66")
    page.get_by_role("main").get_by_role("button", name="Gem").click()

    expect(page).to_have_url(re.compile(f"/borger/{ids['other_citizen']}$"))
    expect(page.locator(".flash")).to_be_visible()
    assert page.goto("/skranken") is not None
    expect(page.get_by_role("heading", level=1)).to_have_text("Skranken")
