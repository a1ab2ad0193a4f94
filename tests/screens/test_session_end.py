"""The end of a session: a warning that keeps what was typed, the cover, and the way back under it."""

import re
import time
from uuid import NAMESPACE_URL, uuid5

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from shared.config import DEMO_LOGIN
from tests.browser import person
from tests.screens.life import Ids
from tests.screens.running import Running

pytestmark = pytest.mark.screens
TYPED = "Et navn, der ikke er gemt endnu"


@pytest.fixture
def desk(context: BrowserContext, running: Running, ids: Ids) -> Page:
    """A browser at the desk; the cookie is put there by each test."""
    return context.new_page()


def begin(page: Page, running: Running, idle_seconds: int, seen_ago: int = 0, **told: str) -> None:
    """Somebody has a session that ends so many seconds after it was last seen, and has begun to write."""
    running.remember(page.context, person("front_desk", organisation="jobbutik", **told), idle_seconds, seen_ago)
    page.goto("/skranken/ny")
    page.get_by_label("Navn").first.fill(TYPED)


def test_a_warning_counts_down_and_go_on_keeps_what_was_typed(desk: Page, running: Running) -> None:
    begin(desk, running, 303)
    dialog = desk.get_by_role("alertdialog")

    expect(dialog).to_be_visible(timeout=30_000)
    expect(dialog.locator("[data-countdown]")).to_have_text(re.compile(r"4:\d\d"))
    assert desk.evaluate("document.querySelector('.fds-modal[aria-hidden=false]').contains(document.activeElement)")
    dialog.get_by_role("button", name="Fortsæt").click()

    expect(desk.get_by_label("Navn").first).to_have_value(TYPED)


def test_going_on_renews_a_session_that_was_last_seen_a_minute_ago(desk: Page, running: Running) -> None:
    begin(desk, running, 358, seen_ago=54)
    dialog = desk.get_by_role("alertdialog")
    expect(dialog).to_be_visible(timeout=30_000)
    desk.wait_for_timeout(4_000)

    dialog.get_by_role("button", name="Fortsæt").click()

    expect(dialog).not_to_be_visible()
    ends = desk.evaluate("fetch('/skranken/session').then(answer => answer.json()).then(state => state.ends)")
    assert ends > (time.time() + 340) * 1000
    expect(desk.get_by_label("Navn").first).to_have_value(TYPED)


def test_the_cover_hides_the_page_and_signing_in_again_uncovers_it(desk: Page, running: Running) -> None:
    begin(desk, running, 8, subject=str(uuid5(NAMESPACE_URL, f"{running.address}{DEMO_LOGIN}|frida")))
    covered = desk.locator("body.covered")

    expect(covered).to_have_count(1, timeout=30_000)
    cover = desk.locator("#signed-out-dialog")
    expect(cover).to_be_visible()
    expect(cover.get_by_role("heading")).to_be_visible()
    assert not desk.get_by_label("Navn").first.is_visible()

    running.sign_in(desk.context, "frida")
    # Whoever comes back to the window is asked for; who stays in it says so.
    if covered.count():
        desk.locator("[data-signed-in]").dispatch_event("click")

    expect(covered).to_have_count(0)
    expect(desk.get_by_label("Navn").first).to_have_value(TYPED)
    desk.get_by_role("main").get_by_role("button").last.click()
    expect(desk.get_by_role("alert")).to_contain_text("Noget skal rettes")
