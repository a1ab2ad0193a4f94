"""`/metrics`: what is measured is there, and nobody is in it; what the rules make of it is in test_alerts."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import text

from tests.house import ServiceUnderTest

FOLDER = Path(__file__).resolve().parents[2] / "deploy/monitoring"
RULES = {
    rule["alert"]: rule["expr"] for rule in yaml.safe_load((FOLDER / "alerts.yml").read_text())["groups"][0]["rules"]
}
Lines = dict[tuple[str, frozenset[tuple[str, str]]], float]
TOLD = """
import sys
from pathlib import Path
from prometheus_client import CollectorRegistry, generate_latest
from shared import traffic
registry = CollectorRegistry()
traffic.register(registry, Path(sys.argv[1]))
print(generate_latest(registry).decode())
"""


def lines(service: ServiceUnderTest) -> Lines:
    answer = service.app.test_client().get("/metrics")
    assert answer.status_code == 200
    found = {}
    for line in answer.text.splitlines():
        if line and not line.startswith("#"):
            name, labels, value = re.fullmatch(r"(\w+)\{(.*)\} (\S+)", line).groups()  # type: ignore[union-attr]
            found[name, frozenset(re.findall(r'(\w+)="([^"]*)"', labels))] = float(value)
    return found


def test_every_metric_that_a_rule_or_the_dashboard_names_exists(
    intake: ServiceUnderTest, matching: ServiceUnderTest, followup: ServiceUnderTest, notifications: ServiceUnderTest
) -> None:
    texts = [service.app.test_client().get("/metrics").text for service in (intake, matching, followup, notifications)]
    there = {name for shown in texts for name in re.findall(r"# TYPE (\w+)", shown)}
    panels = json.loads((FOLDER / "dashboard.json").read_text())["panels"]
    asked = [*RULES.values(), *(target["expr"] for panel in panels for target in panel["targets"])]
    named = {re.sub("_(bucket|sum|count)$", "", name) for expr in asked for name in re.findall(r"jobbutik_\w+", expr)}

    assert named - there == set()
    assert len(named) > 15


def test_requests_are_counted_by_outcome_and_time(intake: ServiceUnderTest) -> None:
    def of(found: Lines, name: str, **labels: str) -> float:
        return found[name, frozenset({"service": "intake", **labels}.items())]

    before = lines(intake)
    intake.browser("ops").get("/drift")
    intake.browser("ops").get("/ingenting")
    after = lines(intake)

    counted: dict[str, Any] = {
        outcome: of(after, "jobbutik_http_requests_total", outcome=outcome)
        - before.get(("jobbutik_http_requests_total", frozenset({("service", "intake"), ("outcome", outcome)})), 0)
        for outcome in ("2xx", "4xx")
    }
    assert counted == {"2xx": 1, "4xx": 1}
    assert of(after, "jobbutik_http_request_seconds_count") == of(
        after, "jobbutik_http_request_seconds_bucket", le="+Inf"
    )


def test_what_processes_count_is_told_together_and_stays_when_they_are_gone(tmp_path: Path) -> None:
    environ = os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    for seconds in ("0.01", "9.0"):
        counted = f"from shared import traffic; traffic.count('intake', 200, {seconds})"
        subprocess.run([sys.executable, "-c", counted], env=environ, check=True)

    told = subprocess.run(
        [sys.executable, "-c", TOLD, str(tmp_path)], env=environ, check=True, capture_output=True, text=True
    ).stdout

    assert 'jobbutik_http_requests_total{outcome="2xx",service="intake"} 2.0' in told
    assert 'jobbutik_http_request_seconds_bucket{le="0.05",service="intake"} 1.0' in told
    assert 'jobbutik_http_request_seconds_sum{service="intake"} 9.01' in told


def test_without_a_database_it_says_so(intake: ServiceUnderTest) -> None:
    intake.app  # noqa: B018  made while there is one
    intake.connection.execute(text("SAVEPOINT before"))
    intake.connection.execute(text("SET LOCAL search_path = pg_temp"))
    found = lines(intake)
    intake.connection.execute(text("ROLLBACK TO before"))

    assert found["jobbutik_ready", frozenset({("service", "intake")})] == 0
