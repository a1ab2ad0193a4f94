"""What the numbers about placements are asked by, and how programs read them."""

from marshmallow import fields as marshmallow_fields

from services.followup.rules import indicators
from shared.fields import Amount, Body, Code, Count, Day, Text
from shared.indicators import Definition

List, Nested = marshmallow_fields.List, marshmallow_fields.Nested
MOST = 10**9


class NumbersQuery(Body):
    """The quarter that `since` lies in, today's where none is given."""

    since = Day(load_default=None)


class QuarterAnswer(Body):
    """Whole days, both included."""

    first = Day(required=True)
    last = Day(required=True)


class NumberAnswer(Body):
    """A number of the quarter; null for what is hidden, `of` also where it is no part of anything."""

    definition = Nested(Definition, required=True)
    count = Count(0, MOST, required=True, allow_none=True)
    of = Count(0, MOST, required=True, allow_none=True)
    percent = Amount(0, 100, required=True, allow_none=True)


class CauseAnswer(Body):
    """Placements that ended early for a cause."""

    cause = Code(*indicators.CAUSES, required=True)
    count = Count(0, MOST, required=True, allow_none=True)


class ClarifiedAnswer(Body):
    """Longer courses that ended with something clear, or with nothing noted."""

    code = Code(*indicators.CLARIFIED, required=True)
    count = Count(0, MOST, required=True, allow_none=True)


class GroupAnswer(Body):
    """A group; the empty key is those too small to stand for themselves, together."""

    key = Text(60, required=True)
    name = Text(200, required=True, allow_none=True)
    ended = Count(0, MOST, required=True)
    hired = Count(0, MOST, required=True, allow_none=True)
    early = Count(0, MOST, required=True, allow_none=True)


class GroupingAnswer(Body):
    """Placements that ended, side by side."""

    grouping = Code(*indicators.GROUPINGS, required=True)
    groups = List(Nested(GroupAnswer), required=True)


class NumbersAnswer(Body):
    """Counts from 1 to `least` - 1 are hidden, and whatever they could be reckoned from."""

    period = Nested(QuarterAnswer, required=True)
    least = Count(1, 1000, required=True)
    numbers = List(Nested(NumberAnswer), required=True)
    causes = List(Nested(CauseAnswer), required=True)
    clarified = List(Nested(ClarifiedAnswer), required=True)
    groupings = List(Nested(GroupingAnswer), required=True)
