"""Matching's tests happen on Monday 2 November 2026 at ten, unless they move the clock themselves."""

from collections.abc import Iterator

import pytest

from shared import clock
from shared.database import Database
from tests.conftest import World
from tests.matching.factories import MONDAY


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock.moved_to(MONDAY):
        yield


@pytest.fixture
def committed(busy_world: World) -> Iterator[Database]:
    """A matching whose transactions commit."""
    database = Database(busy_world.settings["matching"])
    yield database
    database.close()
