"""Live boards: a stream says that something changed, to staff alone, and holds no restart up."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import requests
from sqlalchemy import text

from deploy.local.place import ROOT, is_free
from shared import config
from shared import live as live_boards
from shared.database import Database
from shared.sessions import COOKIE
from tests.browser import Browser, cookie_for, person
from tests.conftest import World
from tests.faults.conftest import environment
from tests.house import ServiceUnderTest

AT_ONCE = 5.0


@dataclass
class Live:
    """A running process of live boards."""

    address: str
    process: subprocess.Popen[bytes]
    world: World

    def open(self, *roles: str) -> requests.Response:
        """A stream as the browser of somebody with these roles opens it."""
        cookie = cookie_for(self.world.settings["intake"], person(*roles))
        return requests.get(
            f"{self.address}/live/skranken", headers={"Cookie": f"{COOKIE}={cookie}"}, stream=True, timeout=AT_ONCE
        )


@pytest.fixture
def live(busy_world: World) -> Iterator[Live]:
    port = next(port for port in range(32100, 32200) if is_free(port))
    command = [
        sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn_live.py", "shared.live:create_app()",
    ]  # fmt: skip
    known = environment(busy_world.settings["intake"])
    settings = {**os.environ, **{name: known[name] for name in config.LIVE}, "WEB_PORT": str(port)}
    process = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            requests.get(f"{address}/livez", timeout=1)
            break
        except requests.RequestException:
            time.sleep(0.1)
    yield Live(address, process, busy_world)
    process.kill()
    process.wait()


@pytest.fixture
def quiet(intake: ServiceUnderTest) -> Browser:
    """Somebody of the staff at the boards of a process that hears nothing."""
    return Browser(live_boards.create_app(intake.settings, intake.database), intake.settings, person("front_desk"))


def next_line(lines: Iterator[bytes], wanted: bytes) -> float:
    """Seconds until the stream says it."""
    begun = time.monotonic()
    for line in lines:
        if wanted in line:
            return time.monotonic() - begun
    raise AssertionError("the stream ended")


@pytest.mark.clocked
def test_a_commit_that_tells_an_event_reaches_the_board_at_once(live: Live) -> None:
    stream = live.open("front_desk")
    lines = stream.iter_lines(chunk_size=1)
    next_line(lines, b"retry")
    database = Database(live.world.settings["intake"])
    with database.begin(actor="test") as session:
        session.execute(
            text("INSERT INTO outbox (event_id, type, partition_key, body) VALUES (gen_random_uuid(), 'x', 'x', '{}')")
        )
    seconds = next_line(lines, b"event: changed")
    with database.begin(actor="test") as session:
        session.execute(text("DELETE FROM outbox WHERE type = 'x'"))
    database.close()
    stream.close()

    assert seconds < 2


@pytest.mark.parametrize("role", ["citizen", "company_employee", "ops"])
def test_a_board_is_for_staff(live: Live, role: str) -> None:
    assert live.open(role).status_code == 403


@pytest.mark.clocked
def test_open_streams_do_not_hold_a_restart_up(live: Live) -> None:
    stream = live.open("front_desk")
    lines = stream.iter_lines(chunk_size=1)
    next_line(lines, b"retry")
    begun = time.monotonic()
    live.process.send_signal(signal.SIGTERM)
    live.process.wait(timeout=15)
    stream.close()

    assert time.monotonic() - begun < 8


def test_an_unknown_board_is_not_there(quiet: Browser) -> None:
    assert quiet.get("/live/findes-ikke").status_code == 404


def test_one_session_holds_a_few_streams_and_gets_a_place_back(quiet: Browser) -> None:
    streams = [quiet.get("/live/skranken") for _ in range(live_boards.MOST_OF_ONE)]
    refused = quiet.get("/live/skranken")
    streams[0].close()
    again = quiet.get("/live/skranken")

    assert {stream.status_code for stream in streams} == {200}
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "60")
    assert again.status_code == 200
    for stream in (*streams, again):
        stream.close()


def test_the_process_keeps_threads_for_what_is_answered_at_once() -> None:
    places = live_boards.Places()
    taken = [places.take(str(number)) for number in range(live_boards.MOST_STREAMS)]

    assert all(taken)
    assert not places.take("one more")
    assert live_boards.THREADS > live_boards.MOST_STREAMS


def test_it_is_told_no_key_that_opens_or_signs(busy_world: World) -> None:
    environ = environment(busy_world.settings["intake"])
    told = config.read_live({name: environ[name] for name in config.LIVE})

    assert (told.cpr_keys, told.seal_private_keys, told.token_private_key, told.amqp_url) == ({}, {}, None, "")
