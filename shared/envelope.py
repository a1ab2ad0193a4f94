"""Events as CloudEvents 1.0 in structured JSON: written once when recorded, read once when handled.

Written by hand rather than with the SDK because the relay and the consumer are measured in thousands a second;
tests/contract holds what is written here against the SDK and its rules.
"""

import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import cache
from typing import Any, Generic
from uuid import UUID

import orjson
import uuid_utils.compat
from cryptography.exceptions import InvalidTag

from shared import clock, crypto
from shared.config import SealKey
from shared.errors import Reject
from shared.events import BY_KIND, Event
from shared.events.base import E

TYPE_PREFIX = "dk.jobbutik."
CONTENT_TYPE = "application/cloudevents+json; charset=UTF-8"


@dataclass(frozen=True, kw_only=True)
class Trace:
    """What ties an event to the story it belongs to. `replayed` switches outward effects off downstream."""

    correlation_id: str
    causation_id: str | None = None
    traceparent: str | None = None
    replayed: bool = False


@dataclass(frozen=True, kw_only=True)
class Received(Generic[E]):
    """An event as a listener sees it: the fact, and the envelope's own words."""

    event_id: UUID
    event: E
    version: int
    time: datetime
    trace: Trace


def wire_type(event: type[Event]) -> str:
    """The CloudEvents type, which is the routing key too."""
    return TYPE_PREFIX + event.kind


def write(event: Event, *, version: int, trace: Trace, seals: Mapping[str, SealKey]) -> tuple[UUID, bytes]:
    """A new event id and the envelope as JSON bytes; `version` counts the subject's changes."""
    event_id: UUID = uuid_utils.compat.uuid7()
    envelope: dict[str, Any] = {
        "specversion": "1.0",
        "id": event_id,
        "source": "/jobbutik/" + event.kind.split(".", 1)[0],
        "type": TYPE_PREFIX + event.kind,
        "subject": getattr(event, event.subject),
        "time": clock.now(),
        "datacontenttype": "application/json",
        "dataschema": f"urn:jobbutik:event:{event.kind}",
        "subjectversion": version,
        "partitionkey": getattr(event, event.partition),
        "privacylevel": event.level,
        "correlationid": trace.correlation_id,
        "data": _data(event, event_id, seals),
    }
    if trace.causation_id:
        envelope["causationid"] = trace.causation_id
    if trace.traceparent:
        envelope["traceparent"] = trace.traceparent
    if trace.replayed:
        envelope["replayed"] = True
    return event_id, orjson.dumps(envelope)


def _data(event: Event, event_id: UUID, seals: Mapping[str, SealKey]) -> dict[str, Any]:
    kind: Any = type(event)
    open_fields, sealed_fields = _layout(kind)
    data: dict[str, Any] = {name: getattr(event, name) for name in open_fields}
    narrow = bool(data.get("protected"))
    parts: dict[str, dict[str, Any]] = {}
    for name, openers, protected_openers in sealed_fields:
        value = getattr(event, name)
        if value is not None:
            for service in protected_openers if narrow else openers:
                parts.setdefault(service, {})[name] = value
    if parts:
        data["sealed"] = {
            service: crypto.seal(orjson.dumps(part), seals[service], context=str(event_id))
            for service, part in parts.items()
        }
    return data


@cache
def _layout(event: type[Any]) -> tuple[list[str], list[tuple[str, tuple[str, ...], tuple[str, ...]]]]:
    sealed = [
        (f.name, f.metadata["openers"], f.metadata["protected_openers"])
        for f in fields(event)
        if "openers" in f.metadata
    ]
    names = {name for name, _, _ in sealed}
    return [f.name for f in fields(event) if f.name not in names], sealed


def read(body: bytes, *, service: str, private_keys: Mapping[str, bytes]) -> Received[Event]:
    """The event in `body` with what `service` may open; raises Reject where the bytes are no event of ours."""
    try:
        envelope = orjson.loads(body)
        event_type: Any = BY_KIND[envelope["type"].removeprefix(TYPE_PREFIX)]
        event_id = UUID(envelope["id"])
        data = dict(envelope["data"])
        seals = data.pop("sealed", {})
        if service in seals:
            opened = crypto.unseal(seals[service], private_keys, context=str(event_id))
            data.update(orjson.loads(opened))
        readers = _readers(event_type)
        return Received(
            event_id=event_id,
            event=event_type(**{k: readers[k](v) if v is not None else None for k, v in data.items() if k in readers}),
            version=int(envelope["subjectversion"]),
            time=datetime.fromisoformat(envelope["time"]),
            trace=Trace(
                correlation_id=envelope["correlationid"],
                causation_id=envelope["id"],
                traceparent=envelope.get("traceparent"),
                replayed=bool(envelope.get("replayed")),
            ),
        )
    except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError, InvalidTag) as wrong:
        raise Reject(f"not an event of ours: {type(wrong).__name__}") from wrong


@cache
def _readers(event: type[Any]) -> dict[str, Callable[[Any], Any]]:
    hints = typing.get_type_hints(event)
    return {f.name: _reader(hints[f.name]) for f in fields(event)}


def _reader(hint: Any) -> Callable[[Any], Any]:
    if isinstance(hint, types.UnionType):
        hint = next(arg for arg in typing.get_args(hint) if arg is not type(None))
    if typing.get_origin(hint) is tuple:
        inner = _reader(typing.get_args(hint)[0])
        return lambda values: tuple(inner(value) for value in values)
    simple: dict[Any, Callable[[Any], Any]] = {
        UUID: UUID,
        datetime: datetime.fromisoformat,
        date: date.fromisoformat,
        float: float,
    }
    return simple.get(hint, lambda value: value)


def age(body: bytes) -> float | None:
    """Seconds since the event happened; None where the bytes do not say."""
    try:
        told = datetime.fromisoformat(orjson.loads(body)["time"])
        return max(0.0, (clock.now() - told).total_seconds())
    except (ValueError, KeyError, TypeError):
        return None


def mark_replayed(body: bytes) -> bytes:
    """The same envelope, marked so that no mail, message or letter goes out again."""
    envelope = orjson.loads(body)
    envelope["replayed"] = True
    return orjson.dumps(envelope)


def traceparent(body: bytes) -> str | None:
    """Of an envelope of ours: what its traceparent says."""
    found: str | None = orjson.loads(body).get("traceparent")
    return found


def words(body: bytes) -> dict[str, Any]:
    """What may be told of bytes that are perhaps no event: id and subject where they are ids, type where it is ours."""
    try:
        envelope = orjson.loads(body)
        kind = str(envelope["type"]).removeprefix(TYPE_PREFIX)
        return {
            "id": UUID(envelope["id"]),
            "type": kind if kind in BY_KIND else "",
            "subject": str(UUID(envelope["subject"])),
        }
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}
