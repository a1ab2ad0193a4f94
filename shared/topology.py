"""What stands in the broker: exchanges, queues and what leads where, and what each service's own user may do there."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from shared import envelope
from shared.events import SERVICES, heard_by

EXCHANGE = "jobbutik.events"
DEAD_EXCHANGE = "jobbutik.dead"
# Never small: 4.x counts a crash against every unacknowledged message. Never -1: on 3.10 that drops at the first.
DELIVERY_LIMIT = 1_000_000


class Exchange(NamedTuple):
    """A durable exchange."""

    name: str
    type: str
    arguments: dict[str, Any]


class Queue(NamedTuple):
    """A durable queue."""

    name: str
    arguments: dict[str, Any]


class Binding(NamedTuple):
    """From an exchange to a queue, or to another exchange."""

    source: str
    destination: str
    destination_type: str
    routing_key: str


@dataclass(frozen=True)
class Topology:
    """All of it, in an order in which it can be made."""

    exchanges: list[Exchange] = field(default_factory=list)
    queues: list[Queue] = field(default_factory=list)
    bindings: list[Binding] = field(default_factory=list)


class Rights(NamedTuple):
    """A broker user's patterns; `topics` are the kinds of events that it may tell, on each exchange for events."""

    configure: str
    write: str
    read: str
    topics: str


def queues(service: str, partitions: int) -> list[str]:
    """A listener's queues: one, or one for each partition."""
    name = f"jobbutik.{service}"
    return [name] if partitions == 1 else [f"{name}.{number}" for number in range(partitions)]


def dead_queue(service: str) -> str:
    """Where the broker itself puts what it gives up on."""
    return f"jobbutik.{service}.dead"


def again(service: str) -> str:
    """The exchange that leads to one listener alone, for what it is told again."""
    return f"jobbutik.{service}.again"


def whole(partitions: int) -> Topology:
    """The whole, from the table of who hears what."""
    made = Topology([Exchange(EXCHANGE, "topic", {}), Exchange(DEAD_EXCHANGE, "direct", {})])
    for service in SERVICES:
        _add_listener(made, service, partitions)
    return made


def _add_listener(made: Topology, service: str, partitions: int) -> None:
    names = queues(service, partitions)
    made.exchanges.append(Exchange(again(service), "topic", {}))
    made.queues.append(Queue(dead_queue(service), {"x-queue-type": "quorum"}))
    made.queues.extend(Queue(name, _arguments(service, partitions)) for name in names)
    made.bindings.append(Binding(DEAD_EXCHANGE, dead_queue(service), "queue", service))
    heard = [envelope.wire_type(event) for event in heard_by(service)]
    to, kind = (names[0], "queue") if partitions == 1 else (f"jobbutik.{service}", "exchange")
    if partitions > 1:
        made.exchanges.append(Exchange(to, "x-consistent-hash", {"hash-header": "partition"}))
        made.bindings.extend(Binding(to, name, "queue", "10") for name in names)
    made.bindings.extend(Binding(EXCHANGE, to, kind, key) for key in heard)
    made.bindings.append(Binding(again(service), to, kind, "#"))


def _arguments(service: str, partitions: int) -> dict[str, Any]:
    arguments: dict[str, Any] = {
        "x-queue-type": "quorum",
        "x-delivery-limit": DELIVERY_LIMIT,
        "x-dead-letter-exchange": DEAD_EXCHANGE,
        "x-dead-letter-routing-key": service,
        "x-dead-letter-strategy": "at-least-once",
        "x-overflow": "reject-publish",
    }
    return arguments | ({"x-single-active-consumer": True} if partitions > 1 else {})


def for_events() -> Iterator[str]:
    """The exchanges that services publish to."""
    yield EXCHANGE
    yield from map(again, SERVICES)


def rights(service: str) -> Rights:
    """It makes nothing and leads nothing anywhere; it tells its own kinds of events and reads its own queues."""
    told = "|".join(name.replace(".", r"\.") for name in for_events())
    own = rf"^jobbutik\.{service}(\.[0-9]+|\.dead)?$"
    return Rights("^$", f"^({told})$", own, rf"^dk\.jobbutik\.{service}\.")
