"""S07 as somebody of another unit meets it: one purpose, given once, opens the card and every service's part of it."""

import pytest
from playwright.sync_api import expect

from tests.screens.conftest import SignedIn
from tests.screens.life import Ids
from tests.screens.running import Running
from tests.screens.walk import settled

pytestmark = pytest.mark.screens
CLOSED = "Borgeren hører til en anden enhed."


def test_s07_one_purpose_opens_the_card_and_all_its_parts(as_person: SignedIn, running: Running, ids: Ids) -> None:
    page = as_person("rosa")
    path = f"/borger/{ids['citizen']}"

    closed = page.goto(path)

    assert closed is not None
    assert closed.status == 403
    expect(page.get_by_role("heading", level=1)).to_have_text("Borgeren hører til Jobbutikken")
    page.get_by_role("button", name="Åbn kortet").click()
    expect(page.get_by_role("alert")).to_contain_text("Vælg et formål.")
    running.say_what_for(page, "follow_up")
    settled(page)
    assert page.url.endswith(path)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kirsten")
    expect(page.locator(".jb-card")).to_have_count(4)
    expect(page.get_by_text(CLOSED)).to_have_count(0)
    expect(page.locator(".jb-card__away > p")).to_have_count(0)


def test_s07_a_part_that_is_closed_says_so_and_is_not_away(as_person: SignedIn, ids: Ids) -> None:
    page = as_person("frida")
    page.goto(f"/borger/{ids['citizen']}")
    settled(page)
    page.evaluate("other => { const card = document.querySelector('.jb-card'); "
                  "card.setAttribute('hx-get', `/match/kort/borger/${other}`); htmx.process(card); "
                  "htmx.trigger(card, 'retry'); }", ids["of_another_unit"])  # fmt: skip

    expect(page.get_by_text(CLOSED)).to_be_visible()
    expect(page.get_by_role("link", name="Åbn borgerens kort")).to_be_visible()
    expect(page.locator(".jb-card__away > p")).to_have_count(0)


def test_s07_a_purpose_is_asked_for_and_taken_while_intake_is_away(
    as_person: SignedIn, running: Running, ids: Ids
) -> None:
    page = as_person("rosa")
    path = f"/match/forslag/{ids['asked_match']}"
    with running.without("intake"):
        closed = page.goto(path)
        assert closed is not None
        assert closed.status == 403

        running.say_what_for(page, "matching")

        assert page.url.endswith(path)
        expect(page.get_by_role("heading", level=1)).to_contain_text("Magnus")
