"""RabbitMQ, through pika, here and nowhere else: the topology, and what goes over a line to it."""

import ssl
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

import pika
from pika.adapters.select_connection import IOLoop
from pika.credentials import ExternalCredentials
from pika.exceptions import AMQPError

from shared import envelope
from shared.events import SERVICES, heard_by

Loop: TypeAlias = IOLoop
EXCHANGE = "jobbutik.events"
DEAD_EXCHANGE = "jobbutik.dead"
# Never small: 4.x counts a crash against every unacknowledged message. Never -1: on 3.10 that drops at the first.
DELIVERY_LIMIT = 1_000_000

BrokerError = (AMQPError, OSError)


def queues(service: str, partitions: int) -> list[str]:
    """A listener's queues: one, or one for each partition."""
    name = f"jobbutik.{service}"
    return [name] if partitions == 1 else [f"{name}.{number}" for number in range(partitions)]


def dead_queue(service: str) -> str:
    """Where the broker itself puts what it gives up on."""
    return f"jobbutik.{service}.dead"


def _parameters(url: str) -> pika.URLParameters:
    parameters = pika.URLParameters(url)
    parameters.heartbeat = 5
    parameters.socket_timeout = 5
    parameters.stack_timeout = 5
    parameters.blocked_connection_timeout = None
    parameters.tcp_options = {
        "TCP_KEEPIDLE": 10,
        "TCP_KEEPINTVL": 5,
        "TCP_KEEPCNT": 3,
        "TCP_USER_TIMEOUT": 10_000,
    }
    return parameters


class _ByToken(ExternalCredentials):  # type: ignore[misc]  # the library has no types
    """Another's broker knows us by our certificate and a token."""

    def __init__(self, token: bytes) -> None:
        super().__init__()
        self._token = token

    def response_for(self, start: Any) -> tuple[str, bytes]:  # noqa: ARG002  the library's own signature
        """As ExternalCredentials."""
        return self.TYPE, self._token


def visit(url: str, *, tls: ssl.SSLContext | None = None, token: bytes = b"") -> Any:
    """A connection to another's broker for a short look; one try, three seconds for each step; raises BrokerError."""
    parameters = _parameters(url)
    parameters.connection_attempts = 1
    parameters.socket_timeout = parameters.stack_timeout = parameters.blocked_connection_timeout = 3
    if tls is not None:
        parameters.ssl_options, parameters.credentials = pika.SSLOptions(tls, parameters.host), _ByToken(token)
    return pika.BlockingConnection(parameters)


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


def connect(loop: Loop, url: str, opened: Callable[[Any], None], closed: Callable[[Any, Any], None]) -> Any:
    """Start connecting on the loop; `closed` is called, with the reason, also when that comes to nothing."""
    return pika.SelectConnection(
        _parameters(url),
        on_open_callback=opened,
        on_open_error_callback=closed,
        on_close_callback=closed,
        custom_ioloop=loop,
    )


class Message(NamedTuple):
    """What to publish, under a number of the caller's."""

    number: int
    kind: str
    partition_key: str
    body: bytes
    mandatory: bool


def publish(channel: Any, messages: Iterable[Message]) -> None:
    """All of them in order, in one write: pika makes three system calls of each message, half the relay's time."""
    connection, number = channel.connection, channel.channel_number
    frames = [frame for message in messages for frame in _frames(number, message, connection.params.frame_max)]
    connection._output_marshaled_frames([b"".join(frames)])  # noqa: SLF001  there is no public way to send a batch


def refuses(confirm: Any) -> bool:
    """True where the broker says that it did not take what this confirm is about."""
    return isinstance(confirm.method, pika.spec.Basic.Nack)


def _frames(channel: int, message: Message, frame_max: int) -> Iterator[bytes]:
    body, most = message.body, frame_max - 8
    about = properties(str(message.number), message.partition_key)
    yield _publish_frame(channel, message.kind, message.mandatory)
    yield pika.frame.Header(channel, len(body), about).marshal()
    for start in range(0, len(body), most):
        yield pika.frame.Body(channel, body[start : start + most]).marshal()


@lru_cache(maxsize=256)
def _publish_frame(channel: int, kind: str, mandatory: bool) -> bytes:
    method = pika.spec.Basic.Publish(exchange=EXCHANGE, routing_key=kind, mandatory=mandatory)
    return bytes(pika.frame.Method(channel, method).marshal())


class Delivery(NamedTuple):
    """A message as it came; `dead` when the broker had given it up."""

    tag: int
    redelivered: bool
    dead: bool
    body: bytes
    headers: dict[str, Any]
