"""The inbox: which events this service has handled, so that a second delivery has no second effect.

A claim stands in the same transaction as the effect. Two workers with the same event meet at the row: the second
waits, and skips if the first committed or runs if it rolled back. RETURNING tells who won; row counts lie here.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Text, bindparam, cast, column, func, literal_column, select, text
from sqlalchemy.dialects.postgresql import JSON, Insert, insert
from sqlalchemy.orm import Session

from shared.database import ServiceBase

_CLAIM = text(
    "INSERT INTO inbox (event_id) SELECT unnest(cast(:ids AS uuid[])) ON CONFLICT DO NOTHING RETURNING event_id"
)


def claim(session: Session, event_ids: Sequence[UUID]) -> set[UUID]:
    """Those of the ids that nobody has handled yet; they are this transaction's now.

    Sorted, so that two workers with overlapping batches queue up instead of deadlocking.
    """
    return set(session.scalars(_CLAIM, {"ids": [str(event_id) for event_id in sorted(set(event_ids))]}))


def keep_newest(session: Session, model: type[ServiceBase], rows: Sequence[dict[str, Any]]) -> None:
    """Insert or update the service's own copies by primary key, each only if its `version` is not older.

    One statement however many rows, every row with the same columns; of several rows for one key the newest counts.
    """
    if not rows:
        return
    key = [column.name for column in model.__table__.primary_key]
    newest: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        identity = tuple(row[name] for name in key)
        held = newest.get(identity)
        if held is None or held["version"] <= row["version"]:
            newest[identity] = row
    kept = [_with_defaults(model, newest[identity]) for identity in sorted(newest, key=str)]
    session.execute(
        _upsert(model, tuple(kept[0]), tuple(rows[0])), {"rows": orjson.dumps(kept, default=_as_text).decode()}
    )


def _with_defaults(model: type[ServiceBase], row: dict[str, Any]) -> dict[str, Any]:
    made = {
        column.name: column.default.arg(None) if column.default.is_callable else column.default.arg
        for column in model.__table__.columns
        if column.default is not None and column.name not in row
    }
    return row | made


@cache
def _upsert(model: type[ServiceBase], given: tuple[str, ...], changed: tuple[str, ...]) -> Insert:
    # As JSON, because one parameter costs a fraction of a thousand, and arrays of arrays cannot be unnested.
    table: Any = model.__table__
    key = [column.name for column in table.primary_key]
    as_rows = func.json_populate_recordset(
        literal_column(f"NULL::{table.name}"), cast(bindparam("rows", type_=Text), JSON)
    )
    source = as_rows.table_valued(*(column(name) for name in given))
    statement = insert(table).from_select(given, select(source), include_defaults=False)
    return statement.on_conflict_do_update(
        index_elements=key,
        set_={name: statement.excluded[name] for name in changed if name not in key},
        where=table.c.version <= statement.excluded.version,
    )


def _as_text(value: Any) -> str:
    return f"\\x{value.hex()}" if isinstance(value, bytes) else str(value)
