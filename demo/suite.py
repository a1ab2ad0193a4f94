"""The running suite as the story sees it: its public API, its mail catcher, and who learned what when."""

import json
import os
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import requests

from shared.envelope import TYPE_PREFIX
from shared.events import BY_KIND, SERVICES, SUBSCRIPTIONS

PATIENCE_SECONDS = 20.0
T = TypeVar("T")


class StoryError(SystemExit):
    """The story did not go as it should; the message says where."""


def expect(holds: bool, what: str) -> None:
    """A claim of the story; ends it when the claim does not hold."""
    if not holds:
        raise StoryError(f"not so: {what}")


class Suite:
    """Speaks to the gateway as the demo's machine clients."""

    def __init__(self, address: str, catcher: str) -> None:
        self.address, self.catcher = address.rstrip("/"), catcher.rstrip("/")
        secrets_file = os.environ.get("CLIENTS_FILE")
        if secrets_file is None:
            raise StoryError("CLIENTS_FILE must name the file with the machine clients' secrets")
        self._secrets: dict[str, str] = json.loads(Path(secrets_file).read_text(encoding="utf-8"))
        self._tokens: dict[str, str] = {}
        self._session = requests.Session()
        self.correlation = ""
        self._asked: list[str] = []

    def token(self, client: str) -> str:
        """Client credentials, asked for once."""
        if client not in self._tokens:
            answer = self._session.post(
                f"{self.address}/api/intake/v1/token",
                data={"grant_type": "client_credentials"},
                auth=(client, self._secrets[client]),
                timeout=10,
            )
            self._tokens[client] = answer.json()["access_token"]
        return self._tokens[client]

    def call(
        self,
        client: str,
        method: str,
        path: str,
        body: Any = None,
        *,
        expect: int | None = None,
        key: str | None = None,
        version: int | None = None,
    ) -> Any:
        """One request as a client; returns the JSON, or ends the story. `path` begins with the service.

        `version` is what an edit was made from.
        """
        service, _, rest = path.partition("/")
        self.correlation = str(uuid4())
        headers = {"Authorization": f"Bearer {self.token(client)}", "X-Request-Id": self.correlation}
        if method != "GET":
            self._asked.append(self.correlation)
        if method == "POST":
            headers["Idempotency-Key"] = key or str(uuid4())
        if version is not None:
            headers["If-Match"] = f'"v{version}"'
        url = f"{self.address}/api/{service}/v1/{rest}"
        answer = self._session.request(method, url, json=body, headers=headers, timeout=30)
        wanted = expect or {"POST": 201}.get(method, 200)
        if answer.status_code != wanted:
            raise StoryError(f"{method} {path} answered {answer.status_code} instead of {wanted}: {answer.text[:600]}")
        return answer.json()

    def look(self, client: str, path: str) -> Any | None:
        """The JSON of a GET, None while it is not there."""
        service, _, rest = path.partition("/")
        answer = self._session.get(
            f"{self.address}/api/{service}/v1/{rest}",
            headers={"Authorization": f"Bearer {self.token(client)}"},
            timeout=10,
        )
        return answer.json() if answer.status_code == 200 else None

    def taken(self) -> list[str]:
        """The correlations of all that was asked for since the last time, but for looks."""
        asked, self._asked = self._asked, []
        return asked

    def learned(self, *correlations: str) -> list[tuple[str, str, str, float]]:
        """(event, teller, listener, ms from recorded to handled) of these calls, the last one unless named.

        Waits until all is handled.
        """
        return [
            one
            for correlation in correlations or (self.correlation,)
            for one in self.wait(partial(self._learned, correlation), "every listener to hear")
        ]

    def _learned(self, correlation: str) -> list[tuple[str, str, str, float]] | None:
        found: list[tuple[str, str, str, float]] = []
        for teller in SERVICES:
            told = self._read(teller, f"trail/{correlation}")
            for event in told:
                name, listeners = _catalogued(event["type"])
                for listener in listeners:
                    heard = self._read(listener, f"heard?ids={event['event_id']}")
                    if not heard:
                        return None
                    found.append((name, teller, listener, _milliseconds(event["recorded_at"], heard[0]["handled_at"])))
        return found

    def _read(self, service: str, path: str) -> list[dict[str, str]]:
        found = self.look("ops", f"{service}/{path}")
        items: list[dict[str, str]] = found["items"] if found else []
        return items

    def mails(self) -> list[dict[str, Any]]:
        """What the catcher has got."""
        got: list[dict[str, Any]] = self._session.get(f"{self.catcher}/messages", timeout=10).json()
        return got

    def forget_mails(self) -> None:
        """Empty the catcher."""
        self._session.delete(f"{self.catcher}/messages", timeout=10)

    def wait(self, look: Callable[[], T | None], what: str) -> T:
        """Look until there is something; raises StoryError after 20 s."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            found = look()
            if found is not None:
                return found
            time.sleep(0.05)
        raise StoryError(f"waited {PATIENCE_SECONDS:.0f} s in vain for {what}")


def _catalogued(wire_type: str) -> tuple[str, tuple[str, ...]]:
    event = BY_KIND[wire_type.removeprefix(TYPE_PREFIX)]
    return event.__name__, SUBSCRIPTIONS[event]


def _milliseconds(recorded: str, handled: str) -> float:
    return (datetime.fromisoformat(handled) - datetime.fromisoformat(recorded)).total_seconds() * 1000
