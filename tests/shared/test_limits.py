"""Limits: over several processes, whatever becomes of the request, and not round a window's corner."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from shared import clock, jobs, limits
from shared.database import Database
from shared.errors import TooMany
from shared.limits import Limit
from tests.conftest import World
from tests.house import ServiceUnderTest

FIVE = Limit("limit.test@2020-01-01", 5, 60)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def processes(busy_world: World) -> Iterator[list[Database]]:
    """Two of a service's processes: each with connections of its own, and nothing else between them."""
    made = [Database(busy_world.settings["intake"]) for _ in range(2)]
    yield made
    for database in made:
        database.close()


def passes(database: Database, limit: Limit, who: str) -> bool:
    try:
        limits.hit(database, limit, who)
    except TooMany:
        return False
    return True


def test_limit_holds_over_processes_and_threads(processes: list[Database]) -> None:
    who, answers = str(uuid4()), list[bool]()

    def knock(database: Database) -> None:
        for _ in range(4):
            answers.append(passes(database, FIVE, who))

    threads = [threading.Thread(target=knock, args=(database,)) for database in processes * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (answers.count(True), answers.count(False)) == (5, 11)


def test_try_counts_though_its_request_is_rolled_back(processes: list[Database]) -> None:
    who = str(uuid4())

    for _ in range(5):
        with processes[0].begin(actor="test") as session:
            limits.hit(session.info["database"], FIVE, who)
            session.rollback()

    assert not passes(processes[1], FIVE, who)


def test_nobody_gets_twice_as_much_at_the_corner_of_a_window(intake: ServiceUnderTest) -> None:
    with clock.moved_to(NOON + timedelta(seconds=58)):
        before = [passes(intake.database, FIVE, "x") for _ in range(5)]
    with clock.moved_to(NOON + timedelta(seconds=62)):
        after = [passes(intake.database, FIVE, "x") for _ in range(5)]

    assert (before, after) == ([True] * 5, [False] * 5)


def test_who_waits_as_told_gets_through(intake: ServiceUnderTest) -> None:
    with clock.moved_to(NOON + timedelta(seconds=20)):
        for _ in range(5):
            limits.hit(intake.database, FIVE, "x")
        with pytest.raises(TooMany) as refused:
            limits.hit(intake.database, FIVE, "x")

    assert 40 < refused.value.retry_after <= 53
    with clock.moved_to(NOON + timedelta(seconds=20 + refused.value.retry_after)):
        assert passes(intake.database, FIVE, "x")
    with clock.moved_to(NOON + timedelta(seconds=180)):
        assert [passes(intake.database, FIVE, "x") for _ in range(6)] == [True] * 5 + [False]


def test_looking_for_room_takes_none(intake: ServiceUnderTest) -> None:
    for _ in range(20):
        limits.require_room(intake.database, FIVE, "x")
    for _ in range(5):
        limits.hit(intake.database, FIVE, "x")

    with pytest.raises(TooMany):
        limits.require_room(intake.database, FIVE, "x")


def test_limits_and_names_do_not_share_room(intake: ServiceUnderTest) -> None:
    for _ in range(5):
        limits.hit(intake.database, FIVE, "x")

    assert passes(intake.database, FIVE, "y")
    assert passes(intake.database, Limit("limit.other@2020-01-01", 5, 60), "x")


def test_who_is_not_to_be_read_in_the_table(intake: ServiceUnderTest) -> None:
    limits.hit(intake.database, FIVE, "192.0.2.17")

    key = intake.connection.scalar(text("SELECT key FROM attempt"))

    assert len(key) == 64
    assert "192.0.2" not in key


def test_old_tries_are_forgotten(intake: ServiceUnderTest) -> None:
    limits.hit(intake.database, FIVE, "x")

    with clock.moved_to(clock.now() + timedelta(days=8)), intake.begin() as session:
        jobs.forget_old(session)

    assert intake.connection.scalar(text("SELECT count(*) FROM attempt")) == 0
