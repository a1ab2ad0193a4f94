"""Workers killed at the worst points: nothing is lost, and nothing happens twice."""

import random
import signal

import pytest
from sqlalchemy.exc import OperationalError

from shared.events import FOLLOWUP, INTAKE, CitizenRegistered
from tests.faults.conftest import Bus, citizen, eventually

pytestmark = pytest.mark.faults
KILLED = -signal.SIGKILL


def test_relay_killed_after_the_broker_took_the_events_and_before_it_marked_them(bus: Bus) -> None:
    bus.start(FOLLOWUP)
    dying = bus.start(INTAKE, FAULT="before mark")
    bus.record(*(citizen() for _ in range(50)))

    assert dying.wait(20) == KILLED
    eventually(lambda: len(bus.effects()) == 50, "what the broker had taken is handled")
    assert bus.unpublished() == 50

    bus.start(INTAKE)
    bus.settled()


def test_listener_killed_after_the_effect_and_before_the_acknowledgement(bus: Bus) -> None:
    bus.start(INTAKE)
    dying = bus.start(FOLLOWUP, FAULT="before acknowledgement")
    bus.record(*(citizen() for _ in range(50)))

    assert dying.wait(20) == KILLED
    committed = len(bus.effects())
    assert committed >= 1

    bus.start(FOLLOWUP)
    bus.settled()
    eventually(lambda: bus.queued() == 0, "the queue is empty")


def test_listener_killed_in_the_middle_of_its_transaction(bus: Bus) -> None:
    bus.start(INTAKE)
    dying = bus.start(FOLLOWUP, FAULT="before commit")
    bus.record(*(citizen() for _ in range(50)))

    assert dying.wait(20) == KILLED
    assert not bus.effects()

    bus.start(FOLLOWUP)
    bus.settled()


def test_both_killed_again_and_again_while_events_are_recorded(bus: Bus) -> None:
    seed = random.randrange(10**6)  # noqa: S311
    print(f"seed {seed}")
    dice = random.Random(seed)  # noqa: S311
    running = {service: bus.start(service) for service in (INTAKE, FOLLOWUP)}
    for _ in range(9):
        for _ in range(dice.randint(1, 6)):
            bus.record(*(citizen() for _ in range(dice.randint(1, 150))))
        victim = dice.choice((INTAKE, FOLLOWUP))
        running[victim].kill()
        running[victim].wait()
        running[victim] = bus.start(victim)

    bus.settled()


def test_event_that_kills_the_worker_dies_alone(bus: Bus) -> None:
    bus.start(INTAKE)
    innocent = [citizen() for _ in range(50)]
    poison = citizen(language="poison")
    bus.record(*innocent[:25], poison, *innocent[25:])
    ids = dict(bus.all("SELECT partition_key, event_id FROM intake.outbox"))
    poison_id, before = ids[str(poison.citizen_id)], {ids[str(one.citizen_id)] for one in innocent[:25]}
    eventually(lambda: bus.queued() == 51, "all wait in one window")

    deaths = 0
    while poison_id not in bus.dead():
        worker = bus.start(FOLLOWUP)
        eventually(lambda: worker.poll() is not None or poison_id in bus.dead(), "it dies, or gives the poison up")  # noqa: B023
        deaths += worker.poll() is not None
        assert deaths < 12
        if deaths == 4:  # those behind it may have come too late for its batch, and wait until it is given up
            assert before <= set(bus.effects())

    bus.settled(but=[poison_id])
    assert bus.dead() == {poison_id: "the worker died while handling this"}
    assert bus.all("SELECT * FROM followup.started_delivery") == []


def record_as_a_client_would(bus: Bus, people: list[CitizenRegistered]) -> None:
    """A try that meets a dying connection left nothing behind, and is made again."""
    for _ in range(5):
        try:
            bus.record(*people)
        except OperationalError:
            continue
        return
    pytest.fail("no try got through")


def test_database_connections_cut_again_and_again(bus: Bus) -> None:
    workers = bus.pair()
    for _ in range(5):
        record_as_a_client_would(bus, [citizen() for _ in range(100)])
        bus.admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE usename IN ('intake', 'followup') AND datname = current_database()"
        )

    bus.settled()
    assert [worker.poll() for worker in workers] == [None, None]
