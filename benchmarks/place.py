"""A database of the benchmark's own on the servers named in the environment, and the environments of our processes."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from uuid import uuid4

import psycopg
from sqlalchemy.engine import make_url

from deploy import secrets
from shared import broker, config, migrate, topology
from shared.config import Settings
from shared.database import engine_for
from shared.events import SERVICES

ROOT = Path(__file__).resolve().parents[1]
PATIENCE_SECONDS = 300.0


@dataclass(frozen=True)
class Place:
    """Where the servers are, and every service's environment."""

    admin_url: str
    amqp_url: str
    environments: Mapping[str, Mapping[str, str]]
    client_secrets: Mapping[str, str]

    def settings(self, service: str) -> Settings:
        return config.read(service, self.environments[service])

    def connect(self) -> psycopg.Connection[Any]:
        """A superuser's connection, each statement a transaction."""
        return psycopg.connect(self.admin_url, autocommit=True)

    @contextmanager
    def processes(self, *commands: Sequence[str], **environ: str) -> Iterator[list[subprocess.Popen[bytes]]]:
        """Python processes of ours while the block runs; one that ends by itself is a failure."""
        started = [_start(command, environ, subprocess.DEVNULL) for command in commands]
        try:
            yield started
            for process, command in zip(started, commands, strict=True):
                if process.poll() is not None:
                    raise SystemExit(f"{' '.join(command)} ended early with {process.returncode}")
        finally:
            _end(started)

    @contextmanager
    def finite(self, *command: str, **environ: str) -> Iterator[IO[bytes]]:
        """A Python process that ends by itself, and what it says."""
        process = _start(command, environ, subprocess.PIPE)
        assert process.stdout is not None
        try:
            with process.stdout:
                yield process.stdout
                if process.wait(PATIENCE_SECONDS):
                    raise SystemExit(f"{' '.join(command)} failed with {process.returncode}")
        finally:
            _end([process])


def _start(command: Sequence[str], environ: Mapping[str, str], output: int) -> subprocess.Popen[bytes]:
    everything = {**os.environ, "LOG_LEVEL": "WARNING", **environ}
    return subprocess.Popen([sys.executable, *command], cwd=ROOT, env=everything, stdout=output)


def _end(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until(done: Any, what: str, seconds: float = PATIENCE_SECONDS, pause: float = 0.01) -> None:
    """Ask until the answer is yes; a benchmark that hangs is a failure."""
    deadline = time.perf_counter() + seconds
    while not done():
        if time.perf_counter() > deadline:
            raise SystemExit(f"gave up waiting: {what}")
        time.sleep(pause)


def empty_queues(amqp_url: str) -> None:
    """Our queues, declared and emptied; refuses where somebody listens on them."""
    broker.declare(amqp_url, 1)
    with broker.blocking_channel(amqp_url) as channel:
        for service in SERVICES:
            for queue in (*topology.queues(service, 1), topology.dead_queue(service)):
                if channel.queue_declare(queue, passive=True).method.consumer_count:
                    raise SystemExit(f"somebody listens on {queue}: `make down` first")
                channel.queue_purge(queue)


@contextmanager
def prepared() -> Iterator[Place]:
    """A migrated database that is dropped at the end."""
    try:
        server_url, amqp_url = os.environ["TEST_DATABASE_URL"], os.environ["TEST_AMQP_URL"]
    except KeyError as missing:
        raise SystemExit(f"set {missing.args[0]}, or use `make bench`") from missing
    name = f"jobbutik_bench_{uuid4().hex[:8]}"
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}".encode())
    admin_url = make_url(server_url).set(database=name).render_as_string(hide_password=False)
    try:
        known = secrets.fresh()
        admin = engine_for(admin_url)
        for service in SERVICES:
            with admin.begin() as connection:
                migrate.migrate(connection, service, f"test-{service}")
        admin.dispose()
        environments = {service: _environment(admin_url, amqp_url, service, known) for service in SERVICES}
        yield Place(admin_url, amqp_url, environments, known["clients"])
    finally:
        with psycopg.connect(server_url, autocommit=True) as server:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def _environment(admin_url: str, amqp_url: str, service: str, known: dict[str, Any]) -> dict[str, str]:
    # The test suite's passwords: roles belong to the server, and a test run may be going on beside this.
    url = make_url(admin_url).set(username=service, password=f"test-{service}")
    own = {
        "SERVICE": service,
        "MODE": "test",
        "DATABASE_URL": url.render_as_string(hide_password=False),
        "AMQP_URL": amqp_url,
        "SMTP_URL": "smtp://127.0.0.1:1",
        "MAIL_FROM": "jobbutik@example.dk",
    }
    return own | secrets.addresses(service) | secrets.shared_settings(known) | secrets.own_settings(known, service)
