"""Who the client is: what a proxy that is trusted tells the gateway, and the gateway a service; nobody else."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from flask import Flask, request

from deploy import secrets
from deploy.local import gateway
from deploy.local.place import SERVICES, Place
from shared import config
from shared.app import BehindGateway
from tests.deploy.test_gateway import serving, until_it_answers

CLIENT, PROXY = "203.0.113.7", "198.51.100.20"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    made = Place(tmp_path)
    made.make()
    for name in (*(f"{service}-web" for service in SERVICES), "intake-live", "demo-login", "gateway"):
        made.port(name)
    return made


@pytest.fixture
def trusting(place: Place, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A gateway behind a proxy on this machine, itself behind another."""
    monkeypatch.setenv("TRUSTED_PROXIES", "127.0.0.0/8, 198.51.100.0/24")
    process = subprocess.Popen([str(part) for part in gateway.command(place)])
    found = f"http://127.0.0.1:{place.port('gateway')}"
    with serving(place, {"intake": "intake-web"}):
        until_it_answers(found)
        yield found
    process.terminate()
    process.wait(10)


@pytest.mark.parametrize(
    ("told", "client"),
    [
        (CLIENT, CLIENT),
        (f"{CLIENT}, {PROXY}", CLIENT),
        (f"10.0.0.1, {CLIENT}, {PROXY}", CLIENT),
        ("nonsense", "127.0.0.1"),
        (None, "127.0.0.1"),
    ],
)
def test_the_client_is_the_last_address_that_is_no_proxy_of_ours(trusting: str, told: str | None, client: str) -> None:
    headers = {} if told is None else {"X-Forwarded-For": told}

    assert requests.get(f"{trusting}/skranken", headers=headers, timeout=5).text.split()[2] == client


def test_a_proxy_that_is_no_address_stops_the_start(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUSTED_PROXIES", "everybody")
    command = [str(part) for part in gateway.command(place)]
    started = subprocess.run([*command, "-t"], capture_output=True, text=True, env=os.environ, check=False)

    assert started.returncode != 0
    assert "everybody" in started.stderr


def test_without_the_setting_nobody_is_trusted(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRUSTED_PROXIES", raising=False)
    gateway.command(place)

    assert (place.run / "gateway/trusted.conf").read_text() == ""


@pytest.mark.parametrize(("peer", "client"), [("127.0.0.1", CLIENT), ("172.30.255.140", "172.30.255.140")])
def test_a_service_believes_its_gateway_alone(peer: str, client: str) -> None:
    app = Flask("behind", static_folder=None)
    app.add_url_rule("/", view_func=lambda: request.remote_addr or "")
    app.wsgi_app = BehindGateway(app.wsgi_app, ("127.0.0.1",))  # type: ignore[method-assign]
    answer = app.test_client().get("/", headers={"X-Forwarded-For": CLIENT}, environ_base={"REMOTE_ADDR": peer})

    assert answer.text == client


def test_anybody_is_no_gateway() -> None:
    known = secrets.fresh()
    told = secrets.shared_settings(known) | secrets.own_settings(known, "matching") | {"FORWARDED_ALLOW_IPS": "*"}
    with pytest.raises(config.BadSettings, match="bad: FORWARDED_ALLOW_IPS"):
        config.read("matching", told)


def test_a_code_in_a_link_stands_in_no_log(trusting: str, place: Place) -> None:
    with requests.Session() as one_connection:
        one_connection.get(f"{trusting}/log-ind?til=/opfoelgning/mentor%3Fcode%3Done-time-code-of-a-mentor", timeout=5)
        # A line is written after its answer has left, and before the next request on the connection is read.
        one_connection.get(f"{trusting}/health", timeout=5)
    logged = (place.logs / "access.log").read_text()

    assert "/log-ind" in logged
    assert "one-time-code" not in logged
