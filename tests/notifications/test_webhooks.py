"""Companies' own systems: who may register where, what they are told and never told, and systems that misbehave."""

import base64
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from sqlalchemy import text

from services.notifications.use_cases import outgoing
from services.notifications.use_cases.outgoing import Unsent
from services.notifications.use_cases.webhooks import Sender
from shared import clock
from shared.events import CompanyRequestReceived
from tests.browser import offered, words
from tests.notifications import story
from tests.notifications.post import NotificationsUnderTest
from tests.notifications.story import CITIZEN, COMPANY, MATCH, MONDAY
from tests.notifications.test_inbox import CVR, NEED, PLACE

PAGE = "/beskeder/webhooks"


class System:
    """A company's system on loopback. `says` is its status, or hangs, late, cuts, redirects."""

    def __init__(self) -> None:
        self.says: int | str = 204
        self.heard: list[tuple[dict[str, str], bytes]] = []
        self._let_go = threading.Event()
        system = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                system.answer(self)

            def log_message(self, *_: object) -> None:
                """Silence."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/hook?x=1"

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """As it was told to."""
        body = handler.rfile.read(int(handler.headers["Content-Length"]))
        self.heard.append(({name.lower(): value for name, value in handler.headers.items()}, body))
        if self.says == "hangs":
            self._let_go.wait()
        if self.says in ("hangs", "cuts"):
            handler.connection.close()
            return
        if self.says == "drips":
            handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
            with suppress(OSError):
                while not self._let_go.wait(0.1):
                    handler.wfile.write(b"X: y\r\n")
            return
        handler.send_response(302 if self.says == "redirects" else int(self.says))
        handler.send_header("Location", self.url)
        handler.end_headers()

    def kinds(self) -> list[str]:
        return [json.loads(body)["type"] for _, body in self.heard]

    def stop(self) -> None:
        """Nobody is there any more."""
        self._let_go.set()
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.moved_to(MONDAY):
        yield


@pytest.fixture
def system() -> Iterator[System]:
    made = System()
    yield made
    made.stop()


@pytest.fixture
def hooked(post: NotificationsUnderTest, system: System) -> NotificationsUnderTest:
    """A company with a need at one of its places and a system that listens."""
    post.hear(story.citizen(), story.company())
    post.hear(CompanyRequestReceived(
        need_id=NEED, company_id=COMPANY, p_number=PLACE, occupation="x", employment_form="ordinary",
        weekly_hours_min=1, weekly_hours_max=2,
    ))  # fmt: skip
    made = employee(post).submit(PAGE, {"url": system.url})
    assert made.status_code == 200, words(made)
    return post


def employee(service: NotificationsUnderTest, cvr: str = CVR, *places: str) -> Any:
    return service.browser("company_employee", organisation=cvr, p_numbers=places)


def secret_on(page: Any) -> bytes:
    return base64.b64decode(words(page).partition("whsec_")[2].split(" ")[0])


def send(service: NotificationsUnderTest, later: timedelta = timedelta()) -> None:
    sender = Sender()
    with clock.moved_to(clock.now() + later):
        for _ in range(20):
            with service.database.begin(actor="worker:notifications") as session:
                if not sender.deliver(session):
                    return


def state(service: NotificationsUnderTest) -> list[tuple[str, str, int, int | None, str | None]]:
    asked = "SELECT kind, state, attempts, status, error_code FROM webhook_delivery ORDER BY id"
    return [tuple(row) for row in service.connection.execute(text(asked))]


def test_a24_a_system_hears_ids_and_where_to_fetch_and_nothing_of_a_person(
    hooked: NotificationsUnderTest, system: System
) -> None:
    hooked.hear(story.match_consented(), story.placement(), story.moved())
    send(hooked)
    sent = [json.loads(body) for _, body in system.heard]

    assert sent[0]["data"] == {
        "match_id": str(MATCH), "need_id": str(NEED),
        "url": f"{hooked.settings.public_url}/api/matching/v1/company-matches/{MATCH}",
    }  # fmt: skip
    assert system.kinds() == ["proposal.waiting", "agreement.made", "talk.moved"]
    everything = "".join(str(one) for one in system.heard)
    for secret in (str(CITIZEN), "Nancy", "nancy", "virksomhedspraktik", "handholding", "citizen", "citizen_asked"):
        assert secret not in everything


def test_what_the_citizen_declined_before_it_was_shown_is_never_told(
    hooked: NotificationsUnderTest, system: System
) -> None:
    hooked.hear(story.match_proposed(), story.match_declined("citizen"), story.match_consented(answer_due=None))
    send(hooked)

    assert system.heard == []
    hooked.hear(story.match_consented(), replayed=True)
    assert state(hooked) == []


def test_it_is_signed_and_while_the_secret_changes_by_both(hooked: NotificationsUnderTest, system: System) -> None:
    staff = employee(hooked)
    listed = hooked.connection.scalar(text("SELECT id FROM webhook"))
    first = secret_on(staff.submit(f"{PAGE}/noegle", {"id": str(listed)}))
    second = secret_on(staff.submit(f"{PAGE}/noegle", {"id": str(listed)}))
    hooked.hear(story.match_consented())
    send(hooked)
    headers, body = system.heard[0]
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    by = [f"v1,{base64.b64encode(hmac.digest(key, signed, 'sha256')).decode()}" for key in (second, first)]

    assert headers["webhook-signature"].split(" ") == by
    hooked.hear(story.placement())
    send(hooked, timedelta(hours=25))
    assert len(system.heard[1][0]["webhook-signature"].split(" ")) == 1
    trail = "SELECT row_to_json(webhook), (SELECT json_agg(a) FROM audit a) FROM webhook"
    kept = str(hooked.connection.execute(text(trail)).all())
    assert base64.b64encode(second).decode() not in kept + staff.get(PAGE).text


FAULTS = [
    (500, 500, None), ("redirects", 302, None), ("cuts", None, "unreachable"), ("hangs", None, "too_slow"),
    ("drips", None, "too_slow"),
]  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: str(fault[0]))
def test_a_system_that_fails_rests_and_gets_it_again_in_order(
    hooked: NotificationsUnderTest, system: System, monkeypatch: pytest.MonkeyPatch, fault: tuple[Any, Any, Any]
) -> None:
    says, status, error = fault
    monkeypatch.setattr(outgoing, "SECONDS", 0.4)
    system.says = says
    hooked.hear(story.match_consented(), story.placement(match_id=MATCH))
    send(hooked)
    assert state(hooked)[0][1:] == ("waiting", 1, status, error)
    assert len(system.heard) == 1

    system.says = 200
    send(hooked)
    assert len(system.heard) == 1
    send(hooked, timedelta(minutes=1))
    assert system.kinds()[1:] == ["proposal.waiting", "agreement.made"]
    assert system.heard[0][0]["webhook-id"] == system.heard[1][0]["webhook-id"]


def test_one_that_is_gone_is_turned_off_at_once_and_the_company_is_told(
    hooked: NotificationsUnderTest, system: System
) -> None:
    system.says = 410
    hooked.hear(story.match_consented())
    send(hooked)
    staff = employee(hooked)

    assert "Jeres webhook er slukket" in words(staff.get("/beskeder/indbakke"))
    assert "siger, at det ikke findes mere" in words(staff.get(PAGE))
    system.says = 200
    webhook = str(hooked.connection.scalar(text("SELECT id FROM webhook")))
    on = staff.submit(f"{PAGE}/taend-og-sluk", {"id": webhook, "on": "yes"})
    undo = offered(staff.get(on.location).text)
    assert "Find ud af" not in words(staff.get("/beskeder/indbakke"))
    send(hooked, timedelta(minutes=1))
    assert [one[1] for one in state(hooked)] == ["sent"]
    staff.submit(*undo)
    assert "Slukket" in words(staff.get(PAGE))


def test_after_many_failures_it_is_off_and_what_happens_meanwhile_waits(
    hooked: NotificationsUnderTest, system: System
) -> None:
    system.stop()
    hooked.hear(story.match_consented(), story.placement(match_id=MATCH))
    for day in range(25):
        send(hooked, timedelta(days=day))

    assert hooked.connection.scalar(text("SELECT off_code FROM webhook")) == "too_many"
    assert {one[4] for one in state(hooked)} == {"unreachable"}


def test_what_was_sent_is_listed_and_can_be_sent_again_with_its_id(
    hooked: NotificationsUnderTest, system: System
) -> None:
    hooked.hear(story.match_consented())
    send(hooked)
    staff = employee(hooked)
    assert "Et forslag venter på jer" in words(staff.get(PAGE))
    (sent,) = hooked.connection.execute(text("SELECT id FROM webhook_delivery")).scalars()

    assert staff.submit(f"{PAGE}/send-igen", {"id": str(sent)}).status_code == 303
    send(hooked)
    assert [headers["webhook-id"] for headers, _ in system.heard] == [str(sent)] * 2


@pytest.mark.parametrize("url", [
    "http://hook.example.dk/", "https://10.0.0.7/", "https://169.254.169.254/latest", "https://[fd00::1]/",
    "https://[::ffff:10.0.0.7]/", "https://user@93.184.216.34/", "https://[64:ff9b::a00:7]/", "ftp://93.184.216.34/",
    "https://100.64.0.1/", "https://0.0.0.0/",
])  # fmt: skip
def test_no_system_on_a_private_network_or_without_tls(hooked: NotificationsUnderTest, url: str) -> None:
    answer = employee(hooked).submit(PAGE, {"url": url})

    assert answer.status_code == 422
    assert url.replace("&", "&amp;") in answer.text
    with pytest.raises(Unsent):
        outgoing.post(url, b"{}", {}, loopback=True)


def test_in_production_this_machine_is_a_private_network_too() -> None:
    with pytest.raises(Unsent, match="private_network"):
        outgoing.checked("https://127.0.0.1/", loopback=False)


def test_company_b_and_another_place_of_a_find_nothing(hooked: NotificationsUnderTest, system: System) -> None:
    hooked.hear(story.match_consented())
    send(hooked)
    ids = [str(hooked.connection.scalar(text(f"SELECT id FROM {one}"))) for one in ("webhook", "webhook_delivery")]  # noqa: S608
    for rival in (employee(hooked, "90000012"), employee(hooked, CVR, "1099990099")):
        page = rival.get(PAGE)
        assert "127.0.0.1" not in page.text
        assert rival.submit(f"{PAGE}/noegle", {"id": ids[0]}).status_code == 404
        assert rival.submit(f"{PAGE}/taend-og-sluk", {"id": ids[0], "on": "no"}).status_code == 404
        assert rival.submit(f"{PAGE}/send-igen", {"id": ids[1]}).status_code == 404
    for path in (f"/webhooks/{ids[0]}/secret", f"/webhooks/{ids[0]}/off", f"/webhook-deliveries/{ids[1]}/resend"):
        assert hooked.call("POST", path, client="company-b").status_code == 404


def test_a_companys_own_program_registers_turns_off_and_on(post: NotificationsUnderTest, system: System) -> None:
    made = post.call("POST", "/webhooks", {"url": system.url}, client="company-a").json

    assert made["secret"].startswith("whsec_")
    (listed,) = post.call("GET", "/webhooks", client="company-a").json["items"]
    assert "secret" not in listed
    off = post.call("POST", f"/webhooks/{made['id']}/off", client="company-a")
    assert off.json["off_code"] == "by_hand"
    assert post.call("POST", f"/webhooks/{made['id']}/off", client="company-a").status_code == 409
    assert post.call("POST", f"/webhooks/{made['id']}/on", client="company-a").json["off_at"] is None
    assert post.call("GET", "/webhook-deliveries", client="company-a").json["items"] == []
    assert post.call("GET", "/webhooks", client="company-b").json["items"] == []
