"""Takes the demo's guided tour in a browser, stop by stop, as a newcomer would."""

from collections.abc import Iterator

from playwright.sync_api import Browser, Page, expect

from demo.tour import STOPS, Stop
from tests.screens.running import LOCALE, Running

HEIGHTS = {1280: 800, 390: 800}


def walk(running: Running, browser: Browser) -> Iterator[tuple[Stop, Page]]:
    """Each stop with its page open, reached by the tour's own link."""
    page = browser.new_context(**LOCALE, reduced_motion="reduce").new_page()
    for number, stop in enumerate(STOPS):
        page.goto(f"{running.address}/demo-login/rundtur")
        page.set_viewport_size({"width": stop.width, "height": HEIGHTS[stop.width]})
        page.locator(".tour > li").nth(number).get_by_role("link").click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.wait_for_load_state("networkidle")
        yield stop, page
    page.context.close()
