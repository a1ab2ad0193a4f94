"""The gateway where a service is at two addresses: what the second one may answer, and what it may not."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import requests

from deploy.local import gateway
from deploy.local.place import SERVICES, Place
from tests.deploy.echoes import Crowded, serving, until_it_answers


class Fallen(BaseHTTPRequestHandler):
    """Reads what it is sent, and is gone before it answers."""

    seen = 0

    def do_POST(self) -> None:
        Fallen.seen += 1
        self.close_connection = True

    def do_GET(self) -> None:
        self.do_POST()

    def log_message(self, *_arguments: object) -> None:
        """Nothing."""


@contextmanager
def two_addresses(folder: Path, other: int) -> Iterator[str]:
    """A gateway whose matching is at a second address too, as while its container is exchanged."""
    place = Place(folder)
    place.make()
    for name in (*(f"{service}-web" for service in SERVICES), "intake-live", "demo-login", "gateway"):
        place.port(name)
    command, port = gateway.command(place), place.port("matching-web")
    config = place.run / "gateway/nginx.conf"
    pair = f"upstream pair {{ server 127.0.0.1:{port} max_fails=0; server 127.0.0.1:{other} max_fails=0; }}"
    text = config.read_text().replace(f" matching 127.0.0.1:{port};", " matching pair;")
    config.write_text(text.replace("  map $service", f"  {pair}\n  map $service"))
    process = subprocess.Popen([str(part) for part in command])
    found = f"http://127.0.0.1:{place.port('gateway')}"
    with serving(place, {"matching": "matching-web"}):
        until_it_answers(found)
        yield found
    process.terminate()
    process.wait(10)


def test_what_one_address_never_took_the_other_one_answers(tmp_path: Path) -> None:
    with two_addresses(tmp_path, Place(tmp_path).new_port("nobody")) as found:
        answers = [requests.post(f"{found}/api/matching/v1/x", timeout=5).status_code for _ in range(10)]

    assert answers == [200] * 10


def test_a_write_that_was_sent_is_never_sent_again(tmp_path: Path) -> None:
    fallen = Crowded(("127.0.0.1", 0), Fallen)
    threading.Thread(target=fallen.serve_forever, daemon=True).start()
    with two_addresses(tmp_path, fallen.server_address[1]) as found:
        writes = [requests.post(f"{found}/api/matching/v1/x", timeout=5).status_code for _ in range(10)]
        sent, reads = Fallen.seen, [requests.get(f"{found}/match", timeout=5).status_code for _ in range(10)]
    fallen.shutdown()
    fallen.server_close()

    assert sent > 0
    assert (writes.count(503), writes.count(200)) == (sent, 10 - sent)
    assert reads == [200] * 10
