"""A listener in a process of its own, where nobody waits for what it does: the letters' side of the play."""

import importlib
import multiprocessing
from collections.abc import Sequence
from datetime import datetime
from queue import Full
from typing import Any

from shared import clock
from shared.broker import Delivery
from shared.config import Settings
from shared.database import Database
from shared.handling import Handling

DAYS_AHEAD, LOOK_SECONDS = 40, 5.0


class Died(RuntimeError):
    """The other process has ended before it was through."""


class Post:
    """Hears batch after batch, each at its moment."""

    def __init__(self, settings: Settings) -> None:
        beside = multiprocessing.get_context("spawn")
        self._queue: Any = beside.Queue(DAYS_AHEAD)
        self._process = beside.Process(target=_hear, args=(settings, self._queue), daemon=True)
        self._process.start()
        self.hears = True

    def hear(self, at: datetime, bodies: Sequence[bytes]) -> None:
        """When its turn comes; waits while the other is many days behind."""
        self._put((at, bodies))

    def end(self) -> None:
        """When all of it is heard."""
        self._put(None)
        self._process.join()
        self.hears = False
        if self._process.exitcode:
            raise Died

    def stop(self) -> None:
        """At once, whatever is left."""
        self._process.kill()
        self._queue.cancel_join_thread()

    def _put(self, told: Any) -> None:
        while True:
            try:
                self._queue.put(told, timeout=LOOK_SECONDS)
            except Full:
                if not self._process.is_alive():
                    raise Died from None
            else:
                return


def deliveries(bodies: Sequence[bytes]) -> list[Delivery]:
    """As the broker would bring them."""
    return [Delivery(0, False, False, body, {}) for body in bodies]


def _hear(settings: Settings, queue: Any) -> None:
    consumer = importlib.import_module(f"services.{settings.service}.consumer")
    handling = Handling(Database(settings), consumer.HANDLERS)
    while (told := queue.get()) is not None:
        at, bodies = told
        with clock.moved_to(at):
            handling.handle(deliveries(bodies))
