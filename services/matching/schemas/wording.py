"""The check of a text before it is saved."""

from marshmallow import fields as marshmallow_fields

from services.matching.rules.wording import GROUNDS, REASONS
from services.matching.schemas.companies import Nested, Uuid
from shared.fields import Body, Code, Count, Moment, Text

MOST_LETTERS = 5000


class WordingBody(Body):
    """A text that a company would seek by; nothing of it is kept."""

    text = Text(MOST_LETTERS, required=True)


class FindingAnswer(Body):
    """Where the text says who somebody should be (`start` to `end`), why it cannot stand there, what could."""

    said = Text(200, required=True)
    start = Count(0, MOST_LETTERS, required=True)
    end = Count(0, MOST_LETTERS, required=True)
    ground = Code(*GROUNDS, required=True)
    why_da = Text(500, required=True, attribute="why.danish")
    why_en = Text(500, required=True, attribute="why.english")
    neutral_da = Text(200, required=True, attribute="neutral.danish")
    neutral_en = Text(200, required=True, attribute="neutral.english")


class FindingsAnswer(Body):
    """All of it in the text's order; empty where the text can stand."""

    items = marshmallow_fields.List(Nested(FindingAnswer), required=True)


class KeptAnswer(Body):
    """Words that staff kept in a need's text."""

    id = Uuid(required=True)
    words = marshmallow_fields.List(Text(200), required=True)
    reason_code = Code(*REASONS, required=True)
    at = Moment(required=True)
    kept_by = Text(200, required=True)


class KeptListAnswer(Body):
    """All that were kept in one text, newest first."""

    items = marshmallow_fields.List(Nested(KeptAnswer), required=True)
