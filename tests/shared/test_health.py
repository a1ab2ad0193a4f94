"""`/readyz`: which check fails is named, figures stand beside it, and no person is in it."""

from typing import Any

import pytest
from sqlalchemy import text

from shared import health
from tests.house import ServiceUnderTest

BEAT = (
    "INSERT INTO worker_beat (worker_index, at, progressed_at, broker_connected)"
    " SELECT 0, moment, moment, {1} FROM (SELECT clock_timestamp() - make_interval(secs => {0}) AS moment) AS beat"
)
NO_PROGRESS = "UPDATE worker_beat SET progressed_at = clock_timestamp() - interval '50 seconds'"
WAITING = (
    "INSERT INTO outbox (event_id, type, partition_key, body, recorded_at)"
    " VALUES (gen_random_uuid(), 'x', 'Nancy', 'Berggren', clock_timestamp() - make_interval(secs => {}))"
)


def ready(intake: ServiceUnderTest, *statements: str) -> tuple[int, dict[str, Any]]:
    for statement in statements:
        intake.connection.execute(text(statement))
    client = intake.call("GET", "/openapi.json", client=None)
    assert client.status_code == 200
    answer = intake._app.test_client().get("/readyz")
    return answer.status_code, answer.json


def test_service_whose_worker_beats_is_ready(intake: ServiceUnderTest) -> None:
    status, found = ready(intake, BEAT.format(1, "true"))

    assert (status, found["ready"]) == (200, True)
    assert set(found["checks"]) == {"database", "migrations", "worker", "progress", "broker", "outbox"}


@pytest.mark.parametrize(
    ("statements", "failing"),
    [
        ([], {"worker", "progress", "broker"}),
        ([BEAT.format(1, "true"), NO_PROGRESS], {"progress"}),
        ([BEAT.format(20, "true")], {"worker", "broker"}),
        ([BEAT.format(1, "false")], {"broker"}),
        ([BEAT.format(1, "true"), WAITING.format(60)], {"outbox"}),
    ],
)
def test_what_stands_still_is_named(intake: ServiceUnderTest, statements: list[str], failing: set[str]) -> None:
    status, found = ready(intake, *statements)

    assert status == 503
    assert {name for name, fine in found["checks"].items() if not fine} == failing
    assert "Nancy" not in str(found)
    assert "Berggren" not in str(found)


def test_young_backlog_is_counted_and_no_alarm(intake: ServiceUnderTest) -> None:
    status, found = ready(intake, BEAT.format(1, "true"), WAITING.format(1), WAITING.format(2))

    assert (status, found["outbox_backlog"]) == (200, 2)


def test_database_out_of_reach_is_named(intake: ServiceUnderTest) -> None:
    ready(intake, BEAT.format(1, "true"))
    intake.connection.execute(text("SAVEPOINT before"))
    intake.connection.execute(text("SET LOCAL search_path = pg_temp"))
    found = health.state(intake.database)
    intake.connection.execute(text("ROLLBACK TO before"))

    assert found == {"ready": False, "checks": {"database": False}}


def test_alive_needs_no_database(intake: ServiceUnderTest) -> None:
    ready(intake)

    assert intake._app.test_client().get("/livez").json == {"alive": True}


def test_code_from_before_an_upgrade_works_on_newer_tables_and_none_on_older() -> None:
    newest = health.expected_versions("intake")
    newer = ["intake_9999", *(version for version in newest if not version.startswith("intake"))]
    older = ["intake_0001", *newer[1:]]

    assert health.migrated("intake", newest)
    assert health.migrated("intake", newer)
    assert not health.migrated("intake", older)
    assert not health.migrated("intake", [*newer, "intake_0001"])
    assert not health.migrated("intake", newest[1:])
    assert not health.migrated("intake", None)
