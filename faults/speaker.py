"""A client as the suite's rules want one: the same key until there is an answer, growing pauses with jitter."""

import random
import time
from dataclasses import dataclass
from threading import Event as Flag
from threading import Lock
from typing import Any
from uuid import uuid4

import requests

PATIENCE_SECONDS = 5.0
TOKEN_SECONDS = 400.0
FIRST_PAUSE, LONGEST_PAUSE = 0.05, 1.0
# What a client tries again: not answered, not now, and "your first try is still under way".
AGAIN = {500, 502, 503, 504}


class Unanswered(Exception):
    """The traffic ended before there was an answer: it may be saved or not."""


class RefusedWrite(Exception):
    """The suite said no to something that it should have taken."""


@dataclass
class Tries:
    """Counted over all lanes."""

    made: int = 0
    failed: int = 0
    traces: int = 0


class Speaker:
    """One lane's voice at the gateway."""

    def __init__(self, address: str, secrets: dict[str, str], stopped: Flag, tries: Tries) -> None:
        self.address, self._secrets, self._stopped, self._tries = address, secrets, stopped, tries
        self._session = requests.Session()
        self._tokens: dict[str, tuple[float, str]] = {}
        self._lock = Lock()

    def post(self, client: str, path: str, body: Any, *, patient: float = 0.0) -> Any:
        """The JSON of a 2xx. A no is final, but for `patient` seconds where a neighbour may not have heard yet."""
        key, until = str(uuid4()), time.monotonic() + patient
        pause = FIRST_PAUSE
        while True:
            status, answer = self._try("POST", client, path, body, key)
            if status in (200, 201):
                return answer
            settled = status != 0 and status not in AGAIN and answer.get("code") not in ("in_progress", "try_again")
            if settled and status != 401 and time.monotonic() >= until:
                raise RefusedWrite(f"{path}: {status} {answer.get('code')} {answer.get('fields', '')}")
            if status == 401:
                self._tokens.pop(client, None)
            if self._stopped.wait(pause * random.uniform(0.5, 1.5)):  # noqa: S311  jitter
                raise Unanswered
            pause = min(pause * 2, LONGEST_PAUSE)

    def get(self, client: str, path: str) -> Any | None:
        """The JSON, or None."""
        status, answer = self._try("GET", client, path, None, "")
        return answer if status == 200 else None

    def _try(self, method: str, client: str, path: str, body: Any, key: str) -> tuple[int, dict[str, Any]]:
        service, _, rest = path.partition("/")
        try:
            headers = {"Authorization": f"Bearer {self._token(client)}", "Idempotency-Key": key}
            answer = self._session.request(
                method, f"{self.address}/api/{service}/v1/{rest}", json=body, headers=headers, timeout=PATIENCE_SECONDS
            )
        except requests.RequestException:
            self._count(failed=True)
            return 0, {}
        found = _json(answer)
        self._count(failed=found is None or answer.status_code in AGAIN, trace="Traceback" in answer.text)
        return answer.status_code if found is not None else 0, found if isinstance(found, dict) else {}

    def _count(self, *, failed: bool, trace: bool = False) -> None:
        with self._lock:
            self._tries.made += 1
            self._tries.failed += failed
            self._tries.traces += trace

    def _token(self, client: str) -> str:
        at, token = self._tokens.get(client, (0.0, ""))
        if time.monotonic() - at > TOKEN_SECONDS or not token:
            answer = self._session.post(
                f"{self.address}/api/intake/v1/token", data={"grant_type": "client_credentials"},
                auth=(client, self._secrets[client]), timeout=PATIENCE_SECONDS,
            )  # fmt: skip
            if answer.status_code != 200:
                raise requests.ConnectionError(f"token: {answer.status_code}")
            token = answer.json()["access_token"]
            self._tokens[client] = (time.monotonic(), token)
        return token


def _json(answer: requests.Response) -> Any | None:
    """None where it is none, as the page of an error is."""
    try:
        return answer.json()
    except ValueError:
        return None
