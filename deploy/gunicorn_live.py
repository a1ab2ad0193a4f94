"""gunicorn's settings for the process of live boards: one worker, a thread for each open board."""

from typing import Any

from deploy.gunicorn import *  # noqa: F403

workers = 1
threads = 300


def post_worker_init(worker: Any) -> None:
    """Open streams end when the worker is told to, and hold no restart up."""
    worker.app.wsgi().extensions["live"].ended = lambda: not worker.alive
