"""Lists that are told fifty at a time."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select
from sqlalchemy.orm import Session

MOST = 50


def page_of_rows(
    session: Session, rows: Select[*tuple[Any, ...]], number: int
) -> tuple[Sequence[Row[*tuple[Any, ...]]], bool]:
    """Page `number` of the rows, from 1, `MOST` of them; True where another follows. The order must be a whole one."""
    read = session.execute(rows.offset((number - 1) * MOST).limit(MOST + 1)).all()
    return read[:MOST], len(read) > MOST
