"""The inbox: which events this service has handled, so that a second delivery has no second effect.

A claim stands in the same transaction as the effect. Two workers with the same event meet at the row: the second
waits, and skips if the first committed or runs if it rolled back. RETURNING tells who won; row counts lie here.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.orm import Session

from shared.database import ServiceBase

_CLAIM = text("INSERT INTO inbox (event_id) SELECT unnest(:ids) ON CONFLICT DO NOTHING RETURNING event_id").bindparams(
    bindparam("ids", type_=ARRAY(PG_UUID(as_uuid=True)))
)


def claim(session: Session, event_ids: Sequence[UUID]) -> set[UUID]:
    """Those of the ids that nobody has handled yet; they are this transaction's now.

    Sorted, so that two workers with overlapping batches queue up instead of deadlocking.
    """
    return set(session.scalars(_CLAIM, {"ids": sorted(set(event_ids))}))


def keep_newest(session: Session, model: type[ServiceBase], rows: Sequence[dict[str, Any]]) -> None:
    """Insert or update the service's own copies by primary key, each only if its `version` is not older.

    One statement however many rows; of several rows for one key the newest counts.
    """
    table: Any = model.__table__
    key = [column.name for column in table.primary_key]
    newest: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        identity = tuple(row[name] for name in key)
        held = newest.get(identity)
        if held is None or held["version"] <= row["version"]:
            newest[identity] = row
    statement = insert(table)
    changed = {name: statement.excluded[name] for name in rows[0] if name not in key}
    session.execute(
        statement.on_conflict_do_update(
            index_elements=key, set_=changed, where=table.c.version <= statement.excluded.version
        ),
        [newest[identity] for identity in sorted(newest, key=str)],
    )
