"""What a browser's form says, in the shape the JSON doors take, so that one schema serves both."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from marshmallow import Schema, fields
from werkzeug.datastructures import MultiDict

from shared import calendar
from shared.fields import Amount, ClockTime, Count, Day, Flag, Moment

Form = MultiDict[str, str]
_DAY = re.compile(r"(\d{1,2})[-/.\s]+(\d{1,2})[-/.\s]+(\d{4})")
_TIME = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?")


def read(schema: Schema, form: Form, prefix: str = "") -> dict[str, Any]:
    """The form as the schema's input: empty inputs are missing, unticked boxes false, Danish numbers and times read.

    A nested body's inputs are called `outer.inner`; it is missing while all of them are empty.
    """
    found: dict[str, Any] = {}
    for known, field in schema.load_fields.items():
        name = field.data_key or known
        value = _value(field, form, prefix + name)
        if value is not None or (field.allow_none and prefix + name in form):
            found[name] = value
    return found


def _value(field: fields.Field[Any], form: Form, name: str) -> Any:
    if isinstance(field, fields.Nested):
        told = any(key.startswith(f"{name}.") and value.strip() for key, value in form.items(multi=True))
        return read(field.schema, form, f"{name}.") if told else None
    if isinstance(field, fields.List):
        return [as_typed(field.inner, text) for text in form.getlist(name) if text.strip()]
    if isinstance(field, Flag):
        return _flag(form.get(name))
    text = form.get(name, "").strip()
    return as_typed(field, text) if text else None


def _flag(text: str | None) -> Any:
    return {None: False, "": None, "on": True, "true": True, "false": False}.get(text, text)


def typed(value: float) -> str:
    """A number as a Dane types it, so that it is read again as it is: 1,125 is no thousand."""
    return f"{value:g}".replace(".", ",")


def _plain(text: str) -> str:
    """A Danish number ("1.200,5") as Python writes it."""
    whole, comma, decimals = text.partition(",")
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+", whole):
        whole = whole.replace(".", "")
    return f"{whole}.{decimals}" if comma else whole


def day_of(text: str) -> str:
    """ "1-12-2026", "1/12 2026" or "1. 12. 2026" as "2026-12-01"; what is written otherwise is left as it is."""
    found = _DAY.fullmatch(text)
    return f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}" if found else text


def day_sent(form: Form | None, name: str) -> date | None:
    """The day that stands in a form that is shown again; None where it is none."""
    try:
        return date.fromisoformat(day_of(form.get(name, "").strip())) if form else None
    except ValueError:
        return None


def time_of(text: str) -> str:
    """ "8", "8.00" or "kl. 8:00" as "08:00"; what is written otherwise is left as it is."""
    found = _TIME.fullmatch(text.removeprefix("kl.").strip())
    return f"{found[1]:0>2}:{found[2] or '00'}" if found else text


def written(value: date | str | None) -> str:
    """What a field shows of a day ("12-11-2026"), a local moment ("12-11-2026 9.05") or "09:05" ("9.05")."""
    text = str(value or "").strip()
    if re.fullmatch(r"\d\d:\d\d", text):
        return text.replace(":", ".").removeprefix("0")
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return text
    return f"{when:%d-%m-%Y}" if len(text) == len("2026-11-12") else f"{when:%d-%m-%Y} {when.hour}.{when:%M}"


def telephone(number: str | None) -> str:
    """A Danish number in pairs, any other as it is."""
    if number is None or not (number.startswith("+45") and len(number) == 11):
        return number or ""
    return " ".join(number[at : at + 2] for at in range(3, 11, 2))


def _moment_of(text: str) -> str:
    """ "1-12-2026 kl. 10.00" or ISO 8601 as an instant, Danish time where no offset is told; ValueError for others."""
    found = re.fullmatch(rf"({_DAY.pattern})\s+(.+)", text)
    local = datetime.fromisoformat(f"{day_of(found[1])}T{time_of(found[5])}" if found else text)
    return (local if local.tzinfo else local.replace(tzinfo=calendar.DENMARK)).isoformat()


_READERS: dict[type[fields.Field[Any]], Callable[[str], Any]] = {
    Count: lambda text: int(_plain(text)),
    Amount: lambda text: float(_plain(text)),
    Day: day_of,
    ClockTime: time_of,
    Moment: _moment_of,
}


def as_typed(field: fields.Field[Any], text: str) -> Any:
    """The text as the field's kind; left as it is where it is none, for the field to refuse in its own words."""
    reader = next((read for kind, read in _READERS.items() if isinstance(field, kind)), None)
    try:
        return reader(text) if reader else text
    except ValueError:
        return text


def flat(messages: Any, path: str = "") -> dict[str, str]:
    """Marshmallow's nested messages as one message per dotted field."""
    if isinstance(messages, dict):
        found: dict[str, str] = {}
        for name, inner in messages.items():
            found |= flat(inner, f"{path}.{name}" if path else str(name))
        return found
    words = messages if isinstance(messages, list) else [messages]
    return {path or "_": " ".join(str(word) for word in words)}
