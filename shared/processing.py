"""docs/processing.md: the record of processing and a draft of the DPIA, with the flows as the events are."""

from dataclasses import fields
from pathlib import Path
from typing import Any

from shared.events import SUBSCRIPTIONS, Event
from shared.lookups import DATA, PURPOSES

TEXT = Path(__file__).with_name("data") / "processing.md"
HERE = "<!-- from the code -->"


def page() -> str:
    """The whole document."""
    lines = ["### Purposes", "", "| code | Danish | English |", "| --- | --- | --- |"]
    lines += [f"| {code} | {said.danish} | {said.english} |" for code, said in PURPOSES.items()]
    lines += ["", "### Classes of data", "", "| code | Danish | English |", "| --- | --- | --- |"]
    lines += [f"| {code} | {said.danish} | {said.english} |" for code, said in DATA.items()]
    lines += [
        "", "### Flows", "",
        "Every event that names a person, or has something that only some may open. Other fields are ids and codes;",
        "[events](events.md) lists them. A protected person's fields are opened by those after the slash alone.", "",
        "| event | from | to | level | sealed, and who opens it |", "| --- | --- | --- | --- | --- |",
    ]  # fmt: skip
    lines += [_flow(event, listeners) for event, listeners in SUBSCRIPTIONS.items() if _tells(event)]
    return TEXT.read_text(encoding="utf-8").replace(HERE, "\n".join(lines))


def _tells(event: type[Event]) -> bool:
    return any(field.name == "citizen_id" or "openers" in field.metadata for field in fields(event))


def _flow(event: type[Event], listeners: tuple[str, ...]) -> str:
    sealed = ", ".join(_opened(field) for field in fields(event) if "openers" in field.metadata)
    return (
        f"| {event.__name__} | {event.kind.split('.', 1)[0]} | {', '.join(listeners) or '–'} | {event.level} "
        f"| {sealed or '–'} |"
    )


def _opened(field: Any) -> str:
    wide, narrow = field.metadata["openers"], field.metadata["protected_openers"]
    return f"`{field.name}`: {', '.join(wide)}" + (f" / {', '.join(narrow) or 'nobody'}" if narrow != wide else "")
