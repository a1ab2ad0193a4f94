"""The broker gone, silent, or without a place for an event: the outbox waits, and flow returns by itself."""

import os
import signal
import subprocess
import sys
from urllib.parse import urlsplit

import pytest

from deploy.local import rabbitmq
from deploy.local.place import Place
from shared import broker, envelope, topology
from shared.events import FOLLOWUP, INTAKE, SUBSCRIPTIONS, CitizenChannelsChanged, CitizenRegistered
from shared.outbox import record
from tests.faults.conftest import ROOT, Bus, citizen, eventually
from tests.faults.relay import TcpRelay

pytestmark = pytest.mark.faults


def test_broker_out_of_reach_during_a_burst(bus: Bus, tcp_relay: TcpRelay, amqp_through: str) -> None:
    bus.pair(AMQP_URL=amqp_through)
    for number in range(12):
        bus.record(*(citizen() for _ in range(100)))
        if number % 4 == 1:
            tcp_relay.cut()
        if number % 4 == 3:
            tcp_relay.resume()

    assert bus.settled() < 10


def test_our_own_broker_killed_and_started_during_a_burst(bus: Bus) -> None:
    place = Place(ROOT / ".run" / "tests")
    port = urlsplit(bus.world.amqp_url).port
    pid = rabbitmq._node_pid(place)
    if pid is None or place.port("amqp") != port:
        pytest.skip("this broker is somebody else's")
    workers = bus.pair()
    bus.record(*(citizen() for _ in range(500)))
    os.kill(pid, signal.SIGKILL)
    eventually(lambda: rabbitmq._node_pid(place) is None, "the broker is gone")
    bus.record(*(citizen() for _ in range(500)))
    subprocess.run([sys.executable, "-m", "deploy.local", "servers"], cwd=ROOT, check=True, capture_output=True)
    bus.record(*(citizen() for _ in range(500)))

    assert bus.settled(30) < 15
    assert [worker.poll() for worker in workers] == [None, None]


def test_relay_leaves_a_broker_that_has_fallen_silent(bus: Bus, tcp_relay: TcpRelay, amqp_through: str) -> None:
    bus.start(FOLLOWUP)
    bus.start(INTAKE, AMQP_URL=amqp_through)
    tcp_relay.swallow()
    bus.record(*(citizen() for _ in range(100)))

    assert 4 < bus.settled() < 10


def test_relay_goes_to_another_node_while_one_stands_still(bus: Bus, tcp_relay: TcpRelay, amqp_through: str) -> None:
    broker_at = urlsplit(bus.world.amqp_url)
    with TcpRelay(broker_at.hostname or "", broker_at.port or 0, ("127.0.0.2", tcp_relay.port)) as second:
        bus.start(FOLLOWUP)
        bus.start(INTAKE, AMQP_URL=amqp_through.replace("@127.0.0.1", "@127.0.0.1,127.0.0.2"))
        for node in (tcp_relay, second):
            node.pause()
            bus.record(*(citizen() for _ in range(100)))
            assert bus.settled() < 10
            node.resume()


def test_listener_leaves_a_broker_that_has_fallen_silent(bus: Bus, tcp_relay: TcpRelay, amqp_through: str) -> None:
    bus.start(INTAKE)
    bus.start(FOLLOWUP, AMQP_URL=amqp_through)
    before = tcp_relay.taken
    tcp_relay.swallow()
    bus.record(*(citizen() for _ in range(100)))

    assert eventually(lambda: tcp_relay.taken > before, "a new line", 9) > 4
    # What the broker had sent down the dead line it hands out again when it too has noticed: two heartbeats or three.
    assert bus.settled(40) < 25


def test_event_that_nobody_is_bound_to_waits_in_the_outbox(bus: Bus) -> None:
    bus.pair()
    with broker.blocking_channel(bus.world.amqp_url) as channel:
        for service in SUBSCRIPTIONS[CitizenRegistered]:
            queue = topology.queues(service, 1)[0]
            channel.queue_unbind(queue, topology.EXCHANGE, envelope.wire_type(CitizenRegistered))

    someone = citizen()
    bus.record(someone)
    with bus.intake.begin(actor="test") as session:
        reach = {"language": "da", "interpreter": False, "digital_post_exempt": False, "protected": False}
        record(session, CitizenChannelsChanged(citizen_id=someone.citizen_id, **reach), 2)
    eventually(lambda: len(bus.effects()) == 1, "what somebody is bound to passes by")
    assert bus.all("SELECT type FROM intake.outbox WHERE published_at IS NULL") == [
        ("dk.jobbutik.intake.citizen.registered.v1",)
    ]

    broker.declare(bus.world.amqp_url, 1)
    bus.settled()


def test_queue_deleted_under_the_workers_is_declared_again(bus: Bus) -> None:
    bus.pair()
    with broker.blocking_channel(bus.world.amqp_url) as channel:
        channel.queue_delete(topology.queues(FOLLOWUP, 1)[0])

    def listened_to() -> bool:
        try:
            with broker.blocking_channel(bus.world.amqp_url) as channel:
                found = channel.queue_declare(topology.queues(FOLLOWUP, 1)[0], passive=True)
                return bool(found.method.consumer_count)
        except broker.BrokerError:
            return False

    eventually(listened_to, "the listener is back", 10)
    bus.record(*(citizen() for _ in range(20)))
    bus.settled()
