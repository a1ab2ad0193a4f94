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
from shared.database import Database
from shared.sessions import COOKIE
from tests.browser import cookie_for, person
from tests.conftest import World
from tests.faults.conftest import environment

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
    settings = {**os.environ, **environment(busy_world.settings["intake"]), "WEB_PORT": str(port)}
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


def next_line(lines: Iterator[bytes], wanted: bytes) -> float:
    """Seconds until the stream says it."""
    begun = time.monotonic()
    for line in lines:
        if wanted in line:
            return time.monotonic() - begun
    raise AssertionError("the stream ended")


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


def test_open_streams_do_not_hold_a_restart_up(live: Live) -> None:
    stream = live.open("front_desk")
    lines = stream.iter_lines(chunk_size=1)
    next_line(lines, b"retry")
    begun = time.monotonic()
    live.process.send_signal(signal.SIGTERM)
    live.process.wait(timeout=15)
    stream.close()

    assert time.monotonic() - begun < 8
