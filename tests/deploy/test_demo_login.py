"""S18 and the demo's provider: strict with its client, for everybody to see who they may be, never in production."""

import base64
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from werkzeug.test import Client

from demo import people, provider
from deploy import secrets
from shared import config
from shared.config import BadSettings, Settings
from shared.events import INTAKE, SERVICES

PUBLIC = "http://127.0.0.1:8080"
OWN = "s3cret"
SETTINGS = {
    "MODE": "demo", "PUBLIC_URL": PUBLIC, "OIDC_ISSUER": f"{PUBLIC}/demo-login", "OIDC_CLIENT_ID": "jobbutik",
    "OIDC_CLIENT_SECRET": OWN,
}  # fmt: skip
VERIFIER = "v" * 43
ASKED = {
    "response_type": "code", "client_id": "jobbutik", "redirect_uri": f"{PUBLIC}/log-ind/svar", "scope": "openid",
    "state": "s", "nonce": "n", "code_challenge": create_s256_code_challenge(VERIFIER), "code_challenge_method": "S256",
}  # fmt: skip
AUTHORIZE, TOKEN = "/demo-login/authorize", "/demo-login/token"


@pytest.fixture
def client() -> Client:
    return provider.create_app(SETTINGS).test_client()


def redeemed(client: Client, *, secret: str = OWN, **changed: str) -> int:
    """The status of redeeming a fresh code."""
    location = client.get(AUTHORIZE, query_string=ASKED | {"login_hint": "frida", "nonce": str(uuid4())}).location
    code = parse_qs(urlsplit(location).query)["code"][0]
    form = {
        "grant_type": "authorization_code", "code": code, "redirect_uri": ASKED["redirect_uri"],
        "code_verifier": VERIFIER,
    }  # fmt: skip
    return token(client, {name: value for name, value in (form | changed).items() if value}, secret)


def token(client: Client, form: dict[str, str], secret: str) -> int:
    basic = base64.b64encode(f"jobbutik:{secret}".encode()).decode()
    return client.post(TOKEN, data=form, headers={"Authorization": f"Basic {basic}"}).status_code


def test_the_page_shows_everybody_and_asks_nobody_outside(client: Client) -> None:
    answer = client.get(AUTHORIZE, query_string=ASKED)

    assert [person.name for person in people.everybody() if person.name not in answer.text] == []
    assert [person.danish for person in people.everybody() if person.danish not in answer.text] == []
    assert not re.search(r'(src|href)="(https?:)?//', answer.text)
    assert not re.search(r"<script|<style|style=", answer.text)
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'; img-src data:;")


def test_a_choice_leads_back_with_a_code_and_the_issuer(client: Client) -> None:
    location = client.get(AUTHORIZE, query_string=ASKED | {"login_hint": "tove"}).location
    given = parse_qs(urlsplit(location).query)

    assert location.startswith(f"{PUBLIC}/log-ind/svar?")
    assert (given["state"], given["iss"], set(given)) == (["s"], [f"{PUBLIC}/demo-login"], {"code", "state", "iss"})


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"code_challenge": "", "code_challenge_method": ""}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"nonce": ""}, "invalid_request"),
        ({"scope": "email"}, "invalid_scope"),
    ],
)
def test_what_is_asked_wrongly_is_refused_at_the_client(client: Client, changed: dict[str, str], error: str) -> None:
    asked = {name: value for name, value in (ASKED | changed).items() if value}
    answer = client.get(AUTHORIZE, query_string=asked | {"login_hint": "frida"})

    assert answer.status_code == 302
    assert parse_qs(urlsplit(answer.location).query)["error"] == [error]


@pytest.mark.parametrize("changed", [{"redirect_uri": "https://evil.example/"}, {"client_id": "somebody"}])
def test_nobody_is_sent_to_a_stranger(client: Client, changed: dict[str, str]) -> None:
    answer = client.get(AUTHORIZE, query_string=ASKED | changed | {"login_hint": "frida"})

    assert (answer.status_code, answer.location) == (400, None)


def test_a_code_is_redeemed_by_its_client_alone(client: Client) -> None:
    assert redeemed(client) == 200
    assert redeemed(client, secret="other") == 401  # pragma: allowlist secret
    assert redeemed(client, code_verifier="") == 400
    assert redeemed(client, code_verifier="w" * 43) == 400
    assert redeemed(client, redirect_uri=f"{PUBLIC}/other") == 400


def test_sign_out_leads_to_our_own_page_only(client: Client) -> None:
    asked = {"client_id": "jobbutik", "post_logout_redirect_uri": f"{PUBLIC}/logget-ud"}
    path = "/demo-login/end-session"

    assert client.get(path, query_string=asked).location == f"{PUBLIC}/logget-ud"
    evil = asked | {"post_logout_redirect_uri": "https://evil.example/"}
    assert client.get(path, query_string=evil).status_code == 400


def test_the_provider_does_not_start_in_production() -> None:
    with pytest.raises(SystemExit, match="MODE"):
        provider.create_app(SETTINGS | {"MODE": "production"})


@pytest.mark.parametrize("issuer", ["https://jobbutik.example/demo-login", "http://login.example", "x/demo-login/"])
def test_production_takes_no_word_of_the_demos_provider(issuer: str) -> None:
    with pytest.raises(BadSettings, match="OIDC_ISSUER"):
        config.read(environ=production(INTAKE) | {"OIDC_ISSUER": issuer})


@pytest.mark.parametrize("service", SERVICES)
def test_production_starts_with_a_real_provider_behind_tls_only(service: str) -> None:
    assert config.read(environ=production(service)).mode == "production"
    with pytest.raises(BadSettings, match="PUBLIC_URL"):
        config.read(environ=production(service) | {"PUBLIC_URL": "http://jobbutik.example"})


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("read", [config.read, config.read_live])
def test_s18_nobody_moves_the_clock_of_production(service: str, read: Callable[..., Settings]) -> None:
    moved = {"CLOCK_FILE": "/tmp/clock"}  # noqa: S108  nothing is written

    with pytest.raises(BadSettings, match="CLOCK_FILE"):
        read(environ=production(service) | moved)
    assert read(environ=production(service) | moved | {"MODE": "demo"}).clock_file == Path("/tmp/clock")  # noqa: S108


def production(service: str) -> dict[str, str]:
    known = secrets.fresh()
    own = {
        "SERVICE": service, "MODE": "production", "DATABASE_URL": "postgresql://a:b@x/y", "AMQP_URL": "amqp://a:b@x/y",
        "SMTP_URL": "smtp://x:25", "MAIL_FROM": "a@example.dk", "PUBLIC_URL": "https://jobbutik.example",
        "OIDC_ISSUER": "https://login.example",
    }  # fmt: skip
    return own | secrets.shared_settings(known) | secrets.own_settings(known, service)
