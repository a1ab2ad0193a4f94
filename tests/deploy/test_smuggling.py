"""Two readings of one request: the gateway refuses it or closes, and never lets a second request through (S31)."""

import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local import gateway
from deploy.local.place import SERVICES, Place
from tests.deploy.test_gateway import serving, until_it_answers

HIDDEN = "GET /skranken/hidden HTTP/1.1\r\nHost: x\r\n\r\n"
HEAD = "POST /skranken HTTP/1.1\r\nHost: x\r\n"
TRICKS = {
    "length and chunks": f"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{HIDDEN}",
    "chunks and length": f"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n2e\r\n{HIDDEN}\r\n0\r\n\r\n",
    "two lengths": f"Content-Length: 0\r\nContent-Length: {len(HIDDEN)}\r\n\r\n{HIDDEN}",
    "a list of lengths": f"Content-Length: 0, {len(HIDDEN)}\r\n\r\n{HIDDEN}",
    "a length with a sign": f"Content-Length: +0\r\n\r\n{HIDDEN}",
    "two codings": f"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n{HIDDEN}",
    "a coding nobody knows": f"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n{HIDDEN}",
    "a chunk that is no number": f"Transfer-Encoding: chunked\r\n\r\nzz\r\n{HIDDEN}\r\n0\r\n\r\n",
    "a space before the colon": f"Transfer-Encoding : chunked\r\nContent-Length: 0\r\n\r\n{HIDDEN}",
}


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A gateway before an echo of intake."""
    place = Place(Path(tmp_path_factory.mktemp("smuggling")))
    place.make()
    for name in (*(f"{service}-web" for service in SERVICES), "intake-live", "demo-login", "gateway"):
        place.port(name)
    process = subprocess.Popen([str(part) for part in gateway.command(place)])
    with serving(place, {"intake": "intake-web"}):
        until_it_answers(f"http://127.0.0.1:{place.port('gateway')}")
        yield place.port("gateway")
    process.terminate()
    process.wait(10)


@pytest.mark.parametrize("trick", TRICKS)
def test_s31_a_request_with_two_readings_is_refused_and_the_line_closed(port: int, trick: str) -> None:
    with socket.create_connection(("127.0.0.1", port), 10) as line:
        line.sendall((HEAD + TRICKS[trick]).encode())
        answer = b""
        while part := line.recv(65536):
            answer += part

    assert answer.split(b"\r\n")[0].split()[1] in (b"400", b"501")
    assert answer.count(b"HTTP/1.1 ") == 1
    assert b"/skranken/hidden" not in answer
