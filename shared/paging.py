"""Cursor pages: in the order of making (UUIDv7), `next` empty on the last page."""

from typing import Any
from uuid import UUID

from marshmallow import fields as marshmallow_fields
from sqlalchemy import Select
from sqlalchemy.orm import Session

from shared import fields

MOST = 200


class PageQuery(fields.Body):
    """Which page: `cursor` is the `next` of the page before."""

    cursor = marshmallow_fields.UUID(load_default=None)
    limit = marshmallow_fields.Integer(load_default=50, validate=fields.between(1, MOST))


def page_of(item: type[fields.Body]) -> type[fields.Body]:
    """The answer schema of a page of `item`."""
    return fields.Body.from_dict(  # type: ignore[return-value]  # made from Body, so a Body
        {
            "items": marshmallow_fields.List(marshmallow_fields.Nested(item), required=True),
            "next": marshmallow_fields.UUID(required=True, allow_none=True),
        },
        name=f"{item.__name__}Page",
    )


def page(
    session: Session, statement: Select[Any], key: Any, *, cursor: UUID | str | None, limit: int
) -> dict[str, Any]:
    """One page of a statement over one entity, ordered by its id column `key`."""
    if cursor is not None:
        statement = statement.where(key > cursor)
    rows = list(session.scalars(statement.order_by(key).limit(limit + 1)))
    more = len(rows) > limit
    items = rows[:limit]
    return {"items": items, "next": getattr(items[-1], key.key) if more else None}
