"""docs/privacy.md, made from what the services' models say they hold and from their policy rows."""

import importlib
from datetime import date
from typing import Any

from shared.events import SERVICES
from shared.house import HOUSE
from shared.retention import CITIZEN_CLASSES, CLASSES, SHARED, Holds, declared

HEAD = """# What is kept, where, and how long

Made from `holds` in `services/*/models` and the rows `retention.*` in `services/*/policy.toml` by
`python -m shared.ops docs`; do not edit. A test compares it with the tables as they are.

Intake decides for people: when nothing has happened for as long as a class is kept, its erasure is announced; it is
carried out after the notice unless the data-protection officer stops it or the person is heard of again. Nobody with an
open match or a placement under way is erased. The other services hear of it and erase their copies. With the class
`identity` every way back to the person goes: rows of classes that stay get a random id. A class without a row is *not
configured*, and nothing of it is erased.

What tells of an erased person afterwards: the record of who looked, until its own time is over; the event that they
were erased, 90 days, so that a restored back-up can be erased again; and the sealed answer to the officer's request,
seven days. Events and the word that they were heard live as `retention.events` in `shared/policy.toml` says (90 days)
and idempotency keys as `retention.receipts` does (seven), whoever they are about. The sealed history of changes keeps a
digest of each emptied row and nothing readable.
"""


def page() -> str:
    """The whole document."""
    lines = [HEAD, "## How long", "", "| class | kept | source | confidence |", "| --- | --- | --- | --- |"]
    policies = {service: _module(service, "use_cases").POLICY for service in SERVICES}
    for name in CLASSES:
        if name == "technical":
            lines += [_house(key) for key in ("events", "receipts")]
            continue
        policy = policies["intake" if name in (*CITIZEN_CLASSES, "log") else "notifications"]
        row = policy.find(f"retention.{name}", date.max)
        told = f"{row.value} {row.unit} | {row.source} | {row.confidence}" if row else "*not configured* | – | –"
        lines.append(f"| {name} | {told} |")
    for service in SERVICES:
        lines += _tables(service.capitalize(), declared(_module(service, "models").Base, shared=False))
    return "\n".join(lines + _tables("In every service", SHARED)) + "\n"


def _house(key: str) -> str:
    row = HOUSE.row(f"retention.{key}", date.max)
    return f"| technical, {key} | {row.value} {row.unit} | {row.source} | {row.confidence} |"


def _module(service: str, name: str) -> Any:
    return importlib.import_module(f"services.{service}.{name}")


def _tables(title: str, said: dict[str, Holds]) -> list[str]:
    lines = ["", f"## {title}", "", "| table | found by | class | columns |", "| --- | --- | --- | --- |"]
    for table, holds in sorted(said.items()):
        for name, columns in holds.classes().items():
            listed = ", ".join(f"`{column}`" for column in columns)
            lines.append(f"| {table} | {holds.person or '–'} | {name} | {listed} |")
    return lines
