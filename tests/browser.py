"""A person's browser without JavaScript: carries the session's cookie, sends forms as a page of ours would."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from flask import Flask
from sqlalchemy import Connection
from sqlalchemy import event as sql_event
from werkzeug.test import TestResponse

from shared import clock
from shared.auth import STAFF, Principal
from shared.config import Settings
from shared.sessions import COOKIE, Sessions

KINDS = {"company_employee": "company", "mentor": "mentor", "citizen": "citizen", "partner": "partner"}


def person(*roles: str, **told: Any) -> Principal:
    """Somebody signed in a moment ago with these roles; `told` are other fields of the principal."""
    kind = "staff" if set(roles) & {*STAFF, "leader", "ops", "data_protection_officer"} else KINDS[roles[0]]
    usual: dict[str, Any] = {
        "subject": str(uuid4()),
        "kind": kind,
        "name": "Prøve Person",
        "assurance": "substantial",
        "signed_in_at": int(clock.now().timestamp()),
        "access_id": str(uuid4()),
    }
    return Principal(roles=roles, **(usual | told))


def cookie_for(issuer: Settings, who: Principal, *, idle_seconds: int = 1800, absolute_seconds: int = 43_200) -> str:
    """A session cookie as intake issues it."""
    return Sessions(issuer, None).issue(  # type: ignore[arg-type]  # nothing is read here
        who, idle_seconds=idle_seconds, absolute_seconds=absolute_seconds
    )


class Browser:
    """One person at one service's pages; `who` None is a visitor."""

    def __init__(self, app: Flask, issuer: Settings, who: Principal | None, **session: int) -> None:
        self._client, self._base = app.test_client(), issuer.public_url.replace("http://", "https://")
        self._host = self._base.removeprefix("https://")
        self.who = who
        self._sessions = Sessions(issuer, app.extensions["tokens"])
        if who is not None:
            self._client.set_cookie(COOKIE, cookie_for(issuer, who, **session), domain=self._host.split(":")[0])

    def get(self, path: str, **headers: str) -> TestResponse:
        """A page."""
        return self._open("GET", path, None, headers)

    def submit(self, path: str, fields: dict[str, Any] | None = None, **headers: str) -> TestResponse:
        """A form of ours, sent from our own page with a fresh key unless `form_key` is given."""
        csrf = self._sessions.csrf_token(self.who) if self.who else ""
        content = {"csrf": csrf, "form_key": uuid4().hex[:22], **(fields or {})}
        return self._open("POST", path, content, {"Sec_Fetch_Site": "same-origin"} | headers)

    def _open(self, method: str, path: str, data: dict[str, Any] | None, headers: dict[str, str]) -> TestResponse:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return self._client.open(path, method=method, data=data, headers=sent, base_url=self._base)

    def leave(self, name: str, value: str) -> None:
        """A cookie that somebody else left in the browser."""
        self._client.set_cookie(name, value, domain=self._host.split(":")[0])

    def cookie(self, name: str = COOKIE) -> Any:
        """A cookie the browser keeps now."""
        return self._client.get_cookie(name, domain=self._host.split(":")[0])


@contextmanager
def queries_of(connection: Connection) -> Iterator[list[str]]:
    """The statements that are sent over a service's connection meanwhile, savepoints left out."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if "SAVEPOINT" not in statement:
            sent.append(statement)

    sql_event.listen(connection, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        sql_event.remove(connection, "before_cursor_execute", note)


def words(answer: TestResponse) -> str:
    """What a page says, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text)).strip()


def without_ids(told: object) -> str:
    """The same without ids and parts of a second, in which any four digits are found sooner or later."""
    return re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{16,}|\.\d{6}", "", str(told))


def offered(page: str) -> tuple[str, dict[str, Any]]:
    """The undo that a page's message offers: where its form goes, and what it sends (a list where a name is twice)."""
    found = re.search(r'<p class="alert-text">.*?<form method="post" action="([^"]+)">(.*?)</form>', page, re.DOTALL)
    assert found, "no undo is offered"
    sent: dict[str, list[str]] = {}
    for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', found[2]):
        if name not in ("csrf", "form_key"):
            sent.setdefault(name, []).append(value)
    return found[1], {name: values if len(values) > 1 else values[0] for name, values in sent.items()}
