"""A part of the play in a process of its own, at the other end of a queue."""

import multiprocessing
import os
import threading
from collections.abc import Callable
from queue import Empty, Full
from typing import Any

DAYS_AHEAD, LOOK_SECONDS = 40, 5.0


class Died(RuntimeError):
    """The other process has ended before it was through."""


class Beside:
    """Does `work`, a function of a module, with what it is given and the queue."""

    def __init__(self, work: Callable[..., None], *given: Any) -> None:
        beside = multiprocessing.get_context("spawn")
        self._queue: Any = beside.Queue(DAYS_AHEAD)
        self._process = beside.Process(target=_follow, args=(work, *given, self._queue), daemon=True)
        self._process.start()

    def put(self, told: Any) -> None:
        """Tells the other; waits while it is many days behind."""
        self._patiently(lambda: self._queue.put(told, timeout=LOOK_SECONDS))

    def get(self) -> Any:
        """What the other tells next; waits for it."""
        return self._patiently(lambda: self._queue.get(timeout=LOOK_SECONDS))

    def end(self) -> None:
        """When the other is through."""
        self._process.join()
        if self._process.exitcode:
            raise Died

    def stop(self) -> None:
        """At once, whatever is left."""
        self._process.kill()
        self._queue.cancel_join_thread()

    def _patiently(self, once: Callable[[], Any]) -> Any:
        while True:
            try:
                return once()
            except (Empty, Full):
                if not self._process.is_alive():
                    raise Died from None


def _follow(work: Callable[..., None], *given: Any) -> None:
    """Ends with whoever started it, however that ended."""
    threading.Thread(target=_outlive_nobody, daemon=True).start()
    work(*given)


def _outlive_nobody() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
