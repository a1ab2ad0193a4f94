"""Celery as its manual sets it up for work that must not be lost: late acknowledgement, confirms, a quorum queue."""

import os
from typing import Any

from celery import Celery

# Celery and kombu ship without types, hence the ignore here and the ones below.
from kombu import Exchange, Queue  # type: ignore[attr-defined]


def celery_app(name: str, queue: str, **settings: Any) -> Celery:
    """One application with one durable queue, on the broker of AMQP_URL."""
    exchange = Exchange(queue, "direct")  # type: ignore[no-untyped-call]
    quorum = {"x-queue-type": "quorum"}
    waiting = Queue(queue, exchange, queue, durable=True, queue_arguments=quorum)  # type: ignore[no-untyped-call]
    app = Celery(name, broker=os.environ.get("AMQP_URL"))
    app.conf.update(
        task_acks_late=True,
        task_ignore_result=True,
        task_serializer="json",
        worker_prefetch_multiplier=50,
        worker_hijack_root_logger=False,
        broker_transport_options={"confirm_publish": True},
        task_queues=[waiting],
        task_default_queue=queue,
        task_default_exchange=queue,
        task_default_routing_key=queue,
        worker_detect_quorum_queues=True,
        worker_enable_remote_control=False,
        worker_send_task_events=False,
        **settings,
    )
    return app
