"""`/metrics`: what is measured is there, nobody is in it, and each alert rule rings for a real cause."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import text

from tests.house import ServiceUnderTest

FOLDER = Path(__file__).resolve().parents[2] / "deploy/monitoring"
RULES = {
    rule["alert"]: rule["expr"] for rule in yaml.safe_load((FOLDER / "alerts.yml").read_text())["groups"][0]["rules"]
}
SIMPLE = re.compile(r'(\w+)(?:\{(\w+)="(\w+)"\})? (==|>) ([\d.]+)')
Lines = dict[tuple[str, frozenset[tuple[str, str]]], float]
BEAT = (
    "INSERT INTO worker_beat (worker_index, at, progressed_at, broker_connected, waiting, oldest_seconds) "
    "VALUES (0, clock_timestamp(), clock_timestamp(), true, 0, NULL)"
)
LATE = "clock_timestamp() - interval '80 seconds'"
FAILED = (
    "INSERT INTO failed_delivery (event_id, listener, type, subject, body, error, tries, first_failed_at, "
    "last_failed_at, next_try_at) VALUES (gen_random_uuid(), 'x', 'x', 'Nancy', 'Berggren', 'x', 3, now(), now(), {})"
)
TOLD = """
import sys
from pathlib import Path
from prometheus_client import CollectorRegistry, generate_latest
from shared import traffic
registry = CollectorRegistry()
traffic.register(registry, Path(sys.argv[1]))
print(generate_latest(registry).decode())
"""
CAUSES = {
    "WorkerSilent": "UPDATE worker_beat SET at = LATE",
    "WorkerStuck": "UPDATE worker_beat SET progressed_at = LATE",
    "BrokerAway": "UPDATE worker_beat SET broker_connected = false",
    "OutboxOld": "INSERT INTO outbox (event_id, type, partition_key, body, recorded_at) "
                 "VALUES (gen_random_uuid(), 'x', 'Nancy', 'Berggren', LATE)",
    "ListenerBehind": "UPDATE worker_beat SET waiting = 7, oldest_seconds = 90",
    "DeadLetters": FAILED.format("NULL"),
    "DeliveriesFail": FAILED.format("now()"),
    "JobLate": "INSERT INTO job_run VALUES ('forget_old', 10, LATE)",
    "JobFails": "INSERT INTO job_run VALUES ('forget_old', 3600, LATE, clock_timestamp(), 'KeyError')",
    "NoSlotsLeft": "SELECT 1",
}  # fmt: skip


def lines(service: ServiceUnderTest) -> Lines:
    answer = service.app.test_client().get("/metrics")
    assert answer.status_code == 200
    found = {}
    for line in answer.text.splitlines():
        if line and not line.startswith("#"):
            name, labels, value = re.fullmatch(r"(\w+)\{(.*)\} (\S+)", line).groups()  # type: ignore[union-attr]
            found[name, frozenset(re.findall(r'(\w+)="([^"]*)"', labels))] = float(value)
    return found


def rings(rule: str, found: Lines) -> bool:
    name, label, word, compared, limit = SIMPLE.fullmatch(RULES[rule]).groups()  # type: ignore[union-attr]
    values = [
        value for (known, labels), value in found.items() if known == name and (not label or (label, word) in labels)
    ]
    return any(value == float(limit) if compared == "==" else value > float(limit) for value in values)


@pytest.mark.parametrize("rule", sorted(CAUSES))
def test_s58_a_rule_rings_for_its_cause(intake: ServiceUnderTest, rule: str) -> None:
    intake.connection.execute(text("UPDATE outbox SET published_at = now()"))
    intake.connection.execute(text(BEAT))
    if rule != "NoSlotsLeft":
        assert not rings(rule, lines(intake))
    intake.connection.execute(text(CAUSES[rule].replace("LATE", LATE)))

    assert rings(rule, lines(intake))
    assert "Nancy" not in intake.app.test_client().get("/metrics").text


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
    assert rings("DatabaseAway", found)
