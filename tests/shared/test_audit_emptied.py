"""A service may empty the history of whom it erases, and an emptied history without an erasure is seen."""

import uuid
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from shared import audit
from tests.conftest import World

_HISTORIES = "SELECT array_agg(DISTINCT row_id) FROM audit WHERE table_name = %s"
_BLANK = "SELECT empty_changes(%s, %s, %s)"


@pytest.fixture
def administrator(world: World) -> Iterator[psycopg.Connection[Any]]:
    """A superuser, by turns in intake's login role; all of it is taken back when the test ends."""
    with psycopg.connect(world.admin_url, options="-c search_path=intake") as connection:
        yield connection
        connection.rollback()


def said_of_intake(connection: psycopg.Connection[Any]) -> str:
    return next(line for _, line in audit.verify(connection) if line.startswith("intake audit: "))


def as_login(administrator: psycopg.Connection[Any], statement: str, *values: Any) -> Any:
    administrator.execute("SET LOCAL ROLE intake")
    row = administrator.execute(statement.encode(), values).fetchone()
    administrator.execute("RESET ROLE")
    return row[0] if row else None


def visited(administrator: psycopg.Connection[Any]) -> str:
    """Somebody known to the desk, with a change history, as the service writes it."""
    citizen_id = str(uuid.uuid4())
    as_login(
        administrator,
        "INSERT INTO citizen (id, cpr_secret, cpr_index, birth_date, name, name_sort, language, interpreter, "
        "digital_post_exempt, protected, postal_code, municipality_code, registered_at, changed_at, version) "
        "VALUES (%s, 'x', %s, '1990-01-01', 'N', 'N', 'da', false, false, false, '2100', '0101', now(), now(), 1) "
        "RETURNING id",
        citizen_id, citizen_id.encode(),
    )  # fmt: skip
    return citizen_id


def test_history_blanked_by_the_service_itself_is_seen(administrator: psycopg.Connection[Any]) -> None:
    """The login may call the function, and the function counts what it did; nobody else has heard of an erasure."""
    visited(administrator)
    as_login(
        administrator,
        "INSERT INTO host (id, code, name, public, place_code) VALUES (gen_random_uuid(), 'h', 'H', true, 'h') "
        "RETURNING id",
    )
    tables = [row[0] for row in administrator.execute("SELECT DISTINCT table_name FROM audit").fetchall()]
    for table in tables:
        ids = as_login(administrator, _HISTORIES, table)
        as_login(administrator, _BLANK, table, ids, ids)
    left = administrator.execute("SELECT count(*) FROM audit WHERE verb <> 'empty' AND changes <> '{}'").fetchone()

    assert (left, {"citizen", "host"} <= set(tables)) == ((0,), True)
    assert "tells of an erasure" in said_of_intake(administrator)


def test_history_blanked_in_the_name_of_an_unheard_erasure_is_seen(administrator: psycopg.Connection[Any]) -> None:
    citizen_id = visited(administrator)
    as_login(administrator, _BLANK, "", [], [citizen_id])
    as_login(administrator, _BLANK, "citizen", [citizen_id], [citizen_id])
    assert "that no other service has heard of" in said_of_intake(administrator)

    administrator.execute("SET LOCAL search_path = matching")
    administrator.execute(_BLANK, ("", [], [citizen_id]))
    assert "whole" in said_of_intake(administrator)


def test_history_blanked_under_cover_of_another_persons_erasure_is_seen(
    administrator: psycopg.Connection[Any],
) -> None:
    erased, other = str(uuid.uuid4()), visited(administrator)
    for schema in ("matching", "intake"):
        administrator.execute(f"SET LOCAL search_path = {schema}".encode())
        administrator.execute(_BLANK, ("", [], [erased]))
    as_login(administrator, _BLANK, "citizen", [other], [erased])

    assert "the history of 1 rows of citizen is emptied" in said_of_intake(administrator)


def test_row_that_is_there_keeps_its_history(world: World) -> None:
    with psycopg.connect(world.settings["intake"].database_url) as connection:
        host = connection.execute(
            "INSERT INTO host (id, code, name, public, place_code) "
            "VALUES (gen_random_uuid(), 'kept', 'K', true, 'k') RETURNING id::text"
        ).fetchone()
        with pytest.raises(psycopg.errors.RaiseException, match="keeps its history"):
            connection.execute(_BLANK, ("host", list(host or ()), []))


def test_word_of_an_erasure_cannot_be_emptied_itself(administrator: psycopg.Connection[Any]) -> None:
    citizen_id = visited(administrator)
    for people in ([citizen_id], [str(uuid.uuid4())]):
        as_login(administrator, _BLANK, "citizen", [citizen_id, ""], people)
    words = administrator.execute("SELECT changes ->> 'rows' FROM audit WHERE verb = 'empty'").fetchall()

    assert words == [("1",)]
