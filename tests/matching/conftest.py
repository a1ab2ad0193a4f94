"""Matching's tests happen on Monday 2 November 2026 at ten, unless they move the clock themselves."""

from collections.abc import Iterator

import pytest

from shared import clock
from tests.matching.factories import MONDAY


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock.moved_to(MONDAY):
        yield
