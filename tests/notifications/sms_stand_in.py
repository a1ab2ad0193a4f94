"""SMS suppliers on loopback, in the shapes of their public documentation, that can be told to misbehave."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from shared.suppliers import CPSMS, GATEWAYAPI, LINK, SmsAccount

PATHS = {GATEWAYAPI: "/rest/mtsms", CPSMS: "/v2/send", LINK: "/sms/send"}


class StandIn:
    """One supplier. `says` is how it answers: taken, refused, busy, hangs, cuts, rubbish."""

    def __init__(self, name: str) -> None:
        self.name, self.says = name, "taken"
        self.asked: list[dict[str, Any]] = []
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                stand_in.answer(self, json.loads(body))

            def log_message(self, *_: object) -> None:
                """Silence."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    @property
    def account(self) -> SmsAccount:
        """As the municipality's settings would have it."""
        return SmsAccount(
            url=f"http://127.0.0.1:{self._server.server_port}", secret="s3cret",  # pragma: allowlist secret
            receipt_secret=f"receipts-of-{self.name}", user="kommune", platform="COOL", partner="30978",
            gate="BVldZyQt",
        )  # fmt: skip

    def answer(self, handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        """As it was told to."""
        known = {"path": handler.path, "authorization": handler.headers["Authorization"], **body}
        self.asked.append(known)
        if self.says == "hangs":
            time.sleep(4)
        if self.says in ("hangs", "cuts"):
            handler.connection.close()
            return
        status, text = self._words(body)
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.end_headers()
        handler.wfile.write(text.encode())

    def _words(self, body: dict[str, Any]) -> tuple[int, str]:
        if self.says == "rubbish":
            return 200, "<html>" + "x" * 10_000_000
        if self.says in ("refused", "busy"):
            return (422 if self.says == "refused" else 503), json.dumps({"code": "0x0213", "message": "no"})
        taken: dict[str, Any] = {
            GATEWAYAPI: {"ids": [421332671], "usage": {"total_cost": 0.3}},
            CPSMS: {"success": [{"to": body.get("to"), "cost": 1, "smsAmount": 1}]},
            LINK: {"messageId": "Dcshuhod0PMAAAFQ", "resultCode": 1005, "description": "Queued"},
        }
        return 200, json.dumps(taken[self.name])

    def stop(self) -> None:
        """No more answers."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
