"""Celery's side of the comparison of listeners."""

import os
from typing import Any

import psycopg

from benchmarks.celery_app import celery_app
from benchmarks.peers import PROCESSES, QUEUES, take_effect

app = celery_app("benchmarks", QUEUES["celery"], task_reject_on_worker_lost=True, worker_concurrency=PROCESSES)
_connections: list[psycopg.Connection[Any]] = []


@app.task(name="handle")  # type: ignore[untyped-decorator]  # Celery has no types
def handle(envelope: dict[str, Any]) -> None:
    if not _connections:
        _connections.append(psycopg.connect(os.environ["DATABASE_URL"], autocommit=True))
    take_effect(_connections[0], envelope)
