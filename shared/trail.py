"""Two doors every service has for operations: what was told in one story, and when it was heard. No person's data."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint
from marshmallow import fields as marshmallow_fields
from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.orm import Session

from shared.auth import Principal
from shared.doors import Doors
from shared.fields import Body, Moment, Text
from shared.lookups import NOBODY
from shared.paging import PageQuery

_TOLD = text("""
    SELECT event_id, type, recorded_at, published_at FROM outbox
    WHERE recorded_at > clock_timestamp() - interval '1 hour'
      AND body::jsonb ->> 'correlationid' = :correlation
      AND seq > coalesce((SELECT seq FROM outbox AS told WHERE told.event_id = :cursor), 0)
    ORDER BY seq LIMIT :most
""").bindparams(bindparam("cursor", type_=PG_UUID(as_uuid=True)))
_HEARD = text("SELECT event_id, handled_at FROM inbox WHERE event_id = ANY(:ids)").bindparams(
    bindparam("ids", type_=ARRAY(PG_UUID(as_uuid=True)))
)


class ToldAnswer(Body):
    """An event this service told."""

    event_id = marshmallow_fields.UUID(required=True)
    type = Text(120, required=True)
    recorded_at = Moment(required=True)
    published_at = Moment(required=True, allow_none=True)


class TrailAnswer(Body):
    """What one story made this service tell in the last hour, in order; `next` empty on the last page."""

    items = marshmallow_fields.List(marshmallow_fields.Nested(ToldAnswer), required=True)
    next = marshmallow_fields.UUID(required=True, allow_none=True)


class HeardQuery(Body):
    """Up to 100 event ids, with commas between."""

    ids = Text(3700, required=True, pattern="[0-9a-f-]{36}(?:,[0-9a-f-]{36}){0,99}")


class HeardOneAnswer(Body):
    """When this service had handled an event."""

    event_id = marshmallow_fields.UUID(required=True)
    handled_at = Moment(required=True)


class HeardAnswer(Body):
    """Those of the events that this service has handled."""

    items = marshmallow_fields.List(marshmallow_fields.Nested(HeardOneAnswer), required=True)


def _ids(listed: str) -> list[UUID]:
    found = []
    for one in listed.split(","):
        try:
            found.append(UUID(one))
        except ValueError:
            continue
    return found


def blueprint_for(service: str) -> Blueprint:
    """A fresh blueprint with both doors."""
    blueprint = Blueprint(f"{service}_trail", __name__, description="The events of a story")
    doors = Doors(blueprint)

    @doors.get("/trail/<uuid:correlation_id>", roles=("ops",), about=NOBODY, query=PageQuery, answer=TrailAnswer)
    def read_trail(session: Session, _principal: Principal, correlation_id: UUID, query: dict[str, Any]) -> Any:
        """What was told under a correlation id in the last hour."""
        limit = query["limit"]
        asked = {"correlation": str(correlation_id), "cursor": query["cursor"], "most": limit + 1}
        found = session.execute(_TOLD, asked).mappings().all()
        return {"items": found[:limit], "next": found[limit - 1]["event_id"] if len(found) > limit else None}

    @doors.get("/heard", roles=("ops",), about=NOBODY, query=HeardQuery, answer=HeardAnswer)
    def read_heard(session: Session, _principal: Principal, query: dict[str, str]) -> Any:
        """When events were handled here."""
        return {"items": session.execute(_HEARD, {"ids": _ids(query["ids"])}).mappings().all()}

    return blueprint
