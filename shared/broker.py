"""RabbitMQ, through pika, here and nowhere else: the topology, and two lines that mend themselves.

The line that publishes and the line that consumes are two connections: a broker that raises its memory or disk
alarm stops reading from publishers, and acknowledgements must not stand behind that. Both live on the worker's
one loop.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import pika
from pika.adapters.select_connection import IOLoop
from pika.exceptions import AMQPError

from shared import envelope
from shared.events import SERVICES, heard_by

Loop: TypeAlias = IOLoop
EXCHANGE = "jobbutik.events"
DEAD_EXCHANGE = "jobbutik.dead"
PREFETCH = 600
RECONNECT_SECONDS = 1.0
STANDBY_SECONDS = 3.0
# Never small: 4.x counts a crash against every unacknowledged message. Never -1: on 3.10 that drops at the first.
DELIVERY_LIMIT = 1_000_000

BrokerError = (AMQPError, OSError)
log = logging.getLogger(__name__)


def queues(service: str, partitions: int) -> list[str]:
    """A listener's queues: one, or one for each partition."""
    name = f"jobbutik.{service}"
    return [name] if partitions == 1 else [f"{name}.{number}" for number in range(partitions)]


def dead_queue(service: str) -> str:
    """Where the broker itself puts what it gives up on."""
    return f"jobbutik.{service}.dead"


def _parameters(url: str) -> pika.URLParameters:
    parameters = pika.URLParameters(url)
    parameters.heartbeat = 10
    parameters.socket_timeout = 5
    parameters.blocked_connection_timeout = None
    parameters.tcp_options = {
        "TCP_KEEPIDLE": 10,
        "TCP_KEEPINTVL": 5,
        "TCP_KEEPCNT": 3,
        "TCP_USER_TIMEOUT": 10_000,
    }
    return parameters


@contextmanager
def blocking_channel(url: str) -> Iterator[Any]:
    """A channel with confirms for short work outside the loop: declaring, replaying, looking."""
    connection = pika.BlockingConnection(_parameters(url))
    try:
        channel = connection.channel()
        channel.confirm_delivery()
        yield channel
    finally:
        if connection.is_open:
            connection.close()


def declare(url: str, partitions: int) -> None:
    """The whole topology, from the table of who hears what; every worker does it before anything else."""
    with blocking_channel(url) as channel:
        channel.exchange_declare(EXCHANGE, "topic", durable=True)
        channel.exchange_declare(DEAD_EXCHANGE, "direct", durable=True)
        for service in SERVICES:
            _declare_listener(channel, service, partitions)


def _declare_listener(channel: Any, service: str, partitions: int) -> None:
    dead = dead_queue(service)
    channel.queue_declare(dead, durable=True, arguments={"x-queue-type": "quorum"})
    channel.queue_bind(dead, DEAD_EXCHANGE, routing_key=service)
    for queue in queues(service, partitions):
        arguments = {
            "x-queue-type": "quorum",
            "x-delivery-limit": DELIVERY_LIMIT,
            "x-dead-letter-exchange": DEAD_EXCHANGE,
            "x-dead-letter-routing-key": service,
            "x-dead-letter-strategy": "at-least-once",
            "x-overflow": "reject-publish",
        }
        if partitions > 1:
            arguments["x-single-active-consumer"] = True
        channel.queue_declare(queue, durable=True, arguments=arguments)
    heard = [envelope.wire_type(event) for event in heard_by(service)]
    if partitions == 1:
        for kind in heard:
            channel.queue_bind(queues(service, 1)[0], EXCHANGE, routing_key=kind)
        return
    spread = f"jobbutik.{service}"
    channel.exchange_declare(spread, "x-consistent-hash", durable=True, arguments={"hash-header": "partition"})
    for kind in heard:
        channel.exchange_bind(spread, EXCHANGE, routing_key=kind)
    for queue in queues(service, partitions):
        channel.queue_bind(queue, spread, routing_key="10")


def properties(message_id: str, partition_key: str) -> pika.BasicProperties:
    """Persistent, typed, and with the header that spreads subjects over partitions."""
    return pika.BasicProperties(
        content_type=envelope.CONTENT_TYPE,
        delivery_mode=2,
        message_id=message_id,
        headers={"partition": partition_key},
    )


def send_to(channel: Any, service: str, partitions: int, key: str, body: bytes) -> None:
    """Straight to one listener, past everybody else (for replay)."""
    exchange, routing = ("", queues(service, 1)[0]) if partitions == 1 else (f"jobbutik.{service}", key)
    channel.basic_publish(exchange, routing, body, properties("replay", key), mandatory=True)


