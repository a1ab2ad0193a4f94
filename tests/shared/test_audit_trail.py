"""The trail of looks and changes is whole, and shows what an administrator does to it."""

import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import text

from shared import audit, envelope, lookups, seals
from shared.auth import Principal
from shared.database import Database
from shared.envelope import Received
from shared.events import IntakeTrailAnchored
from shared.lookups import About
from tests.conftest import World

ROOT = Path(__file__).resolve().parents[2]
SOMEBODY = Principal(subject="adviser-1", roles=("adviser",), kind="staff", name="Rita Råd")
SLOT = text("INSERT INTO host (id, code, name, public, place_code) VALUES (:id, :code, 'Parken', true, 'park')")


def look_and_change(database: Database, times: int) -> None:
    for _ in range(times):
        with database.begin(actor=SOMEBODY.subject) as session:
            session.execute(SLOT, {"id": uuid.uuid4(), "code": f"trail-{uuid.uuid4().hex[:12]}"})
            lookups.looked(session, uuid.uuid4())
            lookups.write(session, SOMEBODY, About("case", purpose="visitation"), "/test")


def seal_everything(database: Database) -> None:
    """As the worker does by turns; what another thread of the tests writes may hold it up."""
    unsealed = text("""
        SELECT (SELECT max(seq) FROM lookup) - max(last_seq) FILTER (WHERE chain = 'lookup')
             + (SELECT max(seq) FROM audit) - max(last_seq) FILTER (WHERE chain = 'audit') FROM seal
    """)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with database.begin(actor="test") as session:
            seals.seal_trail(session)
            if session.scalar(unsealed) == 0:
                return
    pytest.fail("nothing is sealed")


def tell_the_neighbour(intake: Database, matching: Database) -> None:
    with intake.begin(actor="test") as session:
        seals.anchor(session)
        body = session.info["told"][-1]["body"].encode()
    settings = matching.settings
    heard: Received[Any] = envelope.read(body, service="matching", private_keys=settings.seal_private_keys)
    with matching.begin(actor="test") as session:
        seals.on_anchored(session, [heard])


@pytest.fixture(scope="module")
def trail(sealed_world: World) -> Iterator[str]:
    """The administrator's address of a suite with two sealed and anchored blocks of looks and changes."""
    intake, matching = (Database(sealed_world.settings[name]) for name in ("intake", "matching"))
    for _ in range(2):
        look_and_change(intake, 4)
        seal_everything(intake)
        tell_the_neighbour(intake, matching)
    yield sealed_world.admin_url
    for database in (intake, matching):
        database.close()


@pytest.fixture
def administrator(trail: str, sealed_world: World) -> Iterator[psycopg.Connection[Any]]:
    """A superuser whose attack is taken back when the test ends; what tests before it wrote is anchored first."""
    intake, matching = (Database(sealed_world.settings[name]) for name in ("intake", "matching"))
    look_and_change(intake, 4)
    seal_everything(intake)
    tell_the_neighbour(intake, matching)
    for database in (intake, matching):
        database.close()
    with psycopg.connect(trail, options="-c search_path=intake") as connection:
        yield connection
        connection.rollback()


def said_of(connection: psycopg.Connection[Any], chain: str) -> str:
    return next(line for _, line in audit.verify(connection) if line.startswith(f"intake {chain}: "))


def test_untouched_trail_is_whole(administrator: psycopg.Connection[Any]) -> None:
    found = audit.verify(administrator)

    assert [line for good, line in found if not good] == []
    assert len(found) == 8
    assert "anchors agree" in said_of(administrator, "lookup")


def do(administrator: psycopg.Connection[Any], chain: str, statement: str, *values: Any) -> psycopg.Cursor[Any]:
    """A statement of the attacker's, with the chain's table for CHAIN."""
    return administrator.execute(statement.replace("CHAIN", chain).encode(), values)


def last_rows(administrator: psycopg.Connection[Any], chain: str) -> list[int]:
    """The numbers of the last block's four rows."""
    return [row[0] for row in do(administrator, chain, "SELECT seq FROM CHAIN ORDER BY seq DESC LIMIT 4")][::-1]


def change(administrator: psycopg.Connection[Any], chain: str) -> str:
    seq = last_rows(administrator, chain)[1]
    do(administrator, chain, "UPDATE CHAIN SET actor = 'somebody else' WHERE seq = %s", seq)
    return f"row {seq} was changed"


def remove(administrator: psycopg.Connection[Any], chain: str) -> str:
    seq = last_rows(administrator, chain)[2]
    do(administrator, chain, "DELETE FROM CHAIN WHERE seq = %s", seq)
    return f"row {seq} was removed"


