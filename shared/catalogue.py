"""docs/events.md and docs/asyncapi.json, made from the catalogue by `python -m shared.ops docs`."""

import json
import types
import typing
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from shared import privacy, processing
from shared.envelope import TYPE_PREFIX, wire_type
from shared.events import SERVICES, SUBSCRIPTIONS, Event, heard_by, told_by
from shared.topology import EXCHANGE, dead_queue, queues

DOCS = Path(__file__).resolve().parent.parent / "docs"
_SCHEMAS: dict[Any, dict[str, Any]] = {
    UUID: {"type": "string", "format": "uuid"},
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
}


def pages() -> dict[Path, str]:
    """Each generated file and what must stand in it."""
    return {
        DOCS / "events.md": _markdown(),
        DOCS / "asyncapi.json": json.dumps(_asyncapi(), indent=2, ensure_ascii=False) + "\n",
        DOCS / "privacy.md": privacy.page(),
        DOCS / "processing.md": processing.page(),
    }


def _markdown() -> str:
    lines = [
        "# Events",
        "",
        "Made from `shared/events` by `python -m shared.ops docs`; do not edit.",
        "",
        "Who tells what to whom, in the order the story happens. *Sealed* fields travel encrypted, and only the",
        "services named can open them; for a person with a protected address only those after the slash.",
        "",
        "| event | told by | heard by | level | fields |",
        "| --- | --- | --- | --- | --- |",
    ]
    for event, listeners in SUBSCRIPTIONS.items():
        lines.append(
            f"| **{event.__name__}**<br>`{wire_type(event)}` | {event.kind.split('.', 1)[0]} "
            f"| {', '.join(listeners) or '–'} | {event.level} | {', '.join(map(_words, fields(event)))} |"
        )
    for event in SUBSCRIPTIONS:
        lines += ["", f"## {event.__name__}", "", " ".join((event.__doc__ or "").split())]
    return "\n".join(lines) + "\n"


def _words(field: Any) -> str:
    if "openers" not in field.metadata:
        return f"`{field.name}`"
    wide, narrow = field.metadata["openers"], field.metadata["protected_openers"]
    openers = ", ".join(wide) + (f" / {', '.join(narrow)}" if narrow != wide else "")
    return f"`{field.name}` (sealed: {openers})"


def _asyncapi() -> dict[str, Any]:
    messages = {event.__name__: _message(event) for event in SUBSCRIPTIONS}
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Jobbutik events",
            "version": "1.0.0",
            "description": "CloudEvents 1.0 in structured JSON on a durable topic exchange; made from the catalogue.",
            "license": {"name": "EUPL-1.2", "url": "https://eupl.eu/1.2/en/"},
            "contact": {"name": "Jobbutik", "url": "https://jobbutik.example", "email": "api@jobbutik.example"},
            "tags": [{"name": name, "description": f"What {name} tells and hears"} for name in SERVICES],
        },
        "defaultContentType": "application/cloudevents+json",
        "servers": {"broker": {"host": "rabbitmq:5672", "protocol": "amqp", "description": "RabbitMQ 3.10 or newer"}},
        "channels": {event.__name__: _channel(event) for event in SUBSCRIPTIONS},
        "operations": _operations(),
        "components": {
            "messages": messages,
            "securitySchemes": {
                "broker": {"type": "userPassword", "description": "The broker's own users, one per installation"}
            },
        },
    }


def _channel(event: type[Event]) -> dict[str, Any]:
    heard = [queues(service, 1)[0] for service in SUBSCRIPTIONS[event]]
    return {
        "address": wire_type(event),
        "description": f"Queues bound to it: {', '.join(heard) or 'none'}.",
        "messages": {event.__name__: {"$ref": f"#/components/messages/{event.__name__}"}},
        "bindings": {"amqp": {"is": "routingKey", "exchange": {"name": EXCHANGE, "type": "topic", "durable": True}}},
    }


def _operations() -> dict[str, Any]:
    made: dict[str, Any] = {}
    for service in SERVICES:
        for action, events in (("send", told_by(service)), ("receive", heard_by(service))):
            for event in events:
                made[f"{service}.{action}.{event.__name__}"] = {
                    "action": action,
                    "channel": {"$ref": f"#/channels/{event.__name__}"},
                    "summary": f"{service} {'tells' if action == 'send' else 'hears'} {event.__name__}",
                    "security": [{"$ref": "#/components/securitySchemes/broker"}],
                    "description": f"What {service} gives up on lands in {dead_queue(service)}.",
                }
    return made


def _message(event: type[Event]) -> dict[str, Any]:
    text = {"type": "string"}
    return {
        "name": wire_type(event),
        "title": event.__name__,
        "summary": " ".join((event.__doc__ or "").split()),
        "contentType": "application/cloudevents+json",
        "payload": {
            "type": "object",
            "required": ["specversion", "id", "source", "type", "subject", "time", "subjectversion", "data"],
            "properties": {
                "specversion": {"const": "1.0"},
                "id": _SCHEMAS[UUID],
                "source": {"const": "/jobbutik/" + event.kind.split(".", 1)[0]},
                "type": {"const": TYPE_PREFIX + event.kind},
                "subject": text,
                "time": _SCHEMAS[datetime],
                "datacontenttype": {"const": "application/json"},
                "dataschema": {"const": f"urn:jobbutik:event:{event.kind}"},
                "subjectversion": {"type": "integer", "minimum": 1},
                "partitionkey": text,
                "privacylevel": {"const": event.level},
                "correlationid": text,
                "causationid": text,
                "traceparent": text,
                "replayed": {"const": True},
                "data": _data_schema(event),
            },
        },
    }


def _data_schema(event: type[Event]) -> dict[str, Any]:
    hints = typing.get_type_hints(event)
    properties = {f.name: _schema(hints[f.name]) for f in fields(event) if "openers" not in f.metadata}
    openers = sorted({name for f in fields(event) for name in f.metadata.get("openers", ())})
    if openers:
        secret = {"type": "string", "description": "key id, a dot, and HPKE ciphertext in base64"}
        properties["sealed"] = {"type": "object", "properties": dict.fromkeys(openers, secret)}
    return {"type": "object", "properties": properties}


def _schema(hint: Any) -> dict[str, Any]:
    if isinstance(hint, types.UnionType):
        inner = _schema(next(arg for arg in typing.get_args(hint) if arg is not type(None)))
        return {**inner, "type": [inner["type"], "null"]}
    if typing.get_origin(hint) is tuple:
        return {"type": "array", "items": _schema(typing.get_args(hint)[0])}
    return _SCHEMAS[hint]
