"""Celery as its manual sets it up for work that must not be lost: late acknowledgement, confirms, a quorum queue."""

import os
from typing import Any

import psycopg
from celery import Celery

# Celery and kombu ship without types, hence the ignores below.
from kombu import Exchange, Queue  # type: ignore[attr-defined]

from benchmarks.peers import PROCESSES, QUEUES, take_effect

NAME = QUEUES["celery"]
QUEUE = Queue(  # type: ignore[no-untyped-call]
    NAME,
    Exchange(NAME, "direct"),  # type: ignore[no-untyped-call]
    NAME,
    durable=True,
    queue_arguments={"x-queue-type": "quorum"},
)
app = Celery("benchmarks", broker=os.environ.get("AMQP_URL"))
app.conf.update(
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_ignore_result=True,
    task_serializer="json",
    worker_prefetch_multiplier=50,
    worker_concurrency=PROCESSES,
    worker_hijack_root_logger=False,
    broker_transport_options={"confirm_publish": True},
    task_queues=[QUEUE],
    task_default_queue=NAME,
    task_default_exchange=NAME,
    task_default_routing_key=NAME,
    worker_detect_quorum_queues=True,
    worker_enable_remote_control=False,
    worker_send_task_events=False,
)
_connections: list[psycopg.Connection[Any]] = []


@app.task(name="handle")  # type: ignore[untyped-decorator]
def handle(envelope: dict[str, Any]) -> None:
    if not _connections:
        _connections.append(psycopg.connect(os.environ["DATABASE_URL"], autocommit=True))
    take_effect(_connections[0], envelope)