def number_anew(administrator: psycopg.Connection[Any], chain: str, old: int, new: int) -> None:
    if chain == "audit":
        do(administrator, chain, "ALTER TABLE CHAIN ALTER seq DROP IDENTITY IF EXISTS")
    do(administrator, chain, "UPDATE CHAIN SET seq = %s WHERE seq = %s", new, old)


def swap(administrator: psycopg.Connection[Any], chain: str) -> str:
    first, second, *_ = last_rows(administrator, chain)
    for old, new in ((first, -1), (second, first), (-1, second)):
        number_anew(administrator, chain, old, new)
    return f"row {first} was changed"


def put_in_another(administrator: psycopg.Connection[Any], chain: str) -> str:
    """In the place of one that is removed, so that the numbers are as they were."""
    first, *_, last = last_rows(administrator, chain)
    do(administrator, chain, "DELETE FROM CHAIN WHERE seq = %s", first)
    number_anew(administrator, chain, last, first)
    return f"row {first} was changed"


def cut_the_tail(administrator: psycopg.Connection[Any], chain: str) -> str:
    """As somebody does who knows of the seals: the last goes with its rows, and the rest fits together."""
    do(administrator, chain, "DELETE FROM seal WHERE chain = 'CHAIN' AND position = "
       "(SELECT max(position) FROM seal WHERE chain = 'CHAIN')")  # fmt: skip
    left = do(administrator, chain, "SELECT max(last_seq), count(*) FROM seal WHERE chain = 'CHAIN'").fetchone()
    assert left is not None
    do(administrator, chain, "DELETE FROM CHAIN WHERE seq > %s", left[0])
    return f"the end was cut after row {left[0]}: matching heard of seal {left[1] + 1}, here are {left[1]}"


def empty(administrator: psycopg.Connection[Any], chain: str) -> str:
    do(administrator, chain, "TRUNCATE CHAIN")
    do(administrator, chain, "DELETE FROM seal WHERE chain = 'CHAIN'")
    return "the end was cut after row 0"


def write_anew(administrator: psycopg.Connection[Any], chain: str) -> str:
    """Change a row and seal everything again with the house's own function."""
    change(administrator, chain)
    seals_before = do(administrator, chain, "DELETE FROM seal WHERE chain = 'CHAIN' RETURNING position").fetchall()
    do(administrator, chain, "UPDATE sealing SET writers = '{}' WHERE chain = 'CHAIN'")
    for _ in seals_before:
        do(administrator, chain, "SELECT seal_trail(1)")
    return "written anew before seal 1: matching heard another"


def forget_too_early(administrator: psycopg.Connection[Any], chain: str) -> str:
    do(administrator, chain, "DELETE FROM CHAIN WHERE seq <= "
       "(SELECT last_seq FROM seal WHERE chain = 'CHAIN' AND position = 1)")  # fmt: skip
    do(administrator, chain, "UPDATE seal SET rows = NULL WHERE chain = 'CHAIN' AND position = 1")
    return "seal 1 was emptied before its time"


ATTACKS = (change, remove, put_in_another, swap, cut_the_tail, empty, write_anew, forget_too_early)


@pytest.mark.parametrize("chain", seals.CHAINS)
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_every_attack_is_seen_and_named(
    administrator: psycopg.Connection[Any], attack: Callable[[psycopg.Connection[Any], str], str], chain: str
) -> None:
    expected = attack(administrator, chain)

    found = audit.verify(administrator)

    assert expected in said_of(administrator, chain)
    assert [line.split(":")[0] for good, line in found if not good] == [f"intake {chain}"]


@pytest.mark.parametrize("name", ["Somebody Else", None])
def test_another_name_for_who_looked_is_seen(administrator: psycopg.Connection[Any], name: str | None) -> None:
    seq = last_rows(administrator, "lookup")[1]
    administrator.execute("UPDATE lookup SET actor_name = %s WHERE seq = %s", (name, seq))

    assert f"row {seq} was changed" in said_of(administrator, "lookup")


def test_row_without_a_name_is_sealed_as_before_names_came(administrator: psycopg.Connection[Any]) -> None:
    as_before = """
        SELECT sha256(convert_to(jsonb_build_array(seq, id, micros(at), actor, role, kind, organisation, purpose, data,
                                                   how, route, subjects, refused, correlation_id)::text, 'UTF8'))
               = substr((rows_after('lookup', seq - 1, seq, 1)).rows, 9) FROM lookup WHERE seq = %s
    """
    seq, found = last_rows(administrator, "lookup")[1], []
    for name in (None, "Somebody"):
        administrator.execute("UPDATE lookup SET actor_name = %s WHERE seq = %s", (name, seq))
        found += administrator.execute(as_before, (seq,)).fetchone() or ()

    assert found == [True, False]


