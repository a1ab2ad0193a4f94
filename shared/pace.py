"""How much a worker takes at once, and how often it does what follows."""

import time
from collections.abc import Callable

BATCH = 200
# The broker's heartbeat, five seconds, is answered between two batches, also where a machine has little time for us.
BATCH_SECONDS = 2.0


def next_size(size: int, handled: int, seconds: float) -> int:
    """How many messages to take at once, after so many took so long."""
    if seconds > BATCH_SECONDS:
        return max(1, min(size, handled) // 2)
    return min(size * 2, BATCH) if handled == size else size


class NowAndThen:
    """Does what is asked for at once, but not again within so many seconds: what is asked meanwhile is done together.

    `call_later` takes seconds and what to call; all on one thread.
    """

    def __init__(
        self, call_later: Callable[[float, Callable[[], None]], object], what: Callable[[], object], every: float
    ) -> None:
        self._call_later, self._what, self._every = call_later, what, every
        self._asked, self._done_at = False, float("-inf")

    def ask(self) -> None:
        """Done as soon as may be."""
        if not self._asked:
            self._asked = True
            self._call_later(max(0.0, self._done_at + self._every - time.monotonic()), self._do)

    def _do(self) -> None:
        self._asked, self._done_at = False, time.monotonic()
        self._what()
