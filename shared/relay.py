"""From the outbox to the broker: take, publish the whole batch, mark when every confirm is in.

Rows in hand are row locks, not a state: a relay that dies leaves nothing to clean up. Two lanes take turns, so
that one batch is read and sent while the other waits for its confirms; both send on one channel, in order.
"""

import contextlib
import logging
from collections.abc import Collection

import psycopg

from shared import envelope, outbox, tracing
from shared.broker import Message
from shared.crew import HOLD
from shared.database import CONNECT
from shared.events import BY_KIND, SUBSCRIPTIONS
from shared.lines import Publisher

BATCH = 500
log = logging.getLogger(__name__)
_HEARD = {f"dk.jobbutik.{kind}" for kind, event in BY_KIND.items() if SUBSCRIPTIONS[event]}


class Lane:
    """One batch on its way, with the transaction that holds its rows."""

    def __init__(self, url: str) -> None:
        self._connection = psycopg.connect(url, autocommit=False, options=HOLD, **CONNECT)
        self.open: set[int] = set()
        self.safe: list[int] = []
        self.refused: list[int] = []
        self._spans: list[tracing.Span] = []

    @property
    def busy(self) -> bool:
        """True while rows are held."""
        return bool(self.open or self.safe or self.refused)

    @property
    def held(self) -> set[int]:
        """The rows in hand."""
        return self.open.union(self.safe, self.refused)

    def take(self, but: Collection[int]) -> list[outbox.Waiting]:
        """The next batch without what the other lane holds, locked; nothing is held where nothing can be taken."""
        rows = outbox.take(self._connection, BATCH, but)
        if not rows:
            self._connection.rollback()
        self.open = {row.seq for row in rows}
        if tracing.collects():
            self._spans = [
                tracing.begin(
                    f"tell {row.type.removeprefix(envelope.TYPE_PREFIX)}",
                    "PRODUCER",
                    envelope.traceparent(row.body.encode()),
                )
                for row in rows
            ]
        return rows

    def settle(self, seqs: set[int], safe: bool) -> bool:
        """The broker's word on some of the rows; True when it was the last that was missing."""
        mine = self.open & seqs
        self.open -= mine
        (self.safe if safe else self.refused).extend(mine)
        return bool(mine) and not self.open

    def finish(self) -> bool:
        """Mark what is safe; what was refused stays unpublished and is tried again. True when all was safe."""
        outbox.mark(self._connection, self.safe)
        self._connection.commit()
        all_safe = not self.refused
        if self.refused:
            log.error("%d events refused by the broker or bound to nobody", len(self.refused))
        self.safe, self.refused = [], []
        self._end_spans()
        return all_safe

    def give_up(self) -> None:
        """Let the rows go; a connection that is broken has done so already."""
        self.open, self.safe, self.refused = set(), [], []
        self._end_spans("not confirmed")
        with contextlib.suppress(psycopg.Error):
            self._connection.rollback()

    def _end_spans(self, error: str | None = None) -> None:
        for span in self._spans:
            span.end(error)
        self._spans = []

    def close(self) -> None:
        """Closing the connection rolls back."""
        self._connection.close()


class Relay:
    """The outbox's side of the worker's loop."""

    def __init__(self, url: str, publisher: Publisher) -> None:
        self._publisher = publisher
        self._lanes = [Lane(url), Lane(url)]

    def wake(self) -> None:
        """Something may be waiting: start what can be started."""
        if not self._publisher.is_open or self._publisher.blocked:
            return
        for lane, other in zip(self._lanes, reversed(self._lanes), strict=True):
            if not lane.busy:
                rows = lane.take(other.held)
                if not rows:
                    return
                self._publisher.publish(
                    [
                        Message(row.seq, row.type, row.partition_key, row.body.encode(), mandatory=row.type in _HEARD)
                        for row in rows
                    ]
                )

    def settled(self, seqs: list[int], safe: bool) -> None:
        """Called by the publisher. A lane ends when its last row is settled; refused rows wait for the next poll."""
        told = set(seqs)
        for lane in self._lanes:
            if lane.settle(told, safe) and lane.finish():
                self.wake()

    def lost(self) -> None:
        """The line is gone: everything unconfirmed goes again, and listeners know what they have seen."""
        for lane in self._lanes:
            lane.give_up()

    def close(self) -> None:
        for lane in self._lanes:
            lane.close()
