"""Real worker processes on the real broker and database, killed for real; every test starts with both empty."""

import base64
import itertools
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import sql

from shared import broker, envelope, topology
from shared.config import SealKey, Settings
from shared.database import Database
from shared.envelope import Trace
from shared.events import FOLLOWUP, INTAKE, SERVICES, CitizenRegistered
from shared.outbox import record
from tests.conftest import World, new_world
from tests.faults import listener
from tests.faults.relay import TcpRelay

ROOT = Path(__file__).resolve().parents[2]
PARTITIONS = 4


def citizen(**changed: Any) -> CitizenRegistered:
    """Somebody new; `language` steers the tests' handler."""
    about: dict[str, Any] = {
        "citizen_id": uuid4(), "municipality_code": "0219", "language": "da", "interpreter": False,
        "digital_post_exempt": False, "protected": False, "postal_code": "3400", "name": "Nancy Ann Test Berggren",
    }  # fmt: skip
    return CitizenRegistered(**about | changed)


def environment(settings: Settings) -> dict[str, str]:
    """The environment that these settings would be read from."""

    def text(raw: bytes) -> str:
        return base64.b64encode(raw).decode()

    def pair(key: SealKey) -> dict[str, str]:
        return {"kid": key.kid, "key": text(key.key)}

    given: dict[str, Any] = {
        "SERVICE": settings.service,
        "MODE": settings.mode,
        "DATABASE_URL": settings.database_url,
        "AMQP_URL": settings.amqp_url,
        "TOKEN_PUBLIC_KEYS": json.dumps({kid: text(key) for kid, key in settings.token_public_keys.items()}),
        "SESSION_KEYS": json.dumps({kid: text(key) for kid, key in settings.session_keys.items()}),
        "PUBLIC_URL": settings.public_url,
        "SEAL_PUBLIC_KEYS": json.dumps({name: pair(key) for name, key in settings.seal_public_keys.items()}),
        "SEAL_PRIVATE_KEYS": json.dumps({kid: text(key) for kid, key in settings.seal_private_keys.items()}),
    }
    if settings.service == INTAKE and settings.token_private_key is not None:
        given |= {
            "CPR_KEYS": json.dumps({kid: text(key) for kid, key in settings.cpr_keys.items()}),
            "CPR_INDEX_KEY": text(settings.cpr_index_key),
            "TOKEN_PRIVATE_KEY": json.dumps(pair(settings.token_private_key)),
            "MACHINE_CLIENTS": "{}",
            "OIDC_ISSUER": settings.oidc_issuer,
            "OIDC_CLIENT_ID": settings.oidc_client_id,
            "OIDC_CLIENT_SECRET": settings.oidc_client_secret,
        }
    return given


def eventually(done: Callable[[], bool], what: str | Callable[[], str], seconds: float = 20) -> float:
    """Wait until it is so; the seconds that took."""
    started = time.monotonic()
    while not done():
        if time.monotonic() - started > seconds:
            pytest.fail(f"not within {seconds} s: {what if isinstance(what, str) else what()}")
        time.sleep(0.02)
    return time.monotonic() - started


class Bus:
    """The processes of one test, and what they did."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world, self._folder = world, folder
        self.admin = psycopg.connect(world.admin_url, autocommit=True)
        self.intake = Database(world.settings[INTAKE])
        self._processes: list[subprocess.Popen[bytes]] = []
        self._numbers = itertools.count()

    def pair(self, **environ: str) -> list[subprocess.Popen[bytes]]:
        """Intake's worker and the listener, started at once."""
        with ThreadPoolExecutor() as pool:
            return list(pool.map(lambda service: self.start(service, **environ), (INTAKE, FOLLOWUP)))

    def start(self, service: str, module: str = "tests.faults.listener", **environ: str) -> subprocess.Popen[bytes]:
        """A worker process; returns when it has done its first beat on an open line, or has died."""
        before = self.beat(service, environ.get("NUMBER", "0"))
        log = self._folder / f"{service}-{next(self._numbers)}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", module],
                cwd=ROOT,
                env=dict(os.environ) | environment(self.world.settings[service]) | environ,
                stdout=output,
                stderr=output,
            )
        self._processes.append(process)
        eventually(
            lambda: process.poll() is not None or self.beat(service, environ.get("NUMBER", "0")) != before,
            f"{service} starts",
        )
        return process

    def beat(self, service: str, index: str = "0") -> Any:
        """The worker's last beat on an open line."""
        query = "SELECT max(at) FROM {}.worker_beat WHERE broker_connected AND worker_index = %s"
        row = self.admin.execute(sql.SQL(query).format(sql.Identifier(service)), (index,)).fetchone()
        return row and row[0]

    def record(self, *events: CitizenRegistered, version: int = 1) -> None:
        """Committed by intake, in one transaction."""
        with self.intake.begin(actor="test") as session:
            for event in events:
                record(session, event, version)

    def send(self, body: bytes, times: int = 1) -> None:
        """Straight to the listener's queue, past the outbox."""
        with broker.blocking_channel(self.world.amqp_url) as channel:
            for _ in range(times):
                broker.send_to(channel, FOLLOWUP, "x", "x", body)

    def write(self, event: CitizenRegistered) -> tuple[UUID, bytes]:
        """The event's id and its envelope."""
        seals = self.world.settings[INTAKE].seal_public_keys
        return envelope.write(event, version=1, trace=Trace(correlation_id=str(uuid4())), seals=seals)

    def all(self, query: str) -> list[Any]:
        return self.admin.execute(query.encode()).fetchall()

    def effects(self) -> Counter[UUID]:
        """How often each event had its effect."""
        return Counter(row[0] for row in self.all("SELECT event_id FROM followup.effect"))

    def out_of_order(self) -> dict[UUID, list[int]]:
        """The versions that somebody's events had their effects in, where they are not 1, 2, 3 …"""
        seen: dict[UUID, list[int]] = {}
        for subject, version in self.all("SELECT subject, version FROM followup.effect ORDER BY seq"):
            seen.setdefault(subject, []).append(version)
        return {subject: told for subject, told in seen.items() if told != list(range(1, len(told) + 1))}

    def unpublished(self) -> int:
        return int(self.all("SELECT count(*) FROM intake.outbox WHERE published_at IS NULL")[0][0])

    def recorded(self) -> set[UUID]:
        return {row[0] for row in self.all("SELECT event_id FROM intake.outbox")}

    def dead(self) -> dict[UUID, str]:
        """Reasons of the followup deliveries that are given up."""
        return dict(self.all("SELECT event_id, error FROM followup.failed_delivery WHERE next_try_at IS NULL"))

    def queued(self, service: str = FOLLOWUP) -> int:
        """Messages in the queue that no worker holds."""
        with broker.blocking_channel(self.world.amqp_url) as channel:
            found = channel.queue_declare(topology.queues(service, 1)[0], passive=True)
            return int(found.method.message_count)

    def settled(self, seconds: float = 20, *, but: Sequence[UUID] = ()) -> float:
        """Wait until everything recorded is published and had its effect; then nothing may be lost or doubled."""
        wanted = self.recorded() - set(but)
        took = eventually(
            lambda: self.unpublished() == 0 and wanted <= set(self.effects()),
            lambda: f"{len(wanted - set(self.effects()))} of {len(wanted)} events have no effect",
            seconds,
        )
        self.nothing_doubled(wanted)
        return took

    def nothing_doubled(self, wanted: set[UUID]) -> None:
        """Each of these had its effect exactly once, and nothing else had any; also a moment later."""
        time.sleep(0.3)
        effects = self.effects()
        found = {
            "lost": len(wanted - set(effects)),
            "doubled": sum(times > 1 for times in effects.values()),
            "from nowhere": len(set(effects) - wanted),
        }
        assert found == {"lost": 0, "doubled": 0, "from nowhere": 0}

    def end(self) -> None:
        for process in self._processes:
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
            process.wait()
        self.intake.bind.dispose()  # type: ignore[union-attr]
        self.admin.close()


