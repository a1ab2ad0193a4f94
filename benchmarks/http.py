"""A whole first contact through gunicorn, beside a bare endpoint under the same gunicorn settings."""

import itertools
import json
import socket
import threading
import time
from collections.abc import Iterator
from datetime import date, timedelta
from http.client import HTTPConnection
from typing import Any
from uuid import uuid4

import psycopg

from benchmarks.place import Place, wait_until
from shared import auth
from shared.events import INTAKE

CALLERS = 8
SECONDS = 4.0
WARM_UP_SECONDS = 1.5
SLOTS = """
    INSERT INTO intake.slot (id, consultant, room_code, seat, place_code, starts_at, ends_at, off_calendar)
    SELECT gen_random_uuid(), 'benchmark-' || number, 'benchmark', number, 'jobbutik',
        now() + interval '1 hour', now() + interval '2 hours', false
    FROM generate_series(1, %s) AS number ON CONFLICT DO NOTHING
"""
SLOTS_AT_HAND = 30_000


def replacement_numbers() -> Iterator[str]:
    """Numbers of nobody, in memory only: day + 60, as given to people without a CPR number."""
    for serial, days in itertools.product(range(1, 4000), range(365 * 20)):
        born = date(1960, 1, 1) + timedelta(days=days)
        yield f"{born.day + 60:02}{born:%m%y}{serial:04}"


def first_contact(cpr: str) -> dict[str, Any]:
    """A walk-in, as the desk sends it."""
    return {
        "cpr": cpr, "name": "Nancy Ann Test Berggren", "email": "nancy@example.dk", "phone": "20 12 34 56",
        "postal_code": "3400", "municipality_code": "0219", "applied_for": "kontanthjaelp", "channel": "desk",
        "qualifying_education": True, "guidance": {"version": "2026-02", "written": True},
    }  # fmt: skip


class Load:
    """Callers that ask again and again on connections of their own, and count the answers."""

    def __init__(self, port: int, path: str, headers: dict[str, str]) -> None:
        self._port, self._path, self._headers = port, path, headers
        self._numbers = replacement_numbers()
        self._lock = threading.Lock()

    def requests_per_s(self, seconds: float) -> float:
        """Answers 201 a second; anything else ends the benchmark."""
        counts: list[int] = []
        ends = time.perf_counter() + seconds
        callers = [threading.Thread(target=self._call, args=(ends, counts)) for _ in range(CALLERS)]
        started = time.perf_counter()
        for caller in callers:
            caller.start()
        for caller in callers:
            caller.join()
        if len(counts) < CALLERS:
            raise SystemExit(f"{self._path} did not answer 201")
        return sum(counts) / (time.perf_counter() - started)

    def _call(self, ends: float, counts: list[int]) -> None:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=30)
        connection.connect()
        connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        count = 0
        while time.perf_counter() < ends:
            with self._lock:
                cpr = next(self._numbers)
            body = json.dumps(first_contact(cpr))
            connection.request("POST", self._path, body, self._headers | {"Idempotency-Key": str(uuid4())})
            answer = connection.getresponse()
            answer.read()
            if answer.status != 201:
                return
            count += 1
        connection.close()
        counts.append(count)


def measure(place: Place, connection: psycopg.Connection[Any], rounds: int) -> dict[str, list[float]]:
    """Requests a second of both, by turns."""
    connection.execute(SLOTS, (SLOTS_AT_HAND,))
    settings = place.settings(INTAKE)
    token = auth.issue(settings, "front-desk", place.client_secrets["front-desk"])
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    ports = free_port(), free_port()
    paths = "/api/intake/v1/first-contacts", "/bare"
    applications = "services.intake:create_app()", "benchmarks.bare:app"
    gunicorn = ("-m", "gunicorn", "--config", "deploy/gunicorn.py")
    environ = dict(place.environments[INTAKE])
    with (
        place.processes((*gunicorn, applications[0]), **environ, WEB_PORT=str(ports[0])),
        place.processes((*gunicorn, applications[1]), **environ, WEB_PORT=str(ports[1])),
    ):
        for port in ports:
            wait_until(lambda port=port: answers(port), "gunicorn", 30, 0.1)
        loads = [Load(port, path, headers) for port, path in zip(ports, paths, strict=True)]
        for load in loads:
            load.requests_per_s(WARM_UP_SECONDS)
        found: dict[str, list[float]] = {"first_contact": [], "bare": []}
        for _ in range(rounds):
            for name, load in zip(found, loads, strict=True):
                found[name].append(load.requests_per_s(SECONDS))
    return found


def free_port() -> int:
    """A port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
