"""`/metrics`: how the service and its workers are, for Prometheus. Counts, ages and codes; nobody in a label."""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from flask import Flask, Response, current_app, g, request
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from shared import health, steering, traffic
from shared.database import Database
from shared.lookups import NOBODY

OWN = ("/livez", "/readyz", "/metrics")
_RETRYING = text("SELECT count(*), coalesce(sum(tries), 0) FROM failed_delivery WHERE next_try_at IS NOT NULL")


class Figure(NamedTuple):
    """A gauge: each value stands under its labels; what is not known is left out."""

    name: str
    about: str
    values: Iterable[tuple[dict[str, str], float | None]]


Gauges = Callable[[Session], list[Figure]]


class _Told(Collector):
    """What was read for one answer, every value with its service."""

    def __init__(self, service: str, figures: Iterable[Figure]) -> None:
        self.service, self.figures = service, figures

    def collect(self) -> Iterator[GaugeMetricFamily]:
        for figure in self.figures:
            values = [(labels, value) for labels, value in figure.values if value is not None]
            family = GaugeMetricFamily(figure.name, figure.about, labels=["service", *(values[0][0] if values else ())])
            for labels, value in values:
                family.add_metric([self.service, *labels.values()], float(value))
            yield family


def _one(name: str, about: str, value: float | None) -> Figure:
    return Figure(name, about, [({}, value)])


def _of_the_service(state: dict[str, Any]) -> Iterator[Figure]:
    yield _one("jobbutik_ready", "1 while every check is fine", state["ready"])
    yield Figure("jobbutik_check", "each check of /readyz", [({"check": n}, ok) for n, ok in state["checks"].items()])
    if not state["checks"]["database"]:
        return
    yield _one("jobbutik_outbox_backlog", "events told and not published, 10,000 at most", state["outbox_backlog"])
    yield _one("jobbutik_outbox_oldest_seconds", "age of the oldest of them", state["outbox_oldest_seconds"] or 0)
    yield _one("jobbutik_inbox_waiting", "events told to this listener and not handled", state["inbox_waiting"])
    yield _one("jobbutik_inbox_oldest_seconds", "age of the oldest of them", state["inbox_oldest_seconds"] or 0)
    yield _one("jobbutik_dead_letters", "events given up that nobody has settled", state["dead_letters"])


def _of_its_workers(session: Session) -> Iterator[Figure]:
    retrying, tries = session.execute(_RETRYING).one()
    yield _one("jobbutik_deliveries_retrying", "events that failed and are tried again", retrying)
    yield _one("jobbutik_delivery_tries", "how often these were tried", tries)
    workers, jobs = steering.workers(session), steering.jobs(session)
    yield Figure(
        "jobbutik_worker_beats", "1 for a worker that beat lately", [(_index(row), row.beats) for row in workers]
    )
    yield Figure(
        "jobbutik_job_ran_timestamp_seconds", "when a job last ended well",
        [({"job": row.job}, row.ran_at.timestamp()) for row in jobs],
    )  # fmt: skip
    yield Figure("jobbutik_job_late", "1 for a job that missed its turn", [({"job": r.job}, r.late) for r in jobs])
    yield Figure("jobbutik_job_failing", "1 for a job that failed last", [({"job": r.job}, r.failing) for r in jobs])


def _index(row: Any) -> dict[str, str]:
    return {"worker": str(row.worker_index)}


def figures(database: Database, gauges: Gauges | None) -> list[Figure]:
    """All of them; those of the database are missing while it does not answer, and the check says so."""
    found = [*_of_the_service(health.state(database))]
    try:
        with database.begin(actor="metrics") as session:
            return [*found, *_of_its_workers(session), *(gauges(session) if gauges else [])]
    except SQLAlchemyError:
        return found


def register(app: Flask, service: str, gauges: Gauges | None) -> None:
    """What is asked about the service from inside: its health, its figures; and the counting of requests."""

    def metrics() -> Response:
        registry = CollectorRegistry()
        registry.register(_Told(service, figures(current_app.extensions["database"], gauges)))
        traffic.register(registry, current_app.extensions["settings"].prometheus_multiproc_dir)
        return Response(generate_latest(registry), content_type="text/plain; version=0.0.4; charset=utf-8")

    def count(answer: Response) -> Response:
        if request.path not in OWN and "began" in g:
            traffic.count(service, answer.status_code, time.perf_counter() - g.began)
        return answer

    health.register(app)
    metrics.allowed_roles, metrics.about = "public", NOBODY  # type: ignore[attr-defined]
    app.add_url_rule("/metrics", view_func=metrics)
    app.before_request(_begin)
    app.after_request(count)


def _begin() -> None:
    g.began = time.perf_counter()
