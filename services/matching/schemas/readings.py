"""What somebody said of a job, and what was read of it."""

from typing import Any

from marshmallow import ValidationError
from marshmallow import fields as marshmallow_fields

from services.matching.schemas.companies import Nested, OccupationAnswer
from services.matching.text.read import MOST_LETTERS
from shared.fields import Body, Count, Flag, Text, list_of

EMPTY = "Skriv eller indsæt en tekst. / Write or paste a text."


class Said(marshmallow_fields.String):
    """Text of several lines, not trimmed, so that places in it stay."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> str:
        text = super()._deserialize(value, attr, data, **options) or ""
        if not text.strip():
            raise ValidationError(EMPTY)
        if len(text) > MOST_LETTERS:
            raise ValidationError(f"Højst {MOST_LETTERS} tegn. / {MOST_LETTERS} characters at most.")
        return text


class SaidBody(Body):
    """A text on a job, as it was said or pasted; it is read and not kept."""

    said = Said(required=True)


class ReadThing(Body):
    """One thing that was read: `start` and `end` are places in the text, `sure` is from 0 to 1.

    A `wished` one would be good and is no demand; a field that begins with `no_` says that it is not asked for.
    `choices` are what else the words may stand for, where that is not sure: ids of occupations, the likeliest first.
    """

    field = Text(40, required=True)
    value = marshmallow_fields.Raw(required=True)
    start = Count(0, MOST_LETTERS, required=True)
    end = Count(0, MOST_LETTERS, required=True)
    sure = marshmallow_fields.Float(required=True)
    wished = Flag(required=True)
    choices = list_of(Text(40), 5, required=True)


class ReadAnswer(Body):
    """All that was read, in the order of the text; what is not there was not said."""

    items = marshmallow_fields.List(Nested(ReadThing), required=True)


class LinkQuery(Body):
    """What somebody calls a job."""

    q = Text(120, required=True)


class LinkAnswer(Body):
    """The occupation that the words surely stand for, none where a person has to choose; and five, likeliest first."""

    linked = Nested(OccupationAnswer, required=True, allow_none=True)
    sure = marshmallow_fields.Float(required=True, allow_none=True)
    choices = marshmallow_fields.List(Nested(OccupationAnswer), required=True)
    notice = Text(200, required=True)
