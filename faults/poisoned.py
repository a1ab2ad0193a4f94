"""Run inside a worker's container in the place of `shared.worker`: the real worker, and people in whose events it dies.

Nothing in the product knows of it; the three ways to die are those that no handler can catch.
"""

import os
import signal
import sys
import threading
import time
from collections.abc import Sequence
from typing import Any

from shared import clock, config, logs, worker
from shared.events import CitizenRegistered

KILLS, LOOPS = "zu", "xh"
PATIENCE_SECONDS = 5.0
# F30: seconds that each event of them takes.
SLOW = float(os.environ.get("SLOW_SECONDS", "0"))


def poisoned(handler: Any) -> Any:
    """The handler, deadly for those two languages."""

    def handle(session: Any, batch: Sequence[Any]) -> None:
        time.sleep(SLOW * len(batch))
        for received in batch:
            language = getattr(received.event, "language", "")
            if language == KILLS:
                os.kill(os.getpid(), signal.SIGKILL)
            if language == LOOPS:
                threading.Timer(PATIENCE_SECONDS, os.kill, (os.getpid(), signal.SIGKILL)).start()
                time.sleep(60)
        handler(session, batch)

    return handle


def main() -> None:
    settings = config.read()
    logs.configure(settings.log_level, settings.service)
    clock.follow(settings.clock_file)
    made = worker.load(settings)
    handlers: Any = made._handling._handlers  # noqa: SLF001  from outside, so that the product has no hook
    made._handling._handlers = handlers | {CitizenRegistered: poisoned(handlers[CitizenRegistered])}  # noqa: SLF001
    signal.signal(signal.SIGTERM, lambda *_: made.stop())
    sys.stdout.write("poisoned worker\n")
    made.run()


if __name__ == "__main__":
    main()
