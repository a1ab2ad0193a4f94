"""A service in a test's hands: call its doors, let it hear events, see what it told."""

import hashlib
import importlib
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any
from uuid import uuid4

import orjson
from sqlalchemy import Connection, text
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from shared import auth, clock, envelope
from shared.config import MachineClient, Settings
from shared.database import Database, new_id
from shared.envelope import Received, Trace
from shared.events import INTAKE, Event
from tests.browser import Browser, person


class ServiceUnderTest:
    """One service over one connection whose transaction the test ends by rolling back."""

    def __init__(
        self, all_settings: dict[str, Settings], service: str, client_secrets: dict[str, str], connection: Connection
    ) -> None:
        self.settings, self.connection = all_settings[service], connection
        self.database = Database(self.settings, bind=connection)
        self._all_settings, self._secrets = all_settings, client_secrets
        self._told_before = connection.scalar(text("SELECT coalesce(max(seq), 0) FROM outbox"))
        self._package = importlib.import_module(f"services.{service}")
        self._app: Any = None

    def begin(self) -> AbstractContextManager[Session]:
        """A transaction as a door or worker opens it."""
        return self.database.begin(actor="test")

    @property
    def app(self) -> Any:
        """The service's web app on this test's connection."""
        if self._app is None:
            self._app = self._package.create_app(settings=self.settings, database=self.database)
        return self._app

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        client: str | None = "front-desk",
        form: dict[str, str] | None = None,
        raw: str | None = None,
        token: str | None = None,
        **headers: str,
    ) -> TestResponse:
        """A request under /api/<service>/v1 by a demo machine client; POST gets a fresh Idempotency-Key.

        `body` goes as JSON, `raw` as it is but called JSON. Header names are keywords with underscores
        (`If_Match='"v1"'`).
        """
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if client is not None or token is not None:
            sent["Authorization"] = f"Bearer {token or self.token(client or '')}"
        if method == "POST":
            sent.setdefault("Idempotency-Key", str(uuid4()))
        what: dict[str, Any] = {"json": body} if body is not None else {"data": raw if form is None else form}
        if raw is not None:
            sent["Content-Type"] = "application/json"
        answer: TestResponse = self.app.test_client().open(
            f"/api/{self.settings.service}/v1{path}", method=method, headers=sent, **what
        )
        return answer

    def browser(self, *roles: str, **told: Any) -> Browser:
        """The pages in the hands of somebody with these roles; of a visitor without any."""
        return Browser(self.app, self._all_settings[INTAKE], person(*roles, **told) if roles else None)

    def token_for(self, role: str, subject: str = "") -> str:
        """A token for a machine client with one role, called so where it is somebody."""
        client = MachineClient(hashlib.sha256(b"x").hexdigest(), (role,), None)
        settings = replace(self._all_settings[INTAKE], machine_clients={subject or role: client})
        return auth.issue(settings, subject or role, "x")

    def token(self, client: str) -> str:
        """A token for a demo machine client."""
        return auth.issue(self._all_settings[INTAKE], client, self._secrets[client])

    def told(self, *kinds: type[Event], opener: str | None = None) -> Sequence[Any]:
        """The events recorded so far in this test, oldest first, as `opener` (default: the service) reads them."""
        reader = self._all_settings[opener or self.settings.service]
        bodies = self._bodies()
        events = [
            envelope.read(body.encode(), service=reader.service, private_keys=reader.seal_private_keys).event
            for body in bodies
        ]
        return [event for event in events if not kinds or isinstance(event, kinds)]

    def envelopes(self) -> list[dict[str, Any]]:
        """The recorded envelopes as they lie in the outbox."""
        return [orjson.loads(body) for body in self._bodies()]

    def _bodies(self) -> Sequence[str]:
        statement = text("SELECT body FROM outbox WHERE seq > :before ORDER BY seq")
        return self.connection.scalars(statement, {"before": self._told_before}).all()

    def hear(self, *events: Event, version: int = 1, replayed: bool = False) -> None:
        """Let the service's handlers take events, in one transaction, as the worker would."""
        consumer = importlib.import_module(f"services.{self.settings.service}.consumer")
        with self.begin() as session:
            for event in events:
                event_id = new_id()
                trace = Trace(correlation_id=str(uuid4()), causation_id=str(event_id), replayed=replayed)
                session.info["trace"] = trace
                consumer.HANDLERS[type(event)](
                    session,
                    [Received(event_id=event_id, event=event, version=version, time=clock.now(), trace=trace)],
                )
