"""The gateway itself, a real nginx: which service gets which address, and what people see when one is away."""

import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from deploy.local import gateway
from deploy.local.place import SERVICES, Place
from tests.deploy.echoes import Echo, serving, until_it_answers

AWAY = "followup"
STANDING = {"intake": "intake-web", "matching": "matching-web", "notifications": "notifications-web"}
OTHERS = {"live": "intake-live", "demo": "demo-login"}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A gateway with follow-up away."""
    place = Place(tmp_path_factory.mktemp("gateway"))
    place.make()
    for name in (*(f"{service}-web" for service in SERVICES), *OTHERS.values(), "gateway"):
        place.port(name)
    process = subprocess.Popen([str(part) for part in gateway.command(place)])
    found = f"http://127.0.0.1:{place.port('gateway')}"
    with serving(place, STANDING | OTHERS):
        until_it_answers(found)
        yield found
    process.terminate()
    process.wait(10)


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("/log-ind", "intake"), ("/log-ind/svar?code=x", "intake"), ("/logget-ud", "intake"),
        ("/session/mine", "intake"),
        ("/skranken", "intake"), ("/borger/1/kort", "intake"), ("/min-side", "intake"), ("/soeg?q=x", "intake"),
        ("/drift/komponenter", "intake"), ("/indsigt", "intake"), ("/match/kort/mig", "matching"),
        ("/virksomhed", "matching"), ("/virksomheder/1", "matching"), ("/beskeder", "notifications"),
        ("/live/skranken", "live"), ("/demo-login/jwks", "demo"), ("/api/intake/v1/slots", "intake"),
    ],
)  # fmt: skip
def test_each_address_has_its_service(address: str, path: str, service: str) -> None:
    answer = requests.get(address + path, timeout=5)

    assert answer.text.split()[:2] == [service, path]


@pytest.mark.parametrize("path", ["/", "/was", "/privatliv", "/kontakt", "/sprog", "/static/app.css", "/findes-ikke"])
def test_what_is_nobodys_own_is_answered_though_a_service_is_away(address: str, path: str) -> None:
    names = {requests.get(address + path, timeout=5).text.split()[0] for _ in range(8)}

    assert names <= set(STANDING)


def test_a_page_of_a_service_that_is_away_is_a_page_in_both_languages(address: str) -> None:
    answer = requests.get(f"{address}/opfoelgning/kort/mig", timeout=5)

    assert (answer.status_code, answer.headers["Content-Type"]) == (503, "text/html; charset=utf-8")
    assert answer.headers["Retry-After"] == "5"
    assert "Tjenesten er væk lige nu" in answer.text
    assert "The service is away right now" in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert requests.get(f"{address}/away.css", timeout=5).headers["Content-Type"].startswith("text/css")


def test_a_form_to_a_service_that_is_away_gets_the_same_page(address: str) -> None:
    answer = requests.post(f"{address}/opfoelgning/1", data={"a": "b"}, timeout=5)

    assert (answer.status_code, "Tjenesten er væk" in answer.text) == (503, True)


def test_what_takes_long_to_make_is_waited_for_and_a_page_is_not(address: str) -> None:
    person = "0192f0c1-2b7a-7c3e-9a41-5d6f7a8b9c0d"
    files = [f"{home}/{name}" for home in ("skranken", "match", "beskeder")
             for name in ("opslag.csv", "drift/beroerte.csv", f"kopi/{person}.json", f"kopi/{person}.pdf")]  # fmt: skip
    with ThreadPoolExecutor(len(files) + 1) as asking:
        page = asking.submit(requests.get, f"{address}/match?slowly", timeout=10)
        found = asking.map(lambda file: requests.get(f"{address}/{file}?slowly", timeout=10).status_code, files)

    assert list(found) == [200] * len(files)
    assert page.result().status_code == 503


def test_a_machine_is_told_in_its_own_words(address: str) -> None:
    answer = requests.get(f"{address}/api/followup/v1/placements", timeout=5)

    assert (answer.status_code, answer.json()["code"]) == (503, "try_again")


def test_over_capacity_is_told_at_once_and_the_other_services_go_on(address: str) -> None:
    held = [threading.Thread(target=requests.get, args=(f"{address}/api/matching/v1/slow",)) for _ in range(110)]
    try:
        for one in held:
            one.start()
        deadline = time.monotonic() + 25
        answer = requests.get(f"{address}/api/matching/v1/x", timeout=5)
        while answer.status_code != 503 and time.monotonic() < deadline:
            answer = requests.get(f"{address}/api/matching/v1/x", timeout=5)
        page = requests.get(f"{address}/match", timeout=5)
        other = requests.get(f"{address}/api/intake/v1/x", timeout=5)
    finally:
        Echo.held.set()
        for one in held:
            one.join()
    assert (answer.status_code, answer.headers["Retry-After"], answer.json()["code"]) == (503, "5", "try_again")
    assert (page.status_code, page.headers["Retry-After"]) == (503, "5")
    assert "væk lige nu" in page.text
    assert other.status_code == 200


def test_an_unknown_api_is_told_so_in_json(address: str) -> None:
    answer = requests.get(f"{address}/api/nobody/v1/x", timeout=5)

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    "path", ["/livez", "/readyz", "/metrics", "/metrics/", "/health/intake", "/health/x", "//readyz", "/x/../readyz"]
)
def test_how_a_service_is_is_nobodys_outside(address: str, path: str) -> None:
    session = requests.Session()
    request = session.prepare_request(requests.Request("GET", address))
    request.url = address + path

    assert session.send(request, timeout=5).status_code == 404
    assert requests.get(f"{address}/health", timeout=5).text == "ok\n"


def test_a_caller_cannot_claim_another_address(address: str) -> None:
    answer = requests.get(f"{address}/skranken", headers={"X-Forwarded-For": "203.0.113.7"}, timeout=5)

    assert answer.text.split()[2] == "127.0.0.1"


@pytest.mark.parametrize(("path", "service"), [("/match/x", "matching"), ("/api/intake/v1/x", "intake")])
def test_each_request_says_which_service_it_is_meant_for(address: str, path: str, service: str) -> None:
    answer = requests.get(address + path, headers={"X-Service": "followup"}, timeout=5)

    assert answer.text.split()[3] == service


@pytest.mark.parametrize(
    ("path", "encoding", "etag"),
    [
        ("/static/app.css", "gzip", 'W/"v1"'),
        ("/skranken", "gzip", 'W/"v1"'),
        ("/live/skranken", None, '"v1"'),
        ("/api/intake/v1/x.json", None, '"v1"'),
    ],
)
def test_what_is_compressed(address: str, path: str, encoding: str | None, etag: str) -> None:
    answer = requests.get(address + path, headers={"Accept-Encoding": "gzip"}, timeout=5)

    assert (answer.headers.get("Content-Encoding"), answer.headers["ETag"]) == (encoding, etag)


class TestSignOutWhileIntakeIsAway:
    @pytest.fixture
    def alone(self, tmp_path: Path) -> Iterator[str]:
        place = Place(tmp_path)
        place.make()
        place.port("gateway")
        process = subprocess.Popen([str(part) for part in gateway.command(place)])
        found = f"http://127.0.0.1:{place.port('gateway')}"
        until_it_answers(found)
        yield found
        process.terminate()
        process.wait(10)

    def test_it_still_takes_the_cookie(self, alone: str) -> None:
        answer = requests.post(f"{alone}/log-ud", timeout=5)

        assert answer.status_code == 503
        assert answer.headers["Set-Cookie"].startswith("__Host-jobbutik=; Path=/; Max-Age=0; Secure; HttpOnly")
        assert "Du er logget ud på denne computer" in answer.text

    def test_a_link_alone_signs_nobody_out(self, alone: str) -> None:
        answer = requests.get(f"{alone}/log-ud", timeout=5)

        assert (answer.status_code, answer.headers.get("Set-Cookie")) == (405, None)

    def test_the_front_page_says_it_when_all_are_away(self, alone: str) -> None:
        assert "Tjenesten er væk lige nu" in requests.get(alone, timeout=10).text
