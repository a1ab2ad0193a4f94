"""Each alert rule is quiet before its cause and rings after it: a real service's figures, judged by promtool (S58)."""

import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml
from sqlalchemy import event, text

from deploy.local.place import Place
from services.notifications.use_cases import messages
from shared import clock
from tests.house import ServiceUnderTest
from tests.intake.test_figures import MONDAY as FIRST_MONDAY
from tests.intake.test_figures import at, comes
from tests.notifications import story
from tests.notifications.story import MONDAY

FOLDER = Path(__file__).resolve().parents[2] / "deploy/monitoring"
GROUP = yaml.safe_load((FOLDER / "alerts.yml").read_text())["groups"][0]
EVERY = {rule["alert"] for rule in GROUP["rules"]}
BEAT = (
    "INSERT INTO worker_beat (worker_index, at, progressed_at, broker_connected, waiting, oldest_seconds) "
    "VALUES (0, clock_timestamp(), clock_timestamp(), true, 0, NULL)"
)
LATE = "clock_timestamp() - interval '80 seconds'"
FAILED = (
    "INSERT INTO failed_delivery (event_id, listener, type, subject, body, error, tries, first_failed_at, "
    "last_failed_at, next_try_at) VALUES (gen_random_uuid(), 'x', 'x', 'Nancy', 'Berggren', 'x', 3, now(), now(), {})"
)
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
    # Every look reads the newest version, so a table of that name in front of it is an older one. What is not known
    # is newer, and does.
    "MigrationMissing": "CREATE TEMP TABLE alembic_version AS SELECT 'intake_0001'::text AS version_num",
    "DatabaseAway": "SET LOCAL search_path = pg_temp",
}  # fmt: skip
PUT_ASIDE = "INSERT INTO returned_mail (key, kind, tries, read_at) VALUES ('1.1', 'put_aside', 3, now())"
ELSEWHERE = {
    "NoSlotsLeft",
    "LegalLimitInDanger",
    "LettersWait",
    "LettersGivenUp",
    "ReturnedMailsPutAside",
    "ServerErrors",
    "PagesSlow",
    "ServiceAway",
}


def promtool() -> str:
    found = shutil.which("promtool")
    assert found, "promtool is missing: `make setup`, or install the package prometheus"
    return found


def scraped(service: ServiceUnderTest) -> dict[str, float]:
    """Each series of the service's figures, as Prometheus would keep it."""
    answer = service.app.test_client().get("/metrics")
    assert answer.status_code == 200
    lines = [line for line in answer.text.splitlines() if line and not line.startswith("#")]
    return {series: float(value) for series, value in (line.rsplit(" ", 1) for line in lines)}


def ringing(rule: str, before: dict[str, float], after: dict[str, float], folder: Path) -> tuple[bool, bool]:
    """Whether the rule rings in the hour while the figures are as before, and in the hour after."""
    first = {series: before.get(series, 0.0 if series.startswith("jobbutik_http") else None) for series in after}

    def grows(name: str) -> float:
        """A cause that lasts is counted on."""
        return after[name] - (first[name] or 0.0) if "_http_" in name else 0.0

    series = [
        {"series": name, "values": f"{'_x59' if was is None else f'{was}+0x59'} {after[name]}+{grows(name)}x90"}
        for name, was in first.items()
    ]
    series += [{"series": name, "values": f"{was}+0x59 _x91"} for name, was in before.items() if name not in after]
    asked = f'count(ALERTS{{alertname="{rule}",alertstate="firing"}})'

    def holds(moment: str, samples: list[dict[str, Any]]) -> bool:
        test = {
            "interval": "1m", "input_series": series,
            "promql_expr_test": [{"expr": asked, "eval_time": moment, "exp_samples": samples}],
        }  # fmt: skip
        file = folder / f"{rule}.yml"
        told = {"rule_files": [str(FOLDER / "alerts.yml")], "evaluation_interval": "1m", "tests": [test]}
        file.write_text(yaml.safe_dump(told), encoding="utf-8")
        done = subprocess.run([promtool(), "test", "rules", file], capture_output=True, text=True, check=False)
        assert "error" not in done.stderr.lower(), done.stderr
        return done.returncode == 0

    quiet = holds("58m", [])
    rang = any(holds(moment, [{"labels": "{}", "value": 1}]) for moment in ("63m", "75m", "125m"))
    return not quiet, rang


def test_s58_every_rule_has_a_cause_here() -> None:
    assert set(CAUSES) | ELSEWHERE == EVERY


@pytest.mark.parametrize("rule", sorted(CAUSES))
def test_s58_a_rule_rings_for_its_cause(intake: ServiceUnderTest, rule: str, tmp_path: Path) -> None:
    intake.app  # noqa: B018  made while there is a database
    intake.connection.execute(text("UPDATE outbox SET published_at = now()"))
    intake.connection.execute(text(BEAT))
    before = scraped(intake)
    intake.connection.execute(text("SAVEPOINT before"))
    intake.connection.execute(text(CAUSES[rule].replace("LATE", LATE)))
    after = scraped(intake)
    intake.connection.execute(text("ROLLBACK TO before"))

    assert ringing(rule, before, after, tmp_path) == (False, True)
    assert not [series for series in after if "Nancy" in series]


