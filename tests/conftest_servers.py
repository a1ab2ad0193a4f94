"""Finds the real PostgreSQL and RabbitMQ that the tests run against, once per session."""

import atexit
import functools
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]


@functools.cache
def servers() -> tuple[str, str]:
    """(administrator's database address, broker address): those named, else containers, else our own."""
    named = os.environ.get("TEST_DATABASE_URL"), os.environ.get("TEST_AMQP_URL")
    if named[0] and named[1]:
        return named[0], named[1]
    return _containers() if _engine_answers() else _private()


def _engine_answers() -> bool:
    import docker  # noqa: PLC0415  (slow, and needed only where no server is named)

    try:
        client = docker.from_env(timeout=5)
    except docker.errors.DockerException:
        return False
    try:
        return bool(client.ping())
    except (docker.errors.DockerException, OSError):
        return False
    finally:
        client.close()


def _containers() -> tuple[str, str]:
    from testcontainers.community.postgres import PostgresContainer  # noqa: PLC0415
    from testcontainers.community.rabbitmq import RabbitMqContainer  # noqa: PLC0415

    postgres = PostgresContainer("postgres:17", username="postgres", driver=None)
    postgres.with_command("postgres -c max_connections=300")
    rabbitmq = RabbitMqContainer("rabbitmq:4-management", username="jobbutik", password="jobbutik", vhost="jobbutik")
    rabbitmq.with_copy_into_container(ROOT / "deploy/broker/enabled_plugins", "/etc/rabbitmq/enabled_plugins")
    for container in (postgres, rabbitmq):
        _start(container)
    broker = f"{rabbitmq.get_container_host_ip()}:{rabbitmq.get_exposed_port(5672)}"
    return postgres.get_connection_url(), f"amqp://jobbutik:jobbutik@{broker}/jobbutik"  # pragma: allowlist secret


def _start(container: Any) -> None:
    atexit.register(container.stop)
    container.start()
    # Left open, the engine's connections fail whichever test the garbage collector runs in.
    container.get_docker_client().client.close()


def _private() -> tuple[str, str]:
    command = [sys.executable, "-m", "deploy.local", "servers"]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    exported = dict(line.removeprefix("export ").split("=", 1) for line in done.stdout.splitlines())
    if done.returncode == 0:
        return exported["TEST_DATABASE_URL"], exported["TEST_AMQP_URL"]
    words = "no PostgreSQL and RabbitMQ: set TEST_DATABASE_URL and TEST_AMQP_URL, start Docker, or `make setup`"
    if os.environ.get("CI") == "true":
        pytest.fail(words, pytrace=False)
    pytest.skip(words)
