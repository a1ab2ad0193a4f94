"""gunicorn's settings for the process of live boards: one worker, a thread for each open board."""

from typing import Any

from deploy.gunicorn import *  # noqa: F403
from shared import live

workers = 1
threads = live.THREADS


def post_worker_init(worker: Any) -> None:
    """Streams hear what is told from here on; they end when the worker is told to, and hold no restart up."""
    app = worker.app.wsgi()
    app.extensions["live"].ended = lambda: not worker.alive
    live.listen(app)
