"""The two borders as somebody meets them who types an address, and forms that are not ours."""

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from playwright.sync_api import expect

from tests.browser import person as somebody
from tests.screens.conftest import SignedIn
from tests.screens.life import Ids
from tests.screens.running import HOMES, PEOPLE, Running

pytestmark = pytest.mark.screens
ELSEWHERE = {
    "front_desk": "/match",
    "company_consultant": "/min-side",
    "job_consultant": "/virksomhed",
    "adviser": "/drift",
    "leader": "/skranken",
    "mentor": "/skranken",
    "company_employee": "/virksomheder",
    "citizen": "/skranken",
    "partner": "/skranken",
    "ops": "/indsigt",
    "data_protection_officer": "/beskeder",
}
NOT_THEIRS = [
    ("bo", "/virksomhed/behov/{open_need}"),
    ("bo", "/virksomhed/behov/{open_need}/ret"),
    ("bo", "/virksomhed/forslag/{waiting_match}"),
    ("bo", "/virksomhed/aftaler/{placement}"),
    ("tove", "/virksomhed/forslag/{asked_match}"),
    ("magnus", "/match/samtykke/{agreed_match}"),
    ("kirsten", "/match/samtykke/{asked_match}"),
]


@pytest.mark.parametrize("role", PEOPLE)
def test_another_roles_address_is_refused_in_danish_with_a_way_on(as_person: SignedIn, role: str) -> None:
    page = as_person(PEOPLE[role])

    answer = page.goto(ELSEWHERE[role])

    assert answer is not None
    assert answer.status == 403
    expect(page.locator("html")).to_have_attribute("lang", "da")
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    page.get_by_role("main").get_by_role("link", name=re.compile("forside", re.IGNORECASE)).click()
    expect(page).to_have_url(re.compile(re.escape(HOMES[role]) + r"(?:\?.*)?$"))


@pytest.mark.parametrize(("person", "path"), NOT_THEIRS)
def test_what_is_not_ones_own_is_not_there(as_person: SignedIn, ids: Ids, person: str, path: str) -> None:
    page = as_person(person)

    answer = page.goto(path.format(**ids))

    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("Siden findes ikke")


def test_a_mentor_sees_no_placement_of_another_mentor(as_person: SignedIn, running: Running, ids: Ids) -> None:
    page = as_person("mette")
    page.context.clear_cookies()
    running.remember(page.context, somebody("mentor"), 1800)

    answer = page.goto(f"/opfoelgning/forloeb/{ids['placement']}")

    assert answer is not None
    assert answer.status == 404


@pytest.fixture
def stranger() -> Iterator[str]:
    """The address of another house's web server, whose page sends a form to whoever the query names."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            target = self.path.partition("?")[2]
            self.wfile.write(
                f"<form method=post action='{target}'><input name=phone value=20112233><button>Go</button>".encode()
            )

        def log_message(self, *_: object) -> None:
            """Silence."""

    server = HTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_form_of_another_house_is_refused(
    as_person: SignedIn, running: Running, ids: Ids, stranger: str, host: str
) -> None:
    page = as_person("frida")
    target = f"{running.address}/borger/{ids['citizen']}/kanaler"
    page.goto(f"{stranger.replace('127.0.0.1', host)}?{target}")

    with page.expect_navigation() as sent:
        page.get_by_role("button").click()

    assert sent.value is not None
    assert sent.value.status in (401, 403)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_form_of_ours_without_its_token_is_refused_and_changes_nothing(as_person: SignedIn, ids: Ids) -> None:
    page = as_person("frida")
    page.goto(f"/borger/{ids['citizen']}/kanaler")
    phone = page.get_by_label("Telefon").input_value()
    page.get_by_label("Telefon").fill("20998877")
    page.evaluate("document.querySelectorAll('main input[name=csrf]').forEach(one => { one.value = 'x'; })")

    with page.expect_navigation() as sent:
        page.get_by_role("main").get_by_role("button", name="Gem").click()

    assert sent.value is not None
    assert sent.value.status == 403
    page.goto(f"/borger/{ids['citizen']}/kanaler")
    expect(page.get_by_label("Telefon")).to_have_value(phone)


def test_personal_pages_are_kept_by_no_cache_and_no_other_site(as_person: SignedIn, ids: Ids) -> None:
    answer = as_person("frida").goto(f"/borger/{ids['citizen']}")

    assert answer is not None
    headers = answer.headers
    assert headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
