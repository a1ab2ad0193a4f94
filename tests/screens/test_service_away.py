"""A service is away: its cards say so within two seconds, the rest works, and its own pages are polite."""

import time

import pytest
from playwright.sync_api import Page, expect

from tests.screens.conftest import SignedIn
from tests.screens.life import Ids
from tests.screens.running import Running
from tests.screens.walk import asked_again, settled

pytestmark = pytest.mark.screens
SINCE_NAVIGATION = "performance.now()"
AWAY_CARD = ".jb-card__away > p"
AWAY = "kan ikke hentes lige nu. Resten af siden virker."


def opened(page: Page, path: str) -> float:
    """Opens a page until all its cards have said something; the seconds from the navigation to the last of them."""
    page.goto(path, wait_until="domcontentloaded")
    page.wait_for_function("() => !document.querySelector('[aria-busy=true]')", polling=50)
    return float(page.evaluate(SINCE_NAVIGATION)) / 1000


def ask_again_until(page: Page, *, away: int) -> None:
    """Presses "Prøv igen" until so many cards are away; a server just begun may need more than a card's two seconds."""
    deadline = time.monotonic() + 30
    while page.locator(AWAY_CARD).count() != away and time.monotonic() < deadline:
        asked_again(page)
    expect(page.locator(AWAY_CARD)).to_have_count(away)


@pytest.mark.parametrize("service", ["matching", "followup", "notifications"])
def test_a_dead_service_takes_its_card_and_nothing_else_with_it(
    as_person: SignedIn, running: Running, ids: Ids, service: str
) -> None:
    page = as_person("rune")
    with running.without(service):
        # Up to three times, as the machine may be busy with something else.
        seconds = [opened(page, f"/borger/{ids['citizen']}") for _ in range(3)]

        assert min(seconds) < 2
        expect(page.get_by_role("heading", level=1)).to_contain_text("Kirsten")
        ask_again_until(page, away=1)
        expect(page.locator(AWAY_CARD)).to_contain_text(AWAY)
    ask_again_until(page, away=0)


def test_a_card_of_a_service_that_hangs_says_so_within_two_seconds_of_the_navigation(
    as_person: SignedIn, running: Running, ids: Ids
) -> None:
    page = as_person("rune")
    with running.hanging("matching"):
        # Up to three times, as the machine may be busy with something else.
        seconds = [opened(page, f"/borger/{ids['citizen']}") for _ in range(3)]
        expect(page.locator(AWAY_CARD)).to_contain_text(AWAY)

    assert 1 < min(seconds) < 2


def test_the_pages_of_a_service_that_hangs_are_waited_for_three_seconds(as_person: SignedIn, running: Running) -> None:
    page = as_person("rune")
    taken = []
    with running.hanging("matching"):
        # Up to three times, as the machine may be busy with something else.
        for _ in range(3):
            began = time.monotonic()
            status = at(page, "/match")
            taken.append(time.monotonic() - began)

    assert status == 503
    assert min(taken) < 4
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_citizens_own_page_works_without_the_other_services(as_person: SignedIn, running: Running) -> None:
    page = as_person("kirsten")
    with running.without("followup"):
        opened(page, "/min-side")

        expect(page.get_by_role("heading", level=1)).to_contain_text("Kirsten")
        expect(page.locator(AWAY_CARD)).to_contain_text(AWAY)


def test_the_pages_of_a_dead_service_say_in_danish_what_to_do(as_person: SignedIn, running: Running) -> None:
    page = as_person("rune")
    with running.without("matching"):
        answer = page.goto("/match")

        assert answer is not None
        assert answer.status == 503
        expect(page.locator("html")).to_have_attribute("lang", "da")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.get_by_role("link").first.click()
        settled(page)


def test_without_the_service_that_signs_in_everybody_who_is_in_works_on(as_person: SignedIn, running: Running) -> None:
    page = as_person("rune")
    page.goto("/match")
    with running.without("intake"):
        assert [at(page, path) for path in ("/match", "/opfoelgning", "/beskeder", "/was")] == [200] * 4
        assert at(page, "/skranken") == 503


def at(page: Page, path: str) -> int:
    answer = page.goto(path)
    assert answer is not None
    return answer.status
