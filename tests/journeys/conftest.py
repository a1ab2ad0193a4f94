"""The suite that `make journeys` has started, whose clock the journeys move."""

import os

import pytest

from tests.journeys.playing import Play


@pytest.fixture(scope="session")
def play() -> Play:
    """The running suite; each journey has a time of its own."""
    if "CLOCK_FILE" not in os.environ:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("no suite runs for these: `make journeys`")
    return Play.found()
