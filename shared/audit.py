"""Every change of a row, written by the database itself, so that no statement can go round it.

The trigger function belongs to the schema's owner; the service's own role can neither change nor remove its
rows. Values of secret or free-text columns are never copied: a migration names them when it attaches the trigger.

`python -m shared.audit verify` recomputes the seals of all four services' trails, as the administrator, and compares
them with what the neighbours were told (shared/seals.py) and have heard of erasures.
"""

import argparse
import hashlib
import importlib
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

import psycopg
from alembic import op
from psycopg import sql
from sqlalchemy import ARRAY, Table

from shared import config, erasure, seals
from shared.events import SERVICES
from shared.retention import Holds, declared

# Tables that are no more; their history is sealed, and was emptied when they went.
FORMER = {"unit_access": Holds(person="citizen_id", aged_by="at")}
DIGEST_BYTES = 32
ROW_BYTES = 8 + DIGEST_BYTES
# Not the functions that sealed them: whoever can change rows can change those as well.
_LINES = {
    "audit": """
        SELECT seq, jsonb_build_array(seq, (extract(epoch FROM at) * 1000000)::bigint, actor, table_name, row_id, verb,
                                      changes)::text,
               CASE WHEN changes = '{{}}' THEN emptied END
        FROM {schema}.audit ORDER BY seq
    """,
    "lookup": """
        SELECT seq, (jsonb_build_array(seq, id, (extract(epoch FROM at) * 1000000)::bigint, actor, role, kind,
                                       organisation, purpose, data, how, route, subjects, refused, correlation_id)
                     || CASE WHEN actor_name IS NULL AND repeat_key IS NULL THEN '[]'::jsonb
                        ELSE jsonb_build_array(actor_name, repeat_key) END)::text,
               NULL
        FROM {schema}.lookup ORDER BY seq
    """,
}
_SEALS = """
    SELECT position, last_seq, (extract(epoch FROM sealed_at) * 1000000)::bigint, rows, digest, hash,
           sealed_at < clock_timestamp() - interval '12 months'
    FROM {schema}.seal WHERE chain = %s ORDER BY position
"""
_ANCHORS = "SELECT position, hash FROM {schema}.anchor WHERE service = %s AND chain = %s ORDER BY position"
_EMPTIED = """
    SELECT table_name, count(emptied), coalesce(sum((changes ->> 'rows')::bigint) FILTER (WHERE verb = 'empty'), 0)
    FROM {schema}.audit GROUP BY table_name HAVING count(emptied) > 0 ORDER BY table_name
"""
# What is older may be forgotten by now in the service that heard of it.
_EMPTYINGS = """
    SELECT seq, table_name, changes -> 'people', at > clock_timestamp() - interval '12 months'
    FROM {schema}.audit WHERE verb = 'empty' ORDER BY seq
"""
_STILL_KNOWN = """
    SELECT count(*) FROM {schema}.{table} WHERE {key}::text IN
        (SELECT row_id FROM {schema}.audit WHERE table_name = %s AND emptied IS NOT NULL)
    AND EXISTS (SELECT FROM intake.citizen AS known WHERE {leads}
                AND encode(sha256(convert_to(known.id::text, 'UTF8')), 'hex') <> ALL (%s))
"""


def attach(table: str, *, never: tuple[str, ...] = (), verbs: str = "INSERT OR UPDATE OR DELETE") -> None:
    """In a migration: record inserts, updates and deletes of `table`, leaving the `never` columns' values out."""
    arguments = ", ".join(f"'{column}'" for column in never)
    op.execute(f"CREATE TRIGGER audit AFTER {verbs} ON {table} FOR EACH ROW EXECUTE FUNCTION audit_row({arguments})")


class Broken(Exception):
    """The first place where a chain does not hold, in words."""


class Seal(NamedTuple):
    """A block of rows, bound to the one before."""

    position: int
    last_seq: int
    sealed_at: int
    rows: bytes | None
    digest: bytes
    hash: bytes
    may_be_forgotten: bool

    def rows_in(self) -> Iterator[tuple[int, bytes]]:
        """Number and digest of each row, as they were sealed."""
        kept = self.rows or b""
        for start in range(0, len(kept), ROW_BYTES):
            row = kept[start : start + ROW_BYTES]
            yield int.from_bytes(row[:8], "big"), row[8:]


def verify(connection: psycopg.Connection[Any]) -> list[tuple[bool, str]]:
    """One line per chain, good or not."""
    found = []
    for service in SERVICES:
        for chain in seals.CHAINS:
            name = f"{service} {chain}"
            try:
                found.append((True, f"{name}: {_whole(connection, service, chain)}"))
            except Broken as broken:
                found.append((False, f"{name}: {broken}"))
    return found


def _whole(connection: psycopg.Connection[Any], service: str, chain: str) -> str:
    blocks = [Seal(*row) for row in _read(connection, _SEALS, service, chain)]
    _seals_hold(blocks)
    rows, fresh = _rows_hold(connection, service, chain, blocks)
    if chain == "audit":
        _erasures_hold(connection, service)
    anchors = _anchors_hold(connection, service, chain, blocks)
    return f"whole, {rows} rows under {len(blocks)} seals, {fresh} not sealed yet, {anchors} anchors agree"


def _read(connection: psycopg.Connection[Any], query: str, service: str, *values: str) -> list[tuple[Any, ...]]:
    statement = sql.SQL(query).format(schema=sql.Identifier(service))
    return connection.execute(statement, values).fetchall()


