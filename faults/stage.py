"""Where a fault is played: the suite, its traffic, and the stop-watch."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import astuple
from datetime import UTC, datetime
from typing import Any

import psycopg

from faults import books
from faults.books import Found
from faults.engine import Engine, until
from faults.traffic import Traffic

QUIET_SECONDS = 1.0
PATIENCE_SECONDS = 120.0
# What is saved is told, what hears it tells the next, and that one writes a letter.
CHAIN = 3


class Stage:
    """One for a run; `figures` and `since`, its first moment, belong to the fault that is on."""

    def __init__(self, engine: Engine, traffic: Traffic, *, fast: bool) -> None:
        self.engine, self.traffic, self.fast = engine, traffic, fast
        self.figures: dict[str, Any] = {}
        self._since: dict[str, int] = {}
        self._began, self._first, self._dead = 0.0, 0, 0
        self.since = datetime.now(UTC)
        self._recoveries: list[float] = []
        self._tries: tuple[int, ...] = (0, 0, 0)

    def begin(self) -> None:
        """From a suite that is well."""
        self.settle()
        self.figures, self._recoveries = {}, []
        with self.engine.database() as connection:
            self._since, self._dead = books.numbers(connection), books.dead(connection)
        self.since = datetime.now(UTC)
        self._began, self._first = time.monotonic(), len(self.traffic.saved)
        self._tries = astuple(self.traffic.tries)

    def behind(self, through: dict[str, int] | None = None) -> float:
        """Seconds; a database that does not answer is behind for ever."""
        try:
            with self.engine.database() as connection:
                return books.behind(connection, self._since or books.numbers(connection), through)
        except psycopg.Error:
            return float("inf")

    def settle(self) -> bool:
        """Until nothing told is older than a second somewhere."""
        return until(lambda: self.behind() < QUIET_SECONDS, PATIENCE_SECONDS)

    def recovered(self, shows: Callable[[], bool] = lambda: True) -> float:
        """Seconds from now, when the fault was lifted, until writes are saved and nothing waits; kept as the worst.

        `shows` is what people must see again besides, of a service that no traffic goes to.
        """
        lifted = time.monotonic()
        until(lambda: self.traffic.saved_after(lifted) is not None, PATIENCE_SECONDS, 0.02)
        until(shows, PATIENCE_SECONDS)
        self.settle()
        took = time.monotonic() - lifted
        self._recoveries.append(took)
        return took

    def end(self) -> Found:
        """Settles, and opens the books on everything that was saved since `begin`."""
        ended = time.monotonic()
        saved = list(self.traffic.saved)[self._first :]
        well = self.settle() and all(self._all_heard() for _ in range(CHAIN))
        tries = [now - then for now, then in zip(astuple(self.traffic.tries), self._tries, strict=True)]
        with self.engine.database() as connection:
            found = books.reconciled(connection, saved, self._since)
        found.dead -= self._dead
        if not well:
            found.lost.append(f"something told was not heard within {PATIENCE_SECONDS:.0f} s")
        self.figures |= {
            "writes": len(saved), "events": found.events, "tries": tries[0], "failed_tries": tries[1],
            "traces": tries[2],
            "gap": round(self.traffic.longest_gap(self._began, ended), 2), "seconds": round(ended - self._began, 1),
        }  # fmt: skip
        if self._recoveries:
            self.figures["recovery"] = round(max(self._recoveries), 2)
        return found

    def _all_heard(self) -> bool:
        """Whatever has been told by now: the newest second counts too when the books are opened."""
        with self.engine.database() as connection:
            told = books.numbers(connection)
        return until(lambda: self.behind(told) == 0, PATIENCE_SECONDS)

    def sql(self, query: str) -> list[Any]:
        """What the administrator is told."""
        with self.engine.database() as connection:
            cursor = connection.execute(query.encode())
            return cursor.fetchall() if cursor.description else []

    def log(self, service: str) -> str:
        """What a container has said since this fault began: what it said of another is none of its business."""
        return self.engine.compose("logs", "--since", self.since.isoformat(), service)


def p95(values: Sequence[float]) -> float:
    """Of at least two."""
    return statistics.quantiles(values, n=20)[-1] if len(values) > 1 else values[0]
