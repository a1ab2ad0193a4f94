"""The worker's two lines to the broker, one that publishes and one that consumes; both mend themselves.

They are two connections: a broker that raises its memory or disk alarm stops reading from publishers, and
acknowledgements must not stand behind that. Both live on the worker's one loop.
"""

import logging
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from shared import broker, topology
from shared.broker import Delivery, Loop, Message

PREFETCH = 600
STALL_LOOKS = 5
# A broker as busy as we are is slow to greet: each greeting that does not come in time gives the next one longer.
MOST_LOOKS = 20
# Another node may be there at once; a broker that is away is asked less and less often.
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.1, 1.0
# Workers that lost the same broker do not all come back at one moment.
SPREAD = 0.3
# Longer than all of them take to see that one more has come, and to let go.
STANDBY_SECONDS = 6.0
NOT_FOUND = 404
log = logging.getLogger(__name__)


class _Line:
    """A connection on the worker's loop that comes back by itself."""

    def __init__(self, loop: Loop, url: str, partitions: int) -> None:
        self.loop = loop
        self.blocked = False
        self._url, self._partitions = url, partitions
        self._connection: Any = None
        self._channel: Any = None
        self._closing = False
        self._topology_gone = False
        # Which node it begins at is any.
        self._turn, self._pause = random.getrandbits(16), FIRST_PAUSE_SECONDS
        self._heard, self._silent_looks, self._greeting_looks = False, 0, STALL_LOOKS
        self.on_open: Callable[[], object] = lambda: None
        self.on_lost: Callable[[], object] = lambda: None

    @property
    def is_open(self) -> bool:
        """True while there is a channel to speak on."""
        return self._channel is not None and bool(self._channel.is_open)

    def connect(self) -> None:
        """Start connecting; opens a channel when the broker answers, tries again when it does not."""
        if self._closing or self._connection is not None:
            return
        try:
            if self._topology_gone:
                broker.declare(self._url, self._partitions)
                self._topology_gone = False
        except broker.BrokerError:
            self._come_back()
            return
        self._connection = broker.connect(self.loop, self._url, self._turn, self._on_connection, self._on_closed)

    def check_stall(self) -> None:
        """Once a second: leave a broker that owes an answer, or its greeting, and has said nothing for some looks.

        Looks rather than seconds: while a slow handler or a busy machine holds the loop, answers wait in our socket.
        """
        owed = self.is_owed() if self.is_open else self._connection is not None
        if self.is_open:
            self._pause = FIRST_PAUSE_SECONDS
        if self._heard or not owed:
            self._silent_looks = 0
        else:
            self._silent_looks += 1
            if self._silent_looks >= (STALL_LOOKS if self.is_open else self._greeting_looks):
                log.error("no answer for %d s, leaving this broker", self._silent_looks)
                if not self.is_open:
                    self._greeting_looks = min(self._greeting_looks * 2, MOST_LOOKS)
                self.leave()
        self._heard = False

    def leave(self) -> None:
        """Drop a connection at once, answer or not; the next one goes to the next node."""
        left, channel, self._connection, self._channel = self._connection, self._channel, None, None
        self._silent_looks, self.blocked = 0, False
        if left is not None and left.is_open:  # one that is still opening pika ends by its own clock
            broker.leave(left, channel, "no answer in time")
        if not self._closing:
            self.lost()
            self._turn += 1
            self._come_back()

    def _come_back(self) -> None:
        spread = random.uniform(1 - SPREAD, 1 + SPREAD)  # noqa: S311  not a secret
        self.loop.call_later(self._pause * spread, self.connect)
        self._pause = min(self._pause * 2, LONGEST_PAUSE_SECONDS)

    def close(self) -> None:
        """For good."""
        self._closing = True
        self.leave()

    def _on_connection(self, connection: Any) -> None:
        if connection is not self._connection:
            connection.close()
            return
        connection.add_on_connection_blocked_callback(lambda *_: self._set_blocked(True))
        connection.add_on_connection_unblocked_callback(lambda *_: self._set_blocked(False))
        connection.channel(on_open_callback=self._on_channel)

    def _set_blocked(self, blocked: bool) -> None:
        self.blocked = blocked
        log.warning("broker alarm %s", "raised" if blocked else "cleared")

    def _on_closed(self, connection: Any, reason: Any) -> None:
        # A connection that was left closes in its own time, when another may already be at work.
        if connection is self._connection and not self._closing:
            log.warning("broker line lost: %s", type(reason).__name__)
            self.leave()

    def _on_channel(self, channel: Any) -> None:
        if channel.connection is not self._connection:
            return
        self._channel, self._silent_looks, self._greeting_looks = channel, 0, STALL_LOOKS
        channel.add_on_close_callback(self._on_channel_closed)
        channel.add_on_cancel_callback(lambda _frame: self._on_topology_gone())
        self.opened(channel)

    def _on_channel_closed(self, channel: Any, reason: Any) -> None:
        if channel is self._channel:
            if getattr(reason, "reply_code", 0) == NOT_FOUND:
                self._on_topology_gone()
            else:
                self.leave()

    def _on_topology_gone(self) -> None:
        log.error("queues or exchanges are gone from the broker, declaring them again")
        self._topology_gone = True
        self.leave()

    def is_owed(self) -> bool:
        """True while the broker owes an answer; may ask it for one."""
        raise NotImplementedError

    def opened(self, channel: Any) -> None:
        raise NotImplementedError

    def lost(self) -> None:
        """The connection is gone, and with it whatever was on its way."""
        self.on_lost()