def _seals_hold(blocks: list[Seal]) -> None:
    before = b""
    for position, block in enumerate(blocks, start=1):
        if block.position != position:
            raise Broken(f"seal {position} is gone")
        if block.rows is None and not block.may_be_forgotten:
            raise Broken(f"seal {position} was emptied before its time")
        if block.rows is not None and hashlib.sha256(block.rows).digest() != block.digest:
            raise Broken(f"seal {position} was changed")
        bound = b"".join(part.to_bytes(8, "big") for part in (position, block.last_seq, block.sealed_at))
        if hashlib.sha256(before + bound + block.digest).digest() != block.hash:
            raise Broken(f"seal {position} was changed, or one before it")
        before = block.hash


def _rows_hold(connection: psycopg.Connection[Any], service: str, chain: str, blocks: list[Seal]) -> tuple[int, int]:
    """How many rows are sealed as they are, and how many are newer; raises Broken naming the first that is not."""
    expected = (row for block in blocks for row in block.rows_in())
    last = blocks[-1].last_seq if blocks else 0
    held = fresh = 0
    for seq, digest in _digests(connection, service, chain):
        if seq > last:
            fresh += 1
            continue
        sealed_seq, sealed_digest = next(expected, (last + 1, b""))
        if sealed_seq < seq:
            raise Broken(f"row {sealed_seq} was removed")
        if sealed_seq > seq:
            raise Broken(f"row {seq} was put in afterwards")
        if sealed_digest != digest:
            raise Broken(f"row {seq} was changed")
        held += 1
    if missing := next(expected, None):
        raise Broken(f"row {missing[0]} was removed")
    return held, fresh


def _digests(connection: psycopg.Connection[Any], service: str, chain: str) -> Iterator[tuple[int, bytes]]:
    """Each row as it would be sealed now; of one that was emptied lawfully, as it was before."""
    statement = sql.SQL(_LINES[chain]).format(schema=sql.Identifier(service))
    with connection.cursor(name="trail") as rows:
        rows.execute(statement)
        for seq, line, emptied in rows:
            yield seq, bytes(emptied) if emptied else hashlib.sha256(line.encode()).digest()


def _erasures_hold(connection: psycopg.Connection[Any], service: str) -> None:
    """What is emptied belongs to people of whose erasure another service tells too, or to rows that age."""
    base = importlib.import_module(f"services.{service}.models").Base
    tables = {table.name: table for table, _ in erasure.tables(base)}
    said, heard = FORMER | declared(base), _heard_by_others(connection, service)
    for seq, table, people, is_young in _read(connection, _EMPTYINGS, service):
        holds = said.get(table, Holds())
        if table and not (holds.person if people else holds.aged_by):
            raise Broken(f"row {seq} tells of an erasure in {table}, where nothing is erased like that")
        if is_young and not heard.issuperset(people):
            raise Broken(f"row {seq} tells of an erasure that no other service has heard of")
    for table, emptied, told_of in _read(connection, _EMPTIED, service):
        if emptied > told_of:
            raise Broken(f"{emptied} rows are emptied, erasures tell of {told_of} in {table}")
        if table in tables and (left := _still_known(connection, service, tables[table], said, heard)):
            raise Broken(f"the history of {left} rows of {table} is emptied, and nobody erased their citizens")


def _heard_by_others(connection: psycopg.Connection[Any], service: str) -> set[str]:
    others = [_read(connection, _EMPTYINGS, other) for other in SERVICES if other != service]
    return {person for rows in others for _, _, people, _ in rows for person in people}


def _still_known(
    connection: psycopg.Connection[Any], service: str, table: Table, said: dict[str, Holds], heard: set[str]
) -> int:
    """How many rows with an emptied history still lead to a citizen who was never erased."""
    statement = sql.SQL(_STILL_KNOWN).format(
        schema=sql.Identifier(service),
        table=sql.Identifier(table.name),
        key=sql.Identifier(erasure.known_by(table).name),
        leads=_leads_to_known(service, table, said),
    )
    row = connection.execute(statement, (table.name, list(heard))).fetchone()
    return row[0] if row else 0


def _leads_to_known(service: str, table: Table, said: dict[str, Holds]) -> sql.Composed:
    link: Any = table.c[said[table.name].person]
    here = sql.Identifier(service, table.name, link.name)
    for key in link.foreign_keys:
        above = key.column.table
        return sql.SQL("EXISTS (SELECT FROM {above} WHERE {key} = {here} AND {leads})").format(
            above=sql.Identifier(service, above.name),
            key=sql.Identifier(service, above.name, key.column.name),
            here=here,
            leads=_leads_to_known(service, above, said),
        )
    if isinstance(link.type, ARRAY):
        return sql.SQL("known.id::text = ANY ({here}::text[])").format(here=here)
    return sql.SQL("known.id::text = {here}::text").format(here=here)


def _anchors_hold(connection: psycopg.Connection[Any], service: str, chain: str, blocks: list[Seal]) -> int:
    neighbour = SERVICES[(SERVICES.index(service) + 1) % len(SERVICES)]
    anchors = _read(connection, _ANCHORS, neighbour, service, chain)
    for position, head in anchors:
        if position > len(blocks):
            after = blocks[-1].last_seq if blocks else 0
            raise Broken(
                f"the end was cut after row {after}: {neighbour} heard of seal {position}, here are {len(blocks)}"
            )
        if blocks[position - 1].hash != bytes(head):
            raise Broken(f"written anew before seal {position}: {neighbour} heard another")
    return len(anchors)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m shared.audit", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("verify",))
    parser.parse_args()
    url, _ = config.read_migration()
    with psycopg.connect(url) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        found = verify(connection)
    sys.stdout.write("".join(f"{line}\n" for _, line in found))
    if not all(good for good, _ in found):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
