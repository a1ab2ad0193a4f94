"""The house's and the services' migrations go up, down and up again, and leave nothing behind."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from alembic import command
from sqlalchemy import Connection, make_url, text

from shared import envelope, migrate
from shared.database import engine_for
from shared.events import SERVICES, CitizenUnitChanged
from tests.conftest import World

_COLUMNS = text("""
    SELECT table_name, column_name, data_type, is_nullable, collation_name FROM information_schema.columns
    WHERE table_schema = :schema ORDER BY 1, 2
""")
_FUNCTIONS = text("""
    SELECT proname, pg_get_function_arguments(oid), prosecdef, proconfig, prosrc FROM pg_proc
    WHERE pronamespace = cast(:schema AS regnamespace) ORDER BY 1
""")
_INDEXES = text("SELECT indexdef FROM pg_indexes WHERE schemaname = :schema ORDER BY 1")
_TRIGGERS = text("""
    SELECT pg_get_triggerdef(t.oid) FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = tgrelid
    WHERE c.relnamespace = cast(:schema AS regnamespace) AND NOT tgisinternal ORDER BY 1
""")


@pytest.fixture
def scratch(world: World) -> Iterator[Connection]:
    """An empty database of its own."""
    server, name = engine_for(world.admin_url, isolation_level="AUTOCOMMIT"), f"jobbutik_test_{uuid4().hex[:8]}"
    with server.connect() as alone:
        alone.execute(text(f"CREATE DATABASE {name}"))
        engine = engine_for(make_url(world.admin_url).set(database=name).render_as_string(hide_password=False))
        with engine.connect() as connection:
            yield connection
            connection.rollback()
        engine.dispose()
        alone.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


def state(connection: Connection, service: str) -> list[list[Any]]:
    queries = (_COLUMNS, _FUNCTIONS, _INDEXES, _TRIGGERS)
    return [[tuple(row) for row in connection.execute(query, {"schema": service})] for query in queries]


def move(connection: Connection, service: str, to: str) -> None:
    """As shared.migrate does it, but for the roles: those belong to the whole server, which other runs use too."""
    connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {service} AUTHORIZATION {service}_owner"))
    connection.execute(text(f"SET LOCAL ROLE {service}_owner"))
    connection.execute(text(f"SET LOCAL search_path = {service}"))
    step = command.upgrade if to == "heads" else command.downgrade
    step(migrate.alembic_config(connection, service), to)
    connection.execute(text("RESET ROLE"))


@pytest.mark.parametrize("to", ["base", "shared_0001", "shared_0002", "shared_0003"])
@pytest.mark.parametrize("service", SERVICES)
def test_down_and_up_again_is_as_before(scratch: Connection, service: str, to: str) -> None:
    move(scratch, service, "heads")
    before = state(scratch, service)
    move(scratch, service, to)
    below = state(scratch, service)
    move(scratch, service, "heads")

    assert below != before
    assert state(scratch, service) == before


@pytest.mark.parametrize("service", SERVICES)
def test_all_the_way_down_leaves_nothing(scratch: Connection, service: str) -> None:
    move(scratch, service, "heads")
    move(scratch, service, "base")
    columns, *rest = state(scratch, service)

    assert {column[0] for column in columns} == {"alembic_version"}
    assert rest[0] == rest[2] == []


def test_history_is_written_after_the_seals_are_taken_away(scratch: Connection) -> None:
    move(scratch, "intake", "heads")
    move(scratch, "intake", "shared_0001")
    scratch.execute(text("SET LOCAL search_path = intake"))
    host = scratch.scalar(
        text(
            "INSERT INTO host (id, code, name, public, place_code) VALUES (gen_random_uuid(), 'c', 'C', true, 'c') "
            "RETURNING id::text"
        )
    )

    assert scratch.scalars(text("SELECT row_id FROM audit")).all() == [host]


def test_units_known_before_move_to_their_own_table_and_the_others_are_told(scratch: Connection) -> None:
    move(scratch, "intake", "heads")
    move(scratch, "intake", "intake_0004")
    scratch.execute(text("SET LOCAL search_path = intake"))
    scratch.execute(_CITIZENS)
    scratch.execute(_OPENED)

    move(scratch, "intake", "heads")

    scratch.execute(text("SET LOCAL search_path = intake"))
    assert scratch.execute(text("SELECT unit_code, version FROM citizen_unit")).all() == [("ungeenheden", 2)]
    (body,) = scratch.scalars(text("SELECT body FROM outbox")).all()
    told = envelope.read(body.encode(), service="matching", private_keys={})
    assert (told.event, told.version) == (CitizenUnitChanged(citizen_id=UUID(int=1), unit_code="ungeenheden"), 2)
    history = scratch.execute(text("SELECT verb, changes FROM audit WHERE table_name = 'unit_access' ORDER BY seq"))
    assert [(row.verb, row.changes) for row in history] == [
        ("insert", {}),
        ("delete", {}),
        ("empty", {"rows": 2, "people": []}),
    ]


_CITIZENS = text("""
    INSERT INTO citizen (id, cpr_secret, cpr_index, birth_date, name, name_sort, language, interpreter,
                         digital_post_exempt, protected, postal_code, municipality_code, unit_code, registered_at,
                         changed_at, version)
    SELECT lpad(n::text, 32, '0')::uuid, 'x', n::text::bytea, '1990-01-01', 'x', 'x', 'da', false, false, false, '8700',
           '0615', CASE n WHEN 1 THEN 'ungeenheden' END, now(), now(), 1 FROM generate_series(1, 2) AS n
""")
_OPENED = text("""
    INSERT INTO unit_access (id, access_id, citizen_id, purpose, at)
    VALUES (gen_random_uuid(), 'a', lpad('1', 32, '0')::uuid, 'follow_up', now())
""")
