"""A listener in a process of its own, where nobody waits for what it does: the letters' side of the play."""

import importlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from demo.town.beside import Beside
from shared import clock
from shared.broker import Delivery
from shared.config import Settings
from shared.database import Database
from shared.handling import Handling


class Post:
    """Hears batch after batch, each at its moment."""

    def __init__(self, settings: Settings) -> None:
        self._other = Beside(_hear, settings)
        self.hears = True

    def hear(self, at: datetime, bodies: Sequence[bytes]) -> None:
        """When its turn comes; waits while the other is many days behind."""
        self._other.put((at, bodies))

    def end(self) -> None:
        """When all of it is heard."""
        self._other.put(None)
        self._other.end()
        self.hears = False

    def stop(self) -> None:
        """At once, whatever is left."""
        self._other.stop()


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