class _Line:
    """A connection on the worker's loop that comes back by itself."""

    def __init__(self, loop: Loop, url: str) -> None:
        self.loop = loop
        self.blocked = False
        self._url = url
        self._connection: Any = None
        self._channel: Any = None
        self._closing = False

    @property
    def is_open(self) -> bool:
        """True while there is a channel to speak on."""
        return self._channel is not None and bool(self._channel.is_open)

    def connect(self) -> None:
        """Start connecting; opens a channel when the broker answers, tries again when it does not."""
        if self._closing:
            return
        self._connection = pika.SelectConnection(
            _parameters(self._url),
            on_open_callback=self._on_connection,
            on_open_error_callback=self._on_closed,
            on_close_callback=self._on_closed,
            custom_ioloop=self.loop,
        )

    def leave(self) -> None:
        """Drop a connection that does not answer; the next one may reach another node."""
        self._channel = None
        if self._connection is not None and self._connection.is_open:
            self._connection.close(320, "no answer in time")

    def close(self) -> None:
        """For good."""
        self._closing = True
        self.leave()

    def _on_connection(self, connection: Any) -> None:
        connection.add_on_connection_blocked_callback(lambda *_: self._set_blocked(True))
        connection.add_on_connection_unblocked_callback(lambda *_: self._set_blocked(False))
        connection.channel(on_open_callback=self._on_channel)

    def _set_blocked(self, blocked: bool) -> None:
        self.blocked = blocked
        log.warning("broker alarm %s", "raised" if blocked else "cleared")

    def _on_closed(self, _connection: Any, reason: Any) -> None:
        self._channel, self.blocked = None, False
        if not self._closing:
            log.warning("broker line lost: %s", type(reason).__name__)
            self.lost()
            self.loop.call_later(RECONNECT_SECONDS, self.connect)

    def _on_channel(self, channel: Any) -> None:
        self._channel = channel
        channel.add_on_close_callback(lambda *_: self._connection.is_open and self._connection.close())
        self.opened(channel)

    def opened(self, channel: Any) -> None:
        raise NotImplementedError

    def lost(self) -> None:
        raise NotImplementedError


class Publisher(_Line):
    """Pipelined publishing: send many, hear later which are safe.

    `on_settled(number, safe)` is called for each message once: safe when the broker confirmed that it is on
    disk in a queue, not safe when nobody is bound to it or the broker refused.
    """

    def __init__(self, loop: Loop, url: str, on_open: Callable[[], None], on_lost: Callable[[], None]) -> None:
        super().__init__(loop, url)
        self.on_settled: Callable[[int, bool], None] = lambda _number, _safe: None
        self._on_open, self.lost = on_open, self._forget  # type: ignore[method-assign]
        self._on_lost = on_lost
        self._tag = 0
        self._waiting: dict[int, int] = {}
        self._returned: set[int] = set()
        self._oldest = 1

    def publish(self, number: int, kind: str, partition_key: str, body: bytes, *, mandatory: bool) -> None:
        """Send one message under a number of the caller's."""
        self._tag += 1
        self._waiting[self._tag] = number
        self._channel.basic_publish(EXCHANGE, kind, body, properties(str(number), partition_key), mandatory)

    def opened(self, channel: Any) -> None:
        self._tag, self._oldest = 0, 1
        channel.add_on_return_callback(self._on_return)
        channel.confirm_delivery(self._on_confirm, callback=lambda _frame: self._on_open())

    def _forget(self) -> None:
        self._waiting.clear()
        self._returned.clear()
        self._on_lost()

    def _on_return(self, _channel: Any, _method: Any, returned: Any, _body: bytes) -> None:
        self._returned.add(int(returned.message_id))

    def _on_confirm(self, frame: Any) -> None:
        method = frame.method
        acknowledged = isinstance(method, pika.spec.Basic.Ack)
        tags: Iterable[int] = (method.delivery_tag,)
        if method.multiple:
            tags = range(self._oldest, method.delivery_tag + 1)
            self._oldest = method.delivery_tag + 1
        for tag in tags:
            number = self._waiting.pop(tag, None)
            if number is not None:
                unroutable = number in self._returned
                self._returned.discard(number)
                self.on_settled(number, acknowledged and not unroutable)


@dataclass(frozen=True)
class Share:
    """Which partitions a worker takes at once, and which it only stands by for."""

    own: list[str]
    standby: list[str]

    @classmethod
    def of(cls, service: str, partitions: int, index: int, count: int) -> "Share":
        names = queues(service, partitions)
        own = [name for number, name in enumerate(names) if partitions == 1 or number % count == index % count]
        return cls(own, [name for name in names if name not in own])


class Delivery(NamedTuple):
    """A message as it came; `dead` when the broker had given it up."""

    tag: int
    redelivered: bool
    dead: bool
    body: bytes
    headers: dict[str, Any]


class Consumer(_Line):
    """Deliveries of one listener, up to PREFETCH unacknowledged at a time."""

    def __init__(self, loop: Loop, url: str, service: str, share: Share) -> None:
        super().__init__(loop, url)
        self.on_delivery: Callable[[Delivery], None] = lambda _delivery: None
        self.on_lost: Callable[[], None] = lambda: None
        self._service, self._share = service, share

    def acknowledge_through(self, tag: int) -> None:
        """This delivery and all before it are handled."""
        if self.is_open:
            self._channel.basic_ack(tag, multiple=True)

    def opened(self, channel: Any) -> None:
        channel.basic_qos(prefetch_count=PREFETCH)
        self._consume(channel, dead_queue(self._service), dead=True)
        for queue in self._share.own:
            self._consume(channel, queue)
        self.loop.call_later(STANDBY_SECONDS, lambda: self._stand_by(channel))

    def _stand_by(self, channel: Any) -> None:
        if channel.is_open:
            for queue in self._share.standby:
                self._consume(channel, queue)

    def _consume(self, channel: Any, queue: str, *, dead: bool = False) -> None:
        def on_message(_channel: Any, method: Any, given: Any, body: bytes) -> None:
            self.on_delivery(Delivery(method.delivery_tag, method.redelivered, dead, body, given.headers or {}))

        channel.basic_consume(queue, on_message)

    def lost(self) -> None:
        self.on_lost()
