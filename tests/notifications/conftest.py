"""Notifications with a real SMTP server beside it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from tests.conftest import World
from tests.notifications.post import Catcher, NotificationsUnderTest


@pytest.fixture
def catcher() -> Iterator[Catcher]:
    kept = Catcher()
    kept.start()
    yield kept
    kept.stop()


@pytest.fixture
def post(world: World, engines: dict[str, Engine], catcher: Catcher) -> Iterator[NotificationsUnderTest]:
    with engines["notifications"].connect() as connection, connection.begin() as outer:
        under_test = NotificationsUnderTest(world.settings, "notifications", world.client_secrets, connection)
        under_test.use(catcher)
        yield under_test
        outer.rollback()