class Publisher(_Line):
    """Pipelined publishing: send many, hear later which are safe.

    `on_settled(numbers, safe)` tells of each message once: safe when the broker confirmed that it is on disk in a
    queue, not safe when nobody is bound to it or the broker refused.
    """

    def __init__(self, loop: Loop, url: str, partitions: int) -> None:
        super().__init__(loop, url, partitions)
        self.on_settled: Callable[[list[int], bool], object] = lambda _numbers, _safe: None
        self._tag = 0
        self._waiting: dict[int, int] = {}
        self._returned: set[int] = set()

    def publish(self, messages: Sequence[Message]) -> None:
        """Send them, in order."""
        for message in messages:
            self._tag += 1
            self._waiting[self._tag] = message.number
        broker.publish(self._channel, messages)

    def opened(self, channel: Any) -> None:
        self._tag = 0
        channel.add_on_return_callback(self._on_return)
        channel.confirm_delivery(lambda frame: self._on_confirm(channel, frame), callback=lambda _frame: self.on_open())

    def is_owed(self) -> bool:
        return bool(self._waiting) and not self.blocked

    def lost(self) -> None:
        self._waiting.clear()
        self._returned.clear()
        super().lost()

    def _on_return(self, channel: Any, _method: Any, returned: Any, _body: bytes) -> None:
        if channel is self._channel:
            self._returned.add(int(returned.message_id))

    def _on_confirm(self, channel: Any, frame: Any) -> None:
        if channel is not self._channel:
            return  # of a line that was left: its numbers are given anew on this one
        self._heard = True
        method = frame.method
        tags: Iterable[int] = (method.delivery_tag,)
        if method.multiple:
            # In the order of sending, so the scan ends at the first that is not meant.
            tags = list(takewhile(lambda tag: tag <= method.delivery_tag, self._waiting))
        numbers = [self._waiting.pop(tag) for tag in tags if tag in self._waiting]
        refused = numbers if broker.refuses(frame) else self._returned.intersection(numbers)
        self._returned.difference_update(refused)
        if safe := [number for number in numbers if number not in refused]:
            self.on_settled(safe, True)
        if refused:
            self.on_settled(list(refused), False)


@dataclass(frozen=True)
class Share:
    """Which partitions a worker takes at once, and which it only stands by for."""

    own: list[str]
    standby: list[str]

    @classmethod
    def of(cls, service: str, partitions: int, index: int, count: int) -> "Share":
        names = topology.queues(service, partitions)
        own = [name for number, name in enumerate(names) if partitions == 1 or number % count == index % count]
        return cls(own, [name for name in names if name not in own])


class Consumer(_Line):
    """Deliveries of one listener, up to PREFETCH unacknowledged at a time from each queue."""

    def __init__(self, loop: Loop, url: str, service: str, partitions: int) -> None:
        super().__init__(loop, url, partitions)
        self.on_delivery: Callable[[Delivery], None] = lambda _delivery: None
        self._service, self._share = service, Share.of(service, partitions, 0, 1)
        self._asked = False
        self._ready: dict[str, int] = {}
        self._depths_owed: set[str] = set()

    def take(self, share: Share) -> None:
        """From now on these; with one queue for all there is nothing to share out."""
        self._share = share
        if self._partitions > 1 and self._connection is not None:
            self.leave()

    def acknowledge_through(self, tag: int) -> None:
        """This delivery and all before it are handled."""
        if self.is_open:
            self._channel.basic_ack(tag, multiple=True)

    def opened(self, channel: Any) -> None:
        self._asked = False
        self._ready.clear()
        self._depths_owed.clear()
        channel.basic_qos(prefetch_count=PREFETCH)
        self._consume(channel, topology.dead_queue(self._service), dead=True)
        for queue in self._share.own:
            self._consume(channel, queue)
        self.loop.call_later(STANDBY_SECONDS, lambda: self._stand_by(channel))
        self.on_open()

    def ready(self) -> int | None:
        """How many messages the broker still held in our own queues when it last said; asks it again."""
        if not self.is_open:
            return None
        if not self._depths_owed:
            self._depths_owed = set(self._share.own)
            for queue in self._share.own:
                self._channel.queue_declare(queue, passive=True, callback=self._on_depth)
        return sum(self._ready.values()) if len(self._ready) == len(self._share.own) else None

    def _on_depth(self, frame: Any) -> None:
        self._ready[frame.method.queue] = frame.method.message_count
        self._depths_owed.discard(frame.method.queue)

    def is_owed(self) -> bool:
        """Nothing tells a quiet queue from a dead line, so ask for something small."""
        if not self._asked:
            self._asked = True
            self._channel.basic_qos(prefetch_count=PREFETCH, callback=self._on_answer)
        return True

    def _on_answer(self, _frame: Any) -> None:
        self._asked, self._heard = False, True

    def _stand_by(self, channel: Any) -> None:
        if channel is self._channel and channel.is_open:
            for queue in self._share.standby:
                self._consume(channel, queue)

    def _consume(self, channel: Any, queue: str, *, dead: bool = False) -> None:
        def on_message(_channel: Any, method: Any, given: Any, body: bytes) -> None:
            self._heard = True
            if channel is self._channel:
                self.on_delivery(Delivery(method.delivery_tag, method.redelivered, dead, body, given.headers or {}))

        channel.basic_consume(queue, on_message)
