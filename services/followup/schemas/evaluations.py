"""Evaluations and what follows, as they come in and go out."""

from marshmallow import fields as marshmallow_fields

from services.followup import rules
from services.followup.schemas.placements import MOST_WORDS
from shared.fields import Amount, Body, Code, Count, Day, Moment, Text, UndoForm

List, Nested = marshmallow_fields.List, marshmallow_fields.Nested


class OwnWord(Body):
    """One's own word: a verdict, and words of one's own where one wants."""

    kind = Code(*rules.EVALUATIONS, required=True)
    verdict = Code(*rules.VERDICTS, required=True)
    words = Text(MOST_WORDS, load_default=None, allow_none=True)


class PartysWord(OwnWord):
    """What a party said, as staff heard it."""

    party = Code(*rules.PARTIES, required=True)


class ConclusionBody(Body):
    """What was agreed to follow; another area, alone or beside a job, with its last day and its weekly hours."""

    outcome_code = Code(*rules.OUTCOMES, required=True)
    until = Day(load_default=None, allow_none=True)
    weekly_hours = Amount(0.25, 37, load_default=None, allow_none=True)


class ConclusionUndo(UndoForm):
    """The version in which it was concluded."""


class WordAnswer(Body):
    """A party's verdict; their words are on the page only."""

    kind = Code(*rules.EVALUATIONS, required=True)
    party = Code(*rules.PARTIES, required=True)
    verdict = Code(*rules.VERDICTS, required=True)
    noted_at = Moment(required=True)


class ConclusionAnswer(Body):
    """What followed; `since` is when a job or another area begins."""

    outcome_code = Code(*rules.OUTCOMES, required=True)
    since = Day(required=True, allow_none=True)
    version = Count(1, 2**31 - 1, required=True)


class EvaluationsAnswer(Body):
    """What all parties said, and what followed."""

    items = List(Nested(WordAnswer), required=True)
    conclusion = Nested(ConclusionAnswer, required=True, allow_none=True)
