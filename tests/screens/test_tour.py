"""The guided tour leads through the day, each page as whoever uses it, and tells what happened behind."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from demo.tour import STOPS
from tests.screens import life, touring
from tests.screens.running import Running

pytestmark = pytest.mark.screens


def test_every_stop_opens_as_whoever_uses_the_page(running: Running, browser: Browser) -> None:
    life.lived(running)

    met = [
        (stop, page.url.removeprefix(running.address), page.content()) for stop, page in touring.walk(running, browser)
    ]

    assert [stop for stop, _path, _html in met] == list(STOPS)
    assert [stop.key for stop, path, _html in met if not path.startswith(stop.path.partition("{")[0])] == []
    assert [stop.key for stop, _path, html in met if stop.who().name not in html] == []


def test_the_tour_tells_which_service_heard_what(running: Running, page: Page) -> None:
    life.lived(running)
    page.goto(f"{running.address}/demo-login/rundtur")

    page.locator(".tour > li").nth(1).get_by_text("Hvad skete bagved").click()

    told = page.locator(".tour > li").nth(1).locator("details li").filter(has_text="CitizenRegistered")
    expect(told.first).to_contain_text(re.compile(r"intake →.* matching \d+(–\d+)? ms", re.DOTALL))
