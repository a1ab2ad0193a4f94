"""A browser between intake and a provider: the demo's own, or one that lies as it is told."""

import base64
import hmac
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests
from authlib.common.security import generate_token
from flask import Flask, Response, jsonify, redirect, request
from joserfc import jwt
from joserfc.jwk import RSAKey
from sqlalchemy import text
from werkzeug.serving import make_server
from werkzeug.test import Client, TestResponse

from demo import provider
from shared.config import Settings
from shared.sessions import COOKIE, OpenSession
from tests.house import ServiceUnderTest

PATH = "/demo-login"
KEY = RSAKey.generate_key(2048, {"kid": "1", "alg": "RS256"})
IdTokenMaker = Callable[["LyingProvider", dict[str, Any]], str]


@contextmanager
def serving(make: Callable[[str], Flask]) -> Iterator[str]:
    """An app on loopback, made for the issuer that it will have; gives that issuer."""
    waiting = make_server("127.0.0.1", 0, Flask("nobody"), threaded=True)
    issuer = f"http://127.0.0.1:{waiting.port}{PATH}"
    waiting.app = make(issuer)
    thread = threading.Thread(target=waiting.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield issuer
    finally:
        waiting.shutdown()
        thread.join()
        waiting.server_close()


def demo_provider(known: Settings) -> Callable[[str], Flask]:
    """The demo's provider for intake's client."""
    return lambda issuer: provider.create_app({
        "MODE": "test", "PUBLIC_URL": known.public_url, "OIDC_ISSUER": issuer,
        "OIDC_CLIENT_ID": known.oidc_client_id, "OIDC_CLIENT_SECRET": known.oidc_client_secret,
    })  # fmt: skip


@dataclass
class LyingProvider:
    """Signs whatever the test makes of the claims of an adviser."""

    client_id: str
    make: IdTokenMaker = field(default=lambda own, claims: own.signed(claims))
    key: RSAKey = field(default_factory=lambda: KEY)
    nonces: dict[str, str] = field(default_factory=dict)
    answer: dict[str, str] = field(default_factory=dict)

    def signed(self, claims: dict[str, Any], key: RSAKey | None = None, **header: str) -> str:
        whole = {"alg": "RS256", "kid": "1", **header}
        return jwt.encode(whole, claims, key or self.key, algorithms=[whole["alg"]])

    def app(self, issuer: str) -> Flask:
        app = Flask("liar")

        @app.get(f"{PATH}/.well-known/openid-configuration")
        def discovery() -> Response:
            names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "jwks"}
            return jsonify({"issuer": issuer, **{name: f"{issuer}/{path}" for name, path in names.items()}})

        @app.get(f"{PATH}/jwks")
        def jwks() -> Response:
            return jsonify({"keys": [self.key.as_dict(private=False)]})

        @app.get(f"{PATH}/authorize")
        def authorize() -> Any:
            code = generate_token(24)
            self.nonces[code] = request.args["nonce"]
            sent = {"code": code, "state": request.args["state"], **self.answer}
            return redirect(request.args["redirect_uri"] + "?" + "&".join(f"{n}={v}" for n, v in sent.items()))

        @app.post(f"{PATH}/token")
        def token() -> Response:
            now = int(time.time())
            claims = {
                "iss": issuer, "aud": self.client_id, "sub": "rune", "name": "Rune", "roles": ["adviser"], "iat": now,
                "exp": now + 300, "auth_time": now, "nonce": self.nonces[request.form["code"]],
            }  # fmt: skip
            return jsonify({"access_token": "x", "token_type": "Bearer", "id_token": self.make(self, claims)})

        return app


class Browser:
    """A browser that carries intake's cookies and follows to the provider and back."""

    def __init__(self, intake: ServiceUnderTest, issuer: str) -> None:
        intake.settings = replace(intake.settings, oidc_issuer=issuer)
        self.intake = intake
        self.client: Client = intake.app.test_client()

    def sign_in(self, person: str, to: str = "/") -> TestResponse:
        """The whole way; the answer of the callback."""
        return self.client.get(self.back(self.off(person, to)))

    def off(self, person: str, to: str = "/") -> str:
        """The address at the provider that intake sends the browser to."""
        answer = self.client.get("/log-ind", query_string={"til": to, "login_hint": person})
        assert answer.status_code == 302, answer.text
        return answer.location

    def back(self, address: str) -> str:
        """The path at intake that the provider sends the browser to."""
        answer = requests.get(address, allow_redirects=False, timeout=10)
        assert answer.status_code == 302, answer.text
        parts = urlsplit(answer.headers["Location"])
        return f"{parts.path}?{parts.query}"

    def session(self) -> OpenSession | None:
        """Who the browser is, by its cookie."""
        cookie = self.client.get_cookie(COOKIE)
        return self.intake.app.extensions["sessions"].read(cookie.value) if cookie else None

    def post(self, path: str, **fields: str) -> TestResponse:
        """A form sent from our own page."""
        session = self.session()
        csrf = self.intake.app.extensions["sessions"].csrf_token(session.principal) if session else ""
        return self.client.post(path, data={"csrf": csrf, **fields}, headers={"Sec-Fetch-Site": "same-origin"})


def query_of(address: str) -> dict[str, str]:
    """The parameters of an address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def unsigned(claims: dict[str, Any]) -> str:
    """A token that says that it needs no signature."""
    return _compact({"alg": "none", "kid": "1"}, claims, lambda _text: b"")


def signed_by_text(secret: bytes, claims: dict[str, Any]) -> str:
    """A token by a shared secret, which anybody knows where the secret is a public key."""
    return _compact({"alg": "HS256", "kid": "1"}, claims, lambda text: hmac.digest(secret, text, "sha256"))


def _compact(header: dict[str, str], claims: dict[str, Any], sign: Callable[[bytes], bytes]) -> str:
    text = b".".join(_b64url(json.dumps(part).encode()) for part in (header, claims))
    return b".".join([text, _b64url(sign(text))]).decode()


def _b64url(raw: bytes) -> bytes:
    return base64.urlsafe_b64encode(raw).rstrip(b"=")


BEGUN = "__Host-jobbutik-login"
Change = Callable[[LyingProvider, dict[str, Any]], str]
COMPANY = {"roles": ["company_employee"], "cvr": "90000004"}
HUNDRED = [str(1_000_000_000 + number) for number in range(100)]
NSIS = "https://data.gov.dk/concept/core/nsis/loa/"
LONG_AGO, SOON = int(time.time()) - 3600, int(time.time()) + 3600


def sign_ins(intake: ServiceUnderTest) -> int:
    return int(intake.connection.scalar(text("SELECT count(*) FROM sign_in")) or 0)


def without_(name: str) -> Change:
    return lambda own, claims: own.signed({key: value for key, value in claims.items() if key != name})


def with_(**changed: Any) -> Change:
    return lambda own, claims: own.signed(claims | changed)
