"""Real PostgreSQL and RabbitMQ for every test; a test's database changes are rolled back when it ends."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.engine import make_url

from deploy import secrets
from shared import config, migrate
from shared.config import Settings
from shared.database import engine_for
from shared.events import SERVICES
from tests.conftest_servers import servers
from tests.house import ServiceUnderTest

ROLE_PASSWORDS = {service: f"test-{service}" for service in SERVICES}


@dataclass(frozen=True)
class World:
    """Where the tests' servers are, and each service's settings and machine clients' secrets."""

    admin_url: str
    amqp_url: str
    settings: dict[str, Settings]
    client_secrets: dict[str, str]


def _settings(admin_url: str, amqp_url: str, known: dict[str, dict[str, str]]) -> dict[str, Settings]:
    made = {}
    for service in SERVICES:
        url = make_url(admin_url).set(username=service, password=ROLE_PASSWORDS[service])
        own = {
            "MODE": "test",
            "DATABASE_URL": url.render_as_string(hide_password=False),
            "AMQP_URL": amqp_url,
            "SMTP_URL": "smtp://127.0.0.1:1",
            "MAIL_FROM": "jobbutik@example.dk",
        }
        environ = (
            own | secrets.addresses(service) | secrets.shared_settings(known) | secrets.own_settings(known, service)
        )
        made[service] = config.read(service, environ)
    return made


@contextmanager
def new_world() -> Iterator[World]:
    """A database migrated from nothing, dropped at the end."""
    server_url, amqp_url = servers()
    name = f"jobbutik_test_{uuid4().hex[:8]}"
    server = engine_for(server_url, isolation_level="AUTOCOMMIT")
    admin_url = make_url(server_url).set(database=name).render_as_string(hide_password=False)
    admin = engine_for(admin_url)
    with server.connect() as alone:
        # Roles belong to the whole server, so two runs on it prepare them one after the other.
        alone.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": migrate.LOCK})
        try:
            alone.execute(text(f"CREATE DATABASE {name}"))
            for service in SERVICES:
                with admin.begin() as connection:
                    migrate.migrate(connection, service, ROLE_PASSWORDS[service])
        finally:
            alone.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": migrate.LOCK})
    admin.dispose()
    known = secrets.fresh()
    yield World(admin_url, amqp_url, _settings(admin_url, amqp_url, known), known["clients"])
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


@pytest.fixture(scope="session")
def world() -> Iterator[World]:
    """A database of this run's own, migrated from nothing, dropped at the end."""
    with new_world() as made:
        yield made


@pytest.fixture(scope="session")
def busy_world() -> Iterator[World]:
    """Another one, for tests that really commit."""
    with new_world() as made:
        yield made


@pytest.fixture(scope="session")
def sealed_world() -> Iterator[World]:
    """Another one, for tests that commit and then judge every trail as a whole: no test breaks one for good here."""
    with new_world() as made:
        yield made


@pytest.fixture(scope="session")
def engines(world: World) -> Iterator[dict[str, Engine]]:
    """One engine per service, as the service's own role."""
    made = {service: engine_for(world.settings[service].database_url) for service in SERVICES}
    yield made
    for engine in made.values():
        engine.dispose()


def _under_test(service: str, world: World, engines: dict[str, Engine]) -> Iterator[ServiceUnderTest]:
    with engines[service].connect() as connection, connection.begin() as outer:
        yield ServiceUnderTest(world.settings, service, world.client_secrets, connection)
        outer.rollback()


@pytest.fixture
def intake(world: World, engines: dict[str, Engine]) -> Iterator[ServiceUnderTest]:
    yield from _under_test("intake", world, engines)


@pytest.fixture
def matching(world: World, engines: dict[str, Engine]) -> Iterator[ServiceUnderTest]:
    yield from _under_test("matching", world, engines)


@pytest.fixture
def followup(world: World, engines: dict[str, Engine]) -> Iterator[ServiceUnderTest]:
    yield from _under_test("followup", world, engines)


@pytest.fixture
def notifications(world: World, engines: dict[str, Engine]) -> Iterator[ServiceUnderTest]:
    yield from _under_test("notifications", world, engines)


@pytest.fixture(scope="session")
def broker_to_ourselves() -> Iterator[None]:
    """Queues have fixed names, so test runs that use the broker take turns."""
    lock = Path(__file__).resolve().parents[1] / ".run" / "broker.lock"
    lock.parent.mkdir(exist_ok=True)
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


@pytest.fixture
def partitioned(world: World) -> dict[str, Settings]:
    """The services' settings with four partitions each."""
    return {service: replace(settings, partitions=4) for service, settings in world.settings.items()}
