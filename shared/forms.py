"""What a browser's form says, in the shape the JSON doors take, so that one schema serves both."""

import re
from datetime import datetime
from typing import Any

from marshmallow import Schema, fields
from werkzeug.datastructures import MultiDict

from shared import calendar
from shared.fields import Amount, Count, Flag, Moment

Form = MultiDict[str, str]


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
        return [_typed(field.inner, text) for text in form.getlist(name) if text.strip()]
    if isinstance(field, Flag):
        return _flag(form.get(name))
    text = form.get(name, "").strip()
    return _typed(field, text) if text else None


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


def _typed(field: fields.Field[Any], text: str) -> Any:
    """The text as the field's kind; left as it is where it is none, for the field to refuse in its own words."""
    try:
        if isinstance(field, Count):
            return int(_plain(text))
        if isinstance(field, Amount):
            return float(_plain(text))
        if isinstance(field, Moment):
            local = datetime.fromisoformat(text)
            return (local if local.tzinfo else local.replace(tzinfo=calendar.DENMARK)).isoformat()
    except ValueError:
        return text
    return text
