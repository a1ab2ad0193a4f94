"""Pages of lists that stand in another order than that of making, and of threads that are read from their end."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select, tuple_
from sqlalchemy.orm import Session

from services.matching.models import CompanyMessage, ForumLine
from shared.errors import NotFound

Rows = Select[*tuple[Any, ...]]


def page_by(
    session: Session, rows: Rows, by: Sequence[Any], *, cursor: UUID | None, limit: int, newest: bool = False
) -> tuple[list[Any], UUID | None]:
    """A page in the order of the columns `by`, the last of which is the id of its rows, or backwards; and the cursor
    of the next page. The row of a `cursor` may have left the list since: the page goes on where it stood.
    """
    key = tuple_(*by)
    if cursor is not None:
        stood = select(*by).where(by[-1] == cursor).correlate(None).scalar_subquery()
        rows = rows.where(key < stood if newest else key > stood)
    ordered = rows.add_columns(by[-1]).order_by(*(one.desc() if newest else one for one in by))
    found = session.execute(ordered.limit(limit + 1)).all()
    return [row[:-1] for row in found[:limit]], found[limit - 1][-1] if len(found) > limit else None


def latest(
    session: Session, rows: Select[Any], key: Any, most: int, *, waiting: ColumnElement[bool] | None = None
) -> list[Any]:
    """The newest of the rows by the id column `key`, in the order of making; before them each one that is `waiting`,
    which newer ones never hide.
    """
    asked = [] if waiting is None else session.scalars(rows.where(waiting).order_by(key)).all()
    others = rows if waiting is None else rows.where(~waiting)
    return [*asked, *session.scalars(others.order_by(key.desc()).limit(most)).all()[::-1]]


def newest_lines(
    session: Session, rows: Rows, line: type[ForumLine | CompanyMessage], *, cursor: UUID | None, limit: int
) -> tuple[list[Any], UUID | None]:
    """The newest of a thread, or those before `cursor`, in the order of writing; the first's id where more go before.

    Raises NotFound where `cursor` is no line of the thread's.
    """
    if cursor is not None and session.execute(rows.where(line.id == cursor)).first() is None:
        raise NotFound
    found, older = page_by(session, rows, (line.at, line.id), cursor=cursor, limit=limit, newest=True)
    return found[::-1], older
