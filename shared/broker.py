"""RabbitMQ, through pika, here and nowhere else: making the topology, and what goes over a line to it."""

import ssl
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

import pika
from pika.adapters.select_connection import IOLoop
from pika.credentials import ExternalCredentials
from pika.exceptions import AMQPError, ChannelClosedByBroker

from shared import envelope, topology
from shared.topology import EXCHANGE, Topology

Loop: TypeAlias = IOLoop
BrokerError = (AMQPError, OSError)


# Until a connection stands. By the clock, which goes on while a busy machine has no turn for us: five seconds were too
# few there, again and again. A worker's line gives up sooner, by its own looks.
OPENING_SECONDS, LINE_OPENING_SECONDS = 15, 60


def _nodes(url: str, opening: int = OPENING_SECONDS) -> list[pika.URLParameters]:
    """One for each node that the address names: amqp://…@one,two,three:5672/vhost."""
    named = pika.URLParameters(url).host.split(",")
    return [_parameters(url, node, opening) for node in named]


def _parameters(url: str, node: str, opening: int) -> pika.URLParameters:
    parameters = pika.URLParameters(url)
    parameters.host = node
    if parameters.ssl_options is not None:
        parameters.ssl_options.server_hostname = node
    parameters.heartbeat = 5
    parameters.socket_timeout = 5
    parameters.stack_timeout = opening
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
    (parameters,) = _nodes(url)
    parameters.connection_attempts = 1
    parameters.socket_timeout = parameters.stack_timeout = parameters.blocked_connection_timeout = 3
    if tls is not None:
        parameters.ssl_options, parameters.credentials = pika.SSLOptions(tls, parameters.host), _ByToken(token)
    return pika.BlockingConnection(parameters)


@contextmanager
def blocking_channel(url: str) -> Iterator[Any]:
    """A channel with confirms for short work outside the loop: declaring, replaying, looking."""
    connection = pika.BlockingConnection(_nodes(url))
    try:
        channel = connection.channel()
        channel.confirm_delivery()
        yield channel
    finally:
        if connection.is_open:
            connection.close()


def declare(url: str, partitions: int) -> None:
    """The whole topology; a service's own user, which may not make it, only looks whether all of it is there."""
    whole = topology.whole(partitions)
    try:
        with blocking_channel(url) as channel:
            _make(channel, whole)
    except ChannelClosedByBroker as refusal:
        if refusal.reply_code != pika.spec.ACCESS_REFUSED:
            raise
        with blocking_channel(url) as channel:
            _look(channel, whole)


def _make(channel: Any, whole: Topology) -> None:
    for exchange in whole.exchanges:
        channel.exchange_declare(exchange.name, exchange.type, durable=True, arguments=exchange.arguments)
    for queue in whole.queues:
        channel.queue_declare(queue.name, durable=True, arguments=queue.arguments)
    for binding in whole.bindings:
        bind = channel.queue_bind if binding.destination_type == "queue" else channel.exchange_bind
        bind(binding.destination, binding.source, routing_key=binding.routing_key)


def _look(channel: Any, whole: Topology) -> None:
    for exchange in whole.exchanges:
        channel.exchange_declare(exchange.name, passive=True)
    for queue in whole.queues:
        channel.queue_declare(queue.name, passive=True)


def properties(message_id: str, partition_key: str) -> pika.BasicProperties:
    """Persistent, typed, and with the header that spreads subjects over partitions."""
    return pika.BasicProperties(
        content_type=envelope.CONTENT_TYPE,
        delivery_mode=2,
        message_id=message_id,
        headers={"partition": partition_key},
    )


def send_to(channel: Any, service: str, kind: str, key: str, body: bytes) -> None:
    """To one listener, past everybody else (for replay)."""
    channel.basic_publish(topology.again(service), kind, body, properties("replay", key), mandatory=True)


def connect(loop: Loop, url: str, turn: int, opened: Callable[[Any], None], closed: Callable[[Any, Any], None]) -> Any:
    """Start connecting on the loop, to the node whose turn it is.

    `closed` is called, with the reason, also when that comes to nothing.
    """
    nodes = _nodes(url, LINE_OPENING_SECONDS)
    return pika.SelectConnection(
        nodes[turn % len(nodes)],
        on_open_callback=opened,
        on_open_error_callback=closed,
        on_close_callback=closed,
        custom_ioloop=loop,
    )


def leave(connection: Any, channel: Any, reason: str) -> None:
    """End a connection; what it holds unacknowledged goes back to its queues before anybody else gets what is next."""
    if channel is not None:
        # pika would cancel each consumer first: whoever takes its place is given what is next at once, and what this
        # one holds comes back behind that.
        channel._cancelled.update(channel._consumers)  # noqa: SLF001  there is no public way to close without
    connection.close(320, reason)


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