def _everything_empty(bus: Bus) -> None:
    tables = bus.all(
        "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
        " WHERE schemaname IN ('intake', 'matching', 'followup', 'notifications') AND tablename <> 'alembic_version'"
    )
    bus.admin.execute(f"TRUNCATE {', '.join(row[0] for row in tables)} CASCADE".encode())


def _queues_empty(amqp_url: str) -> None:
    broker.declare(amqp_url, 1)
    with broker.blocking_channel(amqp_url) as channel:
        for service in SERVICES:
            for queue in (*topology.queues(service, 1), topology.dead_queue(service)):
                if channel.queue_declare(queue, passive=True).method.consumer_count:
                    pytest.fail(f"somebody else listens on {queue}: stop the suite that runs on this broker first")
                channel.queue_purge(queue)


@pytest.fixture(scope="session")
def world() -> Iterator[World]:
    """One of their own: between two of these tests everything is emptied, also what the migrations put there."""
    with new_world() as made:
        yield made


@pytest.fixture
def bus(broker_to_ourselves: None, world: World, tmp_path: Path) -> Iterator[Bus]:
    """Empty tables and queues, before and after; the processes end with the test."""
    made = Bus(world, tmp_path)
    try:
        made.admin.execute(listener.TABLES.encode())
        _everything_empty(made)
        _queues_empty(world.amqp_url)
        yield made
    finally:
        for process in made._processes:
            if process.poll() is None:
                process.kill()
            process.wait()
        eventually(lambda: _nobody_listens(world.amqp_url), "the broker sees that the workers are gone", 40)
        _queues_empty(world.amqp_url)
        _everything_empty(made)
        made.admin.execute("DROP TABLE followup.effect, followup.test_try, followup.test_copy")
        made.end()


def _nobody_listens(amqp_url: str) -> bool:
    with broker.blocking_channel(amqp_url) as channel:
        names = [name for service in SERVICES for name in (*topology.queues(service, 1), topology.dead_queue(service))]
        return not any(channel.queue_declare(name, passive=True).method.consumer_count for name in names)


@pytest.fixture
def tcp_relay(world: World) -> Iterator[TcpRelay]:
    """Between a worker and the broker."""
    address = urlsplit(world.amqp_url)
    with TcpRelay(address.hostname or "127.0.0.1", address.port or 5672) as made:
        yield made


@pytest.fixture
def amqp_through(world: World, tcp_relay: TcpRelay) -> str:
    """The broker's address by way of the relay."""
    address = urlsplit(world.amqp_url)
    signed_in = f"{address.username}:{address.password}"
    return f"amqp://{signed_in}@127.0.0.1:{tcp_relay.port}{address.path}"


@pytest.fixture
def four_partitions(bus: Bus) -> Iterator[dict[str, str]]:
    """What a worker is told; the partitions' queues and exchanges are gone afterwards."""
    yield {"PARTITIONS": str(PARTITIONS)}
    for process in bus._processes:
        process.kill()
        process.wait()
    with broker.blocking_channel(bus.world.amqp_url) as channel:
        for service in SERVICES:
            for queue in topology.queues(service, PARTITIONS):
                channel.queue_delete(queue)
            channel.exchange_delete(f"jobbutik.{service}")
