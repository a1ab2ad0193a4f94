"""Marshmallow fields that keep out what no column can hold: control characters, endless text, years without end."""

import re
from datetime import UTC, date, datetime
from typing import Any

import phonenumbers
from marshmallow import Schema, ValidationError, fields, validate

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)


_WORDS = {"required": "Mangler. / Missing.", "null": "Må ikke være tom. / May not be empty."}
_NOT_VALID = "Ikke gyldig. / Not valid."


def between(least: Any, most: Any) -> validate.Range:
    """From `least` to `most`, told in both languages."""
    return validate.Range(least, most, error="Skal være fra {min} til {max}. / Must be from {min} to {max}.")


def length(least: int, most: int, words: str | None = None) -> validate.Length:
    """From `least` to `most` long, told in both languages, or in the field's own words."""
    if words is not None:
        return validate.Length(least, most, error=words)
    if least == most:
        return validate.Length(equal=most, error="Skal være {equal} lang. / Must be {equal} long.")
    return validate.Length(least, most, error="Skal være {min} til {max} lang. / Must be {min} to {max} long.")


class Body(Schema):
    """A body or answer; unknown names are refused (marshmallow's own default, kept on purpose)."""

    error_messages = {"unknown": "Kendes ikke. / Not known.", "type": _NOT_VALID}  # noqa: RUF012  as marshmallow has it

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:  # noqa: ARG002
        """Every field's own words in both languages, whichever library class it is of."""
        not_valid = getattr(field_obj, "not_valid", _NOT_VALID)
        field_obj.error_messages = {name: _WORDS.get(name, not_valid) for name in field_obj.error_messages}


class Text(fields.String):
    """Trimmed text of 1 to `most` characters without control characters."""

    def __init__(
        self, most: int, *, least: int = 1, pattern: str | None = None, wrong: str | None = None, **options: Any
    ) -> None:
        rules: list[Any] = [length(least, most, wrong)]
        if pattern is not None:
            rules.append(validate.Regexp(f"^(?:{pattern})$", error="Formatet er forkert. / Wrong format."))
        super().__init__(validate=rules, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> str:
        text = super()._deserialize(value, attr, data, **options)
        if text is None or _CONTROL.search(text):
            raise ValidationError("Teksten har ulovlige tegn. / The text has illegal characters.")
        return text.strip()


class Code(fields.String):
    """One of a fixed list of codes."""

    def __init__(self, *allowed: str, **options: Any) -> None:
        words = "Skal være en af: {choices}. / Must be one of: {choices}."
        super().__init__(validate=validate.OneOf(allowed, error=words), **options)


class Count(fields.Integer):
    """A whole number from `least` to `most`."""

    def __init__(self, least: int, most: int, **options: Any) -> None:
        super().__init__(strict=True, validate=between(least, most), **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> int:
        if isinstance(value, (bool, float)):
            raise self.make_error("invalid", input=value)
        return super()._deserialize(value, attr, data, **options)


class Amount(fields.Float):
    """A finite number from `least` to `most`."""

    def __init__(self, least: float, most: float, **options: Any) -> None:
        super().__init__(allow_nan=False, validate=between(least, most), **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> float:
        if not isinstance(value, (int, float)) or isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return super()._deserialize(value, attr, data, **options)


class Flag(fields.Boolean):
    """true or false, nothing that looks like it."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return bool(super()._deserialize(value, attr, data, **options))


class Day(fields.Date):
    """A calendar day (ISO 8601) from 1990 to 2100."""

    not_valid = "Skriv datoen som dd-mm-åååå, fx 01-12-2026. / Write the date as 2026-12-01, in a form also 01-12-2026."

    def __init__(self, **options: Any) -> None:
        super().__init__(format="iso", validate=between(FIRST_DAY, LAST_DAY), **options)


class Moment(fields.AwareDateTime):
    """An instant (ISO 8601 with offset) from 1990 to 2100, kept in UTC."""

    not_valid = (
        "Skriv dato og klokkeslæt, fx 01-12-2026 10.00. / "
        "Write the day and the time as 2026-12-01T10:00+01:00, in a form as 01-12-2026 10.00."
    )

    def __init__(self, **options: Any) -> None:
        super().__init__(format="iso", **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> datetime:
        try:
            moment: datetime = super()._deserialize(value, attr, data, **options).astimezone(UTC)
        except OverflowError as far:
            raise self.make_error("invalid", input=value, obj_type="datetime") from far
        if not FIRST_DAY <= moment.date() <= LAST_DAY:
            raise self.make_error("invalid", input=value, obj_type="datetime")
        return moment


_CLOCK = "(?:[01][0-9]|2[0-3]):[0-5][0-9]"


class ClockTime(fields.String):
    """A time of day such as "07:30"."""

    def __init__(self, **options: Any) -> None:
        words = "Skriv klokkeslættet, fx 7.30. / Write the time, such as 07:30."
        super().__init__(validate=validate.Regexp(f"^{_CLOCK}$", error=words), **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> str:
        # A pattern's end lets one line break through.
        return (super()._deserialize(value, attr, data, **options) or "").strip()


class Window(Text):
    """Hours of a weekday such as "mon 07:00-15:00", the end after the beginning and 24:00 at the latest."""

    def __init__(self, **options: Any) -> None:
        days = "mon|tue|wed|thu|fri|sat|sun"
        super().__init__(15, pattern=f"(?:{days}) {_CLOCK}-(?:{_CLOCK}|24:00)", **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> str:
        window = super()._deserialize(value, attr, data, **options)
        begins, _, ends = window[4:].partition("-")
        if begins >= ends:
            raise ValidationError("Slutter før det begynder. / It ends before it starts.")
        return window


class Phone(fields.String):
    """A telephone number as it is said in Denmark, kept as E.164."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> str:
        typed = super()._deserialize(value, attr, data, **options)
        try:
            number = phonenumbers.parse(typed, "DK")
        except phonenumbers.NumberParseException:
            number = None
        if number is None or not phonenumbers.is_valid_number(number):
            raise ValidationError("Telefonnummeret findes ikke. / This is not a telephone number.")
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


class EmailAddress(fields.Email):
    """An e-mail address of at most 200 characters."""

    def __init__(self, **options: Any) -> None:
        super().__init__(validate=length(3, 200), **options)


def list_of(field: fields.Field[Any], most: int, *, least: int = 0, **options: Any) -> fields.List[Any]:
    """A list of `least` to `most` values."""
    return fields.List(field, validate=length(least, most), **options)


class UndoForm(Body):
    """The version in which an act left a thing, so that nobody else's change is taken back with it."""

    version = Count(1, 2**31 - 1, required=True)
