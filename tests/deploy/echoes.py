"""Stand-ins for the services behind a gateway, which say what they were sent."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import requests

from deploy.local.place import Place


class Echo(BaseHTTPRequestHandler):
    """Says which service it is, and what it was sent; what is slow waits to be let go."""

    held = threading.Event()

    def do_GET(self) -> None:
        if self.path.endswith("/slow"):
            Echo.held.wait(30)
        if self.path.endswith("?slowly"):
            time.sleep(3.5)
        kind = {"css": "text/css", "json": "application/json"}.get(self.path.rsplit(".", 1)[-1], "text/html")
        told = (self.server.name, self.path, self.headers["X-Forwarded-For"], self.headers["X-Service"], "x" * 2000)
        body = " ".join(str(one) for one in told).encode()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("ETag", '"v1"')
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, *_arguments: object) -> None:
        """Nothing."""


class Crowded(ThreadingHTTPServer):
    """Takes as many at once as come."""

    request_queue_size = 256


@contextmanager
def serving(place: Place, standing: dict[str, str]) -> Iterator[None]:
    """Echoes by these names in these processes' places."""
    servers = []
    for name, process in standing.items():
        server = Crowded(("127.0.0.1", place.port(process)), Echo)
        server.name = name
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
    yield
    for server in servers:
        server.shutdown()
        server.server_close()


def until_it_answers(address: str) -> None:
    """Waits for a gateway that was just started."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            requests.get(f"{address}/health", timeout=1)
        except requests.ConnectionError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the gateway does not answer")
