"""The one question, as it comes in and goes out."""

from marshmallow import fields as marshmallow_fields

from services.followup import rules
from shared.fields import Body, Code, Moment, Text, UndoForm

List, Nested, Uuid = marshmallow_fields.List, marshmallow_fields.Nested, marshmallow_fields.UUID


class PulseLink(Body):
    """The code of a link."""

    kode = Text(100, required=True)


class PulseForm(PulseLink):
    """And the one tap."""

    answer = Code(*rules.ANSWERS, required=True)


class PulseBack(PulseLink, UndoForm):
    """And the version in which it was given."""


class Answers(Body):
    """What each party said, None where nothing yet."""

    citizen = Code(*rules.ANSWERS, required=True, allow_none=True)
    company = Code(*rules.ANSWERS, required=True, allow_none=True)
    mentor = Code(*rules.ANSWERS, required=True, allow_none=True)


class PulseLine(Body):
    """One question and its answers."""

    id = Uuid(required=True)
    asked_at = Moment(required=True)
    ends_at = Moment(required=True)
    answers = Nested(Answers, required=True)


class PulsesAnswer(Body):
    """The newest questions."""

    items = List(Nested(PulseLine), required=True)
