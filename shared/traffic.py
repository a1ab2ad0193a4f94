"""Requests counted by outcome and by time, over all processes of a server.

A server of several processes names a folder in PROMETHEUS_MULTIPROC_DIR before this is imported (deploy/gunicorn.py);
every process writes a file of its own there, and what it counted stays when it is gone.
"""

from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics
from prometheus_client.multiprocess import MultiProcessCollector

disable_created_metrics()
BUCKETS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
_REQUESTS = Counter("jobbutik_http_requests", "requests by outcome", ("service", "outcome"), registry=None)
_SECONDS = Histogram(
    "jobbutik_http_request_seconds", "how long requests took", ("service",), buckets=BUCKETS, registry=None
)


def count(service: str, status: int, seconds: float) -> None:
    """One request, by this process."""
    _REQUESTS.labels(service, f"{status // 100}xx").inc()
    _SECONDS.labels(service).observe(seconds)


def register(registry: CollectorRegistry, folder: Path | None) -> None:
    """What all processes counted is told by that registry too; without a folder, what this one did."""
    if folder is not None:
        MultiProcessCollector(registry, str(folder))
        return
    registry.register(_REQUESTS)
    registry.register(_SECONDS)