def test_rows_emptied_without_an_erasure_are_seen(administrator: psycopg.Connection[Any]) -> None:
    seq = last_rows(administrator, "audit")[1]
    administrator.execute("UPDATE audit SET emptied = audit_digest(audit), changes = '{}' WHERE seq = %s", (seq,))

    assert "rows are emptied, erasures tell of" in said_of(administrator, "audit")


@pytest.mark.parametrize("table", ["lookup", "audit", "seal", "sealing", "anchor"])
@pytest.mark.parametrize("statement", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}", "TRUNCATE {0}"])
def test_the_service_itself_may_not_touch_the_trail(world: World, table: str, statement: str) -> None:
    column = "actor" if table in ("lookup", "audit") else "chain"
    for settings in world.settings.values():
        with psycopg.connect(settings.database_url) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement.format(table, column).encode())


def test_service_can_neither_seal_by_hand_nor_forget_a_young_trail(world: World) -> None:
    with psycopg.connect(world.settings["intake"].database_url) as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
            connection.execute("INSERT INTO seal VALUES ('audit', 1, 1, now(), '', '', '')")
        with pytest.raises(psycopg.errors.RaiseException, match="12 months"), connection.transaction():
            connection.execute("SELECT forget_trail('lookup', now() - interval '11 months')")


def test_rows_past_their_time_go_and_the_chain_stays_whole(administrator: psycopg.Connection[Any]) -> None:
    administrator.execute("UPDATE seal SET sealed_at = sealed_at - interval '13 months' WHERE chain = 'lookup'")
    administrator.execute("SELECT forget_trail('lookup', now() - interval '12 months')")
    left = administrator.execute("SELECT (SELECT count(*) FROM lookup), count(rows) FROM seal WHERE chain = 'lookup'")

    assert left.fetchone() == (0, 0)


def test_operator_gets_a_line_per_chain_and_an_exit_code(trail: str) -> None:
    given = {
        "ADMIN_DATABASE_URL": trail,
        "ROLE_PASSWORDS": '{"intake":"","matching":"","followup":"","notifications":""}',
    }
    command = [sys.executable, "-m", "shared.audit", "verify"]
    whole = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, check=False)
    with psycopg.connect(trail, options="-c search_path=intake") as connection:
        seq = last_rows(connection, "lookup")[0]
        kept = connection.execute("SELECT role FROM lookup WHERE seq = %s", (seq,)).fetchone()
        connection.execute("UPDATE lookup SET role = 'ops' WHERE seq = %s", (seq,))
        connection.commit()
        broken = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, check=False)
        connection.execute("UPDATE lookup SET role = %s WHERE seq = %s", (*(kept or ()), seq))

    assert (whole.returncode, len(whole.stdout.splitlines())) == (0, 8)
    assert broken.returncode == 1
    assert f"intake lookup: row {seq} was changed\n" in broken.stdout


def test_late_row_of_a_transaction_that_began_early_is_sealed_too(sealed_world: World) -> None:
    intake = Database(sealed_world.settings["intake"])
    with psycopg.connect(intake.settings.database_url) as slow:
        slow.execute(
            "INSERT INTO host (id, code, name, public, place_code) VALUES (gen_random_uuid(), 'slow', 'S', true, 's')"
        )
        look_and_change(intake, 2)
        for _ in range(3):
            with intake.begin(actor="test") as session:
                seals.seal_trail(session)
                sealed = session.scalar(text("SELECT max(last_seq) FROM seal WHERE chain = 'audit'"))
                newest = session.scalar(text("SELECT max(seq) FROM audit"))
        slow.commit()
    seal_everything(intake)
    intake.close()

    assert newest > (sealed or 0)
    with psycopg.connect(sealed_world.admin_url) as administrator:
        assert "was put in afterwards" not in said_of(administrator, "audit")


def test_heads_are_told_when_they_moved_and_not_more_often_than_every_ten_minutes(sealed_world: World) -> None:
    database = Database(sealed_world.settings["intake"])
    look_and_change(database, 1)
    seal_everything(database)
    with psycopg.connect(sealed_world.admin_url, autocommit=True) as admin:
        admin.execute("UPDATE intake.anchor SET heard_at = heard_at - interval '11 minutes' WHERE service = 'intake'")
    told = []
    for _ in range(2):
        with database.begin(actor="test") as session:
            seals.tell_heads(session)
            told.append([row["type"] for row in session.info["told"]])
    database.close()

    assert told == [[envelope.wire_type(IntakeTrailAnchored)], []]
