"""The gateway and four web servers over a municipality full of people, and every page in the hands of its readers."""

import itertools
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from benchmarks.http import answers
from benchmarks.load.pace import Ask
from benchmarks.place import Place, wait_until
from deploy import access
from deploy.local import gateway
from deploy.local import place as local
from shared.config import Settings
from shared.events import INTAKE, SERVICES
from shared.sessions import COOKIE
from tests.browser import cookie_for, person
from tests.conftest import World
from tests.municipality import Municipality, known_as, settled
from tests.screens.screens import NO_PAGES, paths

# As many of each role take turns: nobody alone looks up thousands of people.
READERS = 40


@dataclass(frozen=True)
class House:
    """What is asked, and where."""

    place: Place
    port: int
    of: dict[str, list[list[Ask]]]

    @cached_property
    def pages(self) -> list[list[Ask]]:
        return [readers for pages in self.of.values() for readers in pages]

    def page(self, number: int) -> Ask:
        """Every page in turn, by its readers in turn."""
        readers = self.pages[number % len(self.pages)]
        return readers[number // len(self.pages) % len(readers)]


@contextmanager
def house(place: Place, citizens: int, companies: int) -> Iterator[House]:
    """Fills the database, and runs the web processes while the block does."""
    world = World(
        place.admin_url, place.amqp_url, {name: place.settings(name) for name in SERVICES}, dict(place.client_secrets)
    )
    with settled(world, citizens, companies) as municipality, web(place) as port:
        yield House(place, port, {service: list(_pages(municipality, service, port)) for service in SERVICES})


@contextmanager
def web(place: Place) -> Iterator[int]:
    """The gateway's port; behind it a web server for each service, of one process: two cores have no more to give."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        ground = local.Place(Path(folder))
        ground.make()
        ports = [ground.port(name) for name in (*(f"{service}-web" for service in SERVICES), "gateway")]
        for service, port in zip(SERVICES, ports, strict=False):
            command = ("-m", "gunicorn", "--config", "deploy/gunicorn.py", f"services.{service}:create_app()")
            size = {"WEB_PORT": str(port), "WEB_CONCURRENCY": "1"}
            running.enter_context(place.processes(command, **place.environments[service], **size))
        nginx = running.enter_context(subprocess.Popen([str(word) for word in gateway.command(ground)]))
        running.callback(nginx.terminate)
        for port in ports:
            wait_until(lambda port=port: answers(port), "gunicorn and nginx", 60, 0.1)
        yield ports[-1]


def _pages(municipality: Municipality, service: str, port: int) -> Iterator[list[Ask]]:
    settings = municipality.world.settings
    app = __import__(f"services.{service}", fromlist=["create_app"]).create_app(settings=settings[service])
    ids = municipality.ids[service]
    for door in access.doors(service, app):
        if door.method == "GET" and not NO_PAGES.search(door.rule):
            for path in paths(door, ids):
                headers = [_headers(settings[INTAKE], service, role, ids) for role in door.roles or ("front_desk",)]
                yield [Ask(door.rule, port, path, one) for one in itertools.chain(*zip(*headers, strict=True))]


def _headers(issuer: Settings, service: str, role: str, ids: dict[str, str]) -> list[dict[str, str]]:
    who: Callable[[], Any] = lambda: person(role, **known_as(service, role, ids))  # noqa: E731
    return [
        {"Cookie": f"{COOKIE}={cookie_for(issuer, who())}", "Host": issuer.public_url.split("://")[1]}
        for _ in range(READERS)
    ]