def test_s58_no_free_slot_and_a_legal_limit_that_is_near(intake: ServiceUnderTest, tmp_path: Path) -> None:
    comes(intake, 1, FIRST_MONDAY)
    with clock.moved_to(at(FIRST_MONDAY)):
        before = scraped(intake)
        comes(intake, 2, FIRST_MONDAY, full_until=date(2027, 1, 1))
        after = scraped(intake)

    assert ringing("NoSlotsLeft", before, after, tmp_path) == (False, True)
    assert ringing("LegalLimitInDanger", before, after, tmp_path) == (False, True)


def test_s58_errors_and_slow_answers(followup: ServiceUnderTest, tmp_path: Path) -> None:
    consultant = followup.browser("job_consultant")
    consultant.get("/opfoelgning")
    before = scraped(followup)
    followup.connection.execute(text("SAVEPOINT before"))
    followup.connection.execute(text("SET LOCAL search_path = pg_temp"))
    answers = {consultant.get("/opfoelgning").status_code // 100 for _ in range(40)}
    followup.connection.execute(text("ROLLBACK TO before"))
    errors = scraped(followup)
    with slow_database(followup):
        consultant.get("/opfoelgning")
    slow = scraped(followup)

    assert answers == {5}
    assert ringing("ServerErrors", before, errors, tmp_path) == (False, True)
    assert ringing("PagesSlow", errors, slow, tmp_path) == (False, True)


@contextmanager
def slow_database(service: ServiceUnderTest) -> Iterator[None]:
    """Every statement takes a quarter of a second longer."""

    def wait(connection: Any, *_rest: Any) -> None:
        connection.connection.cursor().execute("SELECT pg_sleep(0.25)")

    event.listen(service.connection, "before_cursor_execute", wait)
    yield
    event.remove(service.connection, "before_cursor_execute", wait)


def test_s58_letters_that_wait_were_given_up_or_came_back_unreadable(
    notifications: ServiceUnderTest, tmp_path: Path
) -> None:
    with clock.moved_to(MONDAY):
        before = scraped(notifications)
        notifications.hear(story.citizen(), story.visitation())
        with notifications.begin() as session:
            messages.find_addresses(session)
    with clock.moved_to(MONDAY + timedelta(minutes=20)):
        waiting = scraped(notifications)
        notifications.connection.execute(text("UPDATE message SET state = 'failed'"))
        given_up = scraped(notifications)
        notifications.connection.execute(text(PUT_ASIDE))
        put_aside = scraped(notifications)

    assert ringing("LettersWait", before, waiting, tmp_path) == (False, True)
    assert ringing("LettersGivenUp", before, given_up, tmp_path) == (False, True)
    assert ringing("ReturnedMailsPutAside", given_up, put_aside, tmp_path) == (False, True)


def test_s58_letters_that_rest_until_the_morning_wake_nobody(notifications: ServiceUnderTest, tmp_path: Path) -> None:
    with clock.moved_to(MONDAY.replace(hour=21)):
        notifications.hear(story.citizen(), story.visitation(starts_at=MONDAY + timedelta(days=2)))
        with notifications.begin() as session:
            messages.find_addresses(session)
    with clock.moved_to(MONDAY.replace(hour=23)):
        at_night = scraped(notifications)
    with clock.moved_to(MONDAY + timedelta(days=1)):
        still_there = scraped(notifications)

    assert ringing("LettersWait", at_night, still_there, tmp_path) == (False, True)


class Figures(BaseHTTPRequestHandler):
    """A service's figures, on a port that Prometheus finds."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; version=0.0.4")
        self.end_headers()
        self.wfile.write(b"jobbutik_ready 1\n")

    def log_message(self, *_arguments: object) -> None:
        """Nothing."""


def until_up_is(address: str, value: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with suppress(requests.ConnectionError):
            found = requests.get(f"{address}/api/v1/query", params={"query": "up"}, timeout=5).json()["data"]["result"]
            if [series["value"][1] for series in found] == [value]:
                return
        time.sleep(0.2)
    raise AssertionError(f"up is never {value}")


def test_s58_a_service_that_is_away(tmp_path: Path) -> None:
    place = Place(tmp_path)
    place.make()
    service, own = place.port("service"), place.port("prometheus")
    given = yaml.safe_load((FOLDER / "prometheus.yml").read_text())
    given["global"] = {"scrape_interval": "1s", "evaluation_interval": "1s"}
    given["rule_files"] = [str(FOLDER / "alerts.yml")]
    given["scrape_configs"][0]["static_configs"] = [{"targets": [f"127.0.0.1:{service}"]}]
    (tmp_path / "prometheus.yml").write_text(yaml.safe_dump(given))
    server = ThreadingHTTPServer(("127.0.0.1", service), Figures)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    command = [str(shutil.which("prometheus")), f"--config.file={tmp_path}/prometheus.yml", "--log.level=error",
               f"--storage.tsdb.path={tmp_path}/data", f"--web.listen-address=127.0.0.1:{own}"]  # fmt: skip
    process = subprocess.Popen(command)
    try:
        until_up_is(f"http://127.0.0.1:{own}", "1")
        server.shutdown()
        server.server_close()
        until_up_is(f"http://127.0.0.1:{own}", "0")
    finally:
        process.terminate()
        process.wait(30)
    seen = f'up{{job="jobbutik",instance="127.0.0.1:{service}"}}'

    assert ringing("ServiceAway", {seen: 1.0}, {seen: 0.0}, tmp_path) == (False, True)
