"""A user of the broker for each service (S49): on a broker of our own, made by what it reads at each start."""

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest
import requests
from pika.exceptions import ChannelClosedByBroker, ProbableAuthenticationError

from deploy.local import rabbitmq
from deploy.local.place import ROOT, Place
from shared import broker, topology
from shared.events import SERVICES

ACCESS_REFUSED = 403


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A RabbitMQ that has only ever read its definitions."""
    made = Place(tmp_path_factory.mktemp("broker"))
    made.make()
    # In a process of its own: the broker outlives whoever starts it.
    start = "import pathlib, sys; from deploy.local import place, rabbitmq;"
    start += "rabbitmq.start(place.Place(pathlib.Path(sys.argv[1])))"
    subprocess.run([sys.executable, "-c", start, str(made.run)], cwd=ROOT, check=True)
    yield made
    rabbitmq.stop(made)
    rabbitmq.erase(made)


def user(place: Place, service: str) -> str:
    password = json.loads(rabbitmq.passwords(place)["BROKER_PASSWORDS"])[service]
    return f"amqp://{service}:{password}@{rabbitmq.where(place)}"


def may(url: str, act: str, *arguments: object, **named: object) -> bool:
    """Whether the broker lets this user do it; a publish is only known to be taken by its confirm."""
    try:
        with broker.blocking_channel(url) as channel:
            getattr(channel, act)(*arguments, **named)
    except ChannelClosedByBroker as refusal:
        if refusal.reply_code != ACCESS_REFUSED:
            raise
        return False
    return True


@pytest.mark.parametrize("service", SERVICES)
def test_s49_a_service_reads_its_own_queues_and_nobody_elses(place: Place, service: str) -> None:
    url = user(place, service)
    readable = {
        name for other in SERVICES for name in (f"jobbutik.{other}", f"jobbutik.{other}.dead")
        if may(url, "basic_get", name)
    }  # fmt: skip
    purged = {other for other in SERVICES if may(url, "queue_purge", f"jobbutik.{other}")}

    assert readable == {f"jobbutik.{service}", f"jobbutik.{service}.dead"}
    assert purged == {service}


@pytest.mark.parametrize("service", SERVICES)
def test_s49_a_service_tells_its_own_events_and_nobody_elses(place: Place, service: str) -> None:
    url = user(place, service)
    exchanges = [exchange.name for exchange in topology.whole(1).exchanges]
    told = {
        (name, other) for name in (*exchanges, "", "amq.topic", "amq.fanout") for other in SERVICES
        if may(url, "basic_publish", name, f"dk.jobbutik.{other}.anything.v1", b"x")
    }  # fmt: skip

    assert told == {(name, service) for name in topology.for_events()}


@pytest.mark.parametrize("service", SERVICES)
def test_s49_a_service_makes_nothing_and_listens_nowhere_else(place: Place, service: str) -> None:
    url = user(place, service)

    assert not may(url, "queue_declare", f"jobbutik.{service}.9", durable=True)
    assert not may(url, "queue_declare", "", exclusive=True)
    assert not may(url, "exchange_declare", f"jobbutik.{service}.mine")
    assert not may(url, "queue_bind", f"jobbutik.{service}", topology.EXCHANGE, "#")
    assert not may(url, "queue_delete", f"jobbutik.{service}")
    assert not may(url, "exchange_delete", topology.EXCHANGE)


def test_s49_there_is_no_guest_and_a_service_cannot_ask_the_management(place: Place) -> None:
    api = f"http://127.0.0.1:{place.port('amqp-management')}/api"
    name, password = user(place, "intake").removeprefix("amqp://").split("@")[0].split(":")

    with (
        pytest.raises(ProbableAuthenticationError),
        broker.blocking_channel(f"amqp://guest:guest@{rabbitmq.where(place)}"),  # pragma: allowlist secret
    ):
        pass
    assert requests.get(f"{api}/queues", auth=(name, password), timeout=5).status_code == 401
    assert requests.get(f"{api}/users", auth=("guest", "guest"), timeout=5).status_code == 401


def test_what_the_broker_reads_is_all_that_a_worker_asks_for(place: Place) -> None:
    broker.declare(user(place, "followup"), 1)
    assert may(user(place, "followup"), "queue_purge", "jobbutik.followup")
    with broker.blocking_channel(user(place, "intake")) as channel:
        broker.send_to(channel, "followup", "dk.jobbutik.intake.x", "key", b"again")
        channel.basic_publish(topology.EXCHANGE, "dk.jobbutik.intake.citizen.registered.v1", b"first", mandatory=True)
    with broker.blocking_channel(user(place, "followup")) as channel:
        got = [channel.basic_get("jobbutik.followup", auto_ack=True)[2] for _ in range(2)]

    assert got == [b"again", b"first"]
