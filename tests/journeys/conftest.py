"""The suite that `make journeys` has started, whose clock the journeys move."""

import os
from datetime import date

import pytest

from tests.journeys.playing import Play


def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    """In the order of their time: whom several journeys meet is a stranger in the first of them only."""
    items.sort(key=lambda item: item.module.BEGINS if item.get_closest_marker("journeys") else date.min)


@pytest.fixture(scope="session")
def play() -> Play:
    """The running suite; each journey has a time of its own."""
    if "CLOCK_FILE" not in os.environ:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("no suite runs for these: `make journeys`")
    return Play.found()
