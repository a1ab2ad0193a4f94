"""The outbox's rows, and what a service's database role may not do to its own and to others' tables."""

from datetime import UTC, datetime
from uuid import uuid4

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import Engine, text

from shared.events import SERVICES, CitizenRegistered
from shared.outbox import record
from tests.conftest import World
from tests.house import ServiceUnderTest

OTHERS = [(service, other) for service in SERVICES for other in SERVICES if other != service]


def citizen() -> CitizenRegistered:
    return CitizenRegistered(
        citizen_id=uuid4(), municipality_code="0219", language="da", interpreter=False, digital_post_exempt=False,
        protected=False,
    )  # fmt: skip


def test_event_and_change_stand_or_fall_together(intake: ServiceUnderTest) -> None:
    def change_of_mind() -> None:
        with intake.begin() as session:
            record(session, citizen())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_of_mind()
    assert intake.envelopes() == []

    with intake.begin() as session:
        record(session, citizen())
    assert len(intake.envelopes()) == 1


def test_row_carries_type_partition_and_the_subjects_version(intake: ServiceUnderTest) -> None:
    event = citizen()
    with intake.begin() as session:
        record(session, event, 3)

    row = intake.connection.execute(text("SELECT type, partition_key, published_at FROM outbox")).one()
    assert tuple(row) == ("dk.jobbutik.intake.citizen.registered.v1", str(event.citizen_id), None)
    written = intake.envelopes()[0]
    assert (written["subject"], written["subjectversion"]) == (str(event.citizen_id), 3)
    assert datetime.fromisoformat(written["time"]).tzinfo == UTC


def test_events_of_one_transaction_keep_their_order(intake: ServiceUnderTest) -> None:
    events = [citizen() for _ in range(20)]
    with intake.begin() as session:
        for event in events:
            record(session, event)

    assert [told.citizen_id for told in intake.told()] == [event.citizen_id for event in events]


def refused(world: World, service: str, statement: str) -> None:
    with psycopg.connect(world.settings[service].database_url) as connection, pytest.raises(InsufficientPrivilege):
        connection.execute(statement.encode())


@pytest.mark.parametrize(("service", "other"), OTHERS, ids=lambda name: name)
def test_role_is_refused_by_every_table_of_the_others(
    world: World, engines: dict[str, Engine], service: str, other: str
) -> None:
    with engines[other].connect() as connection:
        tables = connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = :s"), {"s": other}).all()

    assert len(tables) > 9
    for table in tables:
        refused(world, service, f'SELECT FROM {other}."{table}"')
    refused(world, service, f"CREATE TABLE {other}.mine (id int)")


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (id int)",
        "CREATE TABLE public.mine (id int)",
        "DROP TABLE audit",
        "ALTER TABLE audit DISABLE TRIGGER ALL",
        "TRUNCATE audit",
        "DELETE FROM audit",
        "UPDATE audit SET actor = 'nobody'",
        "INSERT INTO audit (actor, table_name, row_id, verb, changes) VALUES ('x', 'x', 'x', 'x', 'null')",
        "UPDATE alembic_version SET version_num = 'x'",
        "DROP TRIGGER wake ON outbox",
        "CREATE OR REPLACE FUNCTION audit_row() RETURNS trigger LANGUAGE sql AS ''",
        "CREATE ROLE another",
        "SET ROLE {service}_owner",
        "ALTER TABLE outbox ADD COLUMN more int",
    ],
)
def test_role_cannot_change_what_it_runs_on(world: World, service: str, statement: str) -> None:
    refused(world, service, statement.format(service=service))
