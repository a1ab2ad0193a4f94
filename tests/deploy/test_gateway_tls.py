"""The gateway of docker-compose.yml, its own configuration in a real nginx: TLS, and what the door without it does."""

import os
import shutil
import socket
import ssl
import subprocess
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from deploy.local.place import ROOT, Place, is_root
from deploy.local.setup import nginx
from tests.deploy.test_gateway import serving, until_it_answers

HSTS = "max-age=31536000; includeSubDomains"
Start = Callable[..., tuple[str, int]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts it as its container does; gives the plain address and the port of the other door."""
    place, running = Place(tmp_path / "run"), []
    place.make()
    parts = tmp_path / "parts"
    shutil.copytree(ROOT / "deploy/gateway", parts)

    def go(public: str, trusted: str = "", given: str = "") -> tuple[str, int]:
        told = {**os.environ, "PUBLIC_URL": public, "TRUSTED_PROXIES": trusted, "TLS_FILES": given}
        for script, to in (("trusted.sh", tmp_path / "trusted.conf"), ("doors.sh", tmp_path)):
            subprocess.run(["sh", parts / script, to], env=told, check=True)
        plain, tls, intake, away = map(place.port, ("gateway", "gateway-tls", "intake-web", "away"))
        config = (parts / "compose.conf").read_text().replace("/tmp/", f"{tmp_path}/")  # noqa: S108  its container's
        config = config.replace("listen 8080", f"listen 127.0.0.1:{plain}")
        config = config.replace("listen 8443", f"listen 127.0.0.1:{tls}").replace("default $service:8000;", "")
        config = config.replace("volatile;", f"volatile; intake 127.0.0.1:{intake}; default 127.0.0.1:{away};")
        config = config.replace("/etc/jobbutik", str(parts)).replace("/dev/stdout", str(tmp_path / "access.log"))
        config = config.replace("resolver 127.0.0.11 valid=5s ipv6=off;", "")
        (parts / "compose.conf").write_text(("user root root;\n" if is_root() else "") + config)
        command = [str(nginx()), "-c", str(parts / "compose.conf"), "-e", "stderr", "-g", "daemon off;"]
        running.append(subprocess.Popen(command))
        until_it_answers(f"http://127.0.0.1:{plain}")
        return f"http://127.0.0.1:{plain}", tls

    with serving(place, {"intake": "intake-web"}):
        yield go
        for process in running:
            process.terminate()
            process.wait(10)


def handshake(port: int, most: ssl.TLSVersion, ciphers: str = "DEFAULT@SECLEVEL=0") -> tuple[str, str] | None:
    """The version and cipher of a connection with at most this version; None where it was refused."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, most
    context.set_ciphers(ciphers)
    try:
        with socket.create_connection(("127.0.0.1", port), 5) as raw, context.wrap_socket(raw) as line:
            cipher = line.cipher()
            return (str(line.version()), cipher[0]) if cipher else None
    except (ssl.SSLError, ConnectionError):
        return None


def test_s53_only_tls_1_2_and_1_3_with_forward_secrecy_and_authenticated_ciphers(start: Start) -> None:
    _plain, port = start("https://jobbutik.example")
    newest, before = handshake(port, ssl.TLSVersion.TLSv1_3), handshake(port, ssl.TLSVersion.TLSv1_2)

    assert newest is not None
    assert newest[0] == "TLSv1.3"
    assert before is not None
    assert (before[0], before[1].startswith("ECDHE-"), "CBC" in before[1]) == ("TLSv1.2", True, False)
    refused = [
        "ADH:AECDH:NULL@SECLEVEL=0",
        "ECDHE-ECDSA-AES128-SHA:ECDHE-RSA-AES256-SHA384@SECLEVEL=0",
        "AES128-GCM-SHA256",
    ]
    assert [handshake(port, ssl.TLSVersion.TLSv1_2, ciphers) for ciphers in refused] == [None, None, None]
    assert [handshake(port, old) for old in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1)] == [None, None]


def test_s53_the_other_door_leads_pages_there_and_refuses_programs_and_forms(start: Start) -> None:
    plain, _port = start("https://jobbutik.example")
    forged = {"Host": "thief.example"}
    page = requests.get(f"{plain}/skranken?x=1", headers=forged, allow_redirects=False, timeout=5)
    refused = [
        requests.post(f"{plain}/skranken", data={"a": "b"}, allow_redirects=False, timeout=5),
        requests.get(f"{plain}/api/intake/v1/slots", allow_redirects=False, timeout=5),
        requests.post(f"{plain}/api/intake/v1/token", allow_redirects=False, timeout=5),
    ]

    assert (page.status_code, page.headers["Location"]) == (301, "https://jobbutik.example/skranken?x=1")
    assert [answer.status_code for answer in refused] == [403, 403, 403]
    assert requests.get(f"{plain}/health", timeout=5).text == "ok\n"


def test_s53_over_tls_everything_is_served_and_says_so_once(start: Start, tmp_path: Path) -> None:
    _plain, port = start("https://jobbutik.example")
    own = str(tmp_path / "certificate.pem")
    answers = [
        requests.get(f"https://127.0.0.1:{port}{path}", verify=own, timeout=5)
        for path in ("/skranken", "/beskeder", "/away.css", "/api/nobody/v1/x", "/health")
    ]

    assert [answer.status_code for answer in answers] == [200, 503, 200, 404, 200]
    assert [answer.headers["Strict-Transport-Security"] for answer in answers] == [HSTS] * len(answers)


@pytest.mark.parametrize(
    ("public", "trusted"), [("http://127.0.0.1:8080", ""), ("https://jobbutik.example", "198.51.100.7")]
)
def test_the_demo_and_a_proxy_of_ones_own_are_served_without_tls(start: Start, public: str, trusted: str) -> None:
    plain, _port = start(public, trusted)
    answer = requests.get(f"{plain}/skranken", timeout=5)

    assert (answer.status_code, "Strict-Transport-Security" in answer.headers) == (200, False)


def test_a_certificate_of_ones_own_is_the_one_that_is_shown(start: Start, tmp_path: Path) -> None:
    given = tmp_path / "given"
    given.mkdir()
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=given"]
    command += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "key.pem", "-out", "certificate.pem"]
    subprocess.run(command, cwd=given, capture_output=True, check=True)
    _plain, port = start("https://jobbutik.example", given=str(given))

    answer = requests.get(f"https://127.0.0.1:{port}/health", verify=str(given / "certificate.pem"), timeout=5)

    assert answer.status_code == 200
