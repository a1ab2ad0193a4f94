"""From the outbox to the broker: take, publish the whole batch, mark when every confirm is in.

Rows in hand are row locks, not a state: a relay that dies leaves nothing to clean up. Two lanes take turns, so
that one batch is read and sent while the other waits for its confirms; both send on one channel, in order.
"""

import logging
import time
from typing import Any

import psycopg

from shared import outbox
from shared.broker import Publisher
from shared.events import BY_KIND, SUBSCRIPTIONS

BATCH = 500
STALL_SECONDS = 5.0
log = logging.getLogger(__name__)
_HEARD = {f"dk.jobbutik.{kind}" for kind, event in BY_KIND.items() if SUBSCRIPTIONS[event]}


class Lane:
    """One batch on its way, with the transaction that holds its rows."""

    def __init__(self, url: str) -> None:
        self._connection = psycopg.connect(url, autocommit=False)
        self.open: set[int] = set()
        self.safe: list[int] = []

    @property
    def busy(self) -> bool:
        """True while rows are held."""
        return bool(self.open or self.safe)

    def take(self) -> list[outbox.Waiting]:
        """The next batch, locked; nothing is held where nothing waits."""
        rows = outbox.take(self._connection, BATCH)
        if not rows:
            self._connection.rollback()
        self.open = {row.seq for row in rows}
        return rows

    def finish(self) -> None:
        """Mark what is safe; what was refused stays unpublished and is tried again."""
        outbox.mark(self._connection, self.safe)
        self._connection.commit()
        self.safe = []

    def give_up(self) -> None:
        """Let the rows go."""
        self.open, self.safe = set(), []
        if not self._connection.closed:
            self._connection.rollback()

    def close(self) -> None:
        """Closing the connection rolls back."""
        self._connection.close()


class Relay:
    """The outbox's side of the worker's loop."""

    def __init__(self, url: str, publisher: Publisher) -> None:
        self._publisher = publisher
        self._lanes = [Lane(url), Lane(url)]
        self._last_word = time.monotonic()
        self._refused = 0
        publisher.on_settled = self._settled

    def wake(self) -> None:
        """Something may be waiting: start what can be started."""
        if not self._publisher.is_open or self._publisher.blocked:
            return
        for lane in self._lanes:
            if not lane.busy:
                rows = lane.take()
                if not rows:
                    return
                self._last_word = time.monotonic()
                for row in rows:
                    self._publisher.publish(
                        row.seq, row.type, row.partition_key, row.body.encode(), mandatory=row.type in _HEARD
                    )

    def check_stall(self) -> None:
        """A paused broker says nothing at all: leave it when something is out and no word came for 5 s."""
        quiet = time.monotonic() - self._last_word
        if any(lane.busy for lane in self._lanes) and quiet > STALL_SECONDS and not self._publisher.blocked:
            log.error("no confirm for %.0f s, leaving this broker", quiet)
            self._publisher.leave()

    def lost(self) -> None:
        """The line is gone: everything unconfirmed goes again, and listeners know what they have seen."""
        for lane in self._lanes:
            lane.give_up()

    def close(self) -> None:
        for lane in self._lanes:
            lane.close()

    def _settled(self, seq: int, safe: bool) -> None:
        self._last_word = time.monotonic()
        lane = next((lane for lane in self._lanes if seq in lane.open), None)
        if lane is None:
            return
        lane.open.discard(seq)
        if safe:
            lane.safe.append(seq)
        else:
            self._refused += 1
            log.error("event refused by the broker or bound to nobody: outbox row %d", seq)
        if not lane.open:
            lane.finish()
            if not self._refused:
                self.wake()
            self._refused = 0


def oldest_unpublished(connection: psycopg.Connection[Any]) -> float:
    """Age in seconds of the oldest row still to be published, 0 where none waits."""
    row = connection.execute(
        "SELECT coalesce(extract(epoch FROM clock_timestamp() - min(recorded_at)), 0)"
        " FROM outbox WHERE published_at IS NULL"
    ).fetchone()
    return float(row[0]) if row else 0.0
