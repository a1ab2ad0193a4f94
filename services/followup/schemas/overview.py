"""What the leader's overview is asked by, and how programs read it."""

from marshmallow import fields as marshmallow_fields

from services.followup.rules import overview
from shared.fields import Body, Code, Count, Day
from shared.indicators import Definition
from shared.units import UnitCode

List, Nested = marshmallow_fields.List, marshmallow_fields.Nested
MOST = 10**9


class OverviewQuery(Body):
    """The month that `since` lies in, today's where none is given; a unit, or everybody."""

    since = Day(load_default=None)
    unit = UnitCode(load_default=None)


class OverviewPageQuery(OverviewQuery):
    """And the number that is drawn."""

    figure = Code(*overview.BY_CODE, load_default=overview.CONTACTS)


class MonthAnswer(Body):
    """A month; null for a count that is hidden, or is told of everybody only."""

    first = Day(required=True)
    last = Day(required=True)
    count = Count(0, MOST, required=True, allow_none=True)


class OverviewNumberAnswer(Body):
    """A number of a year's months."""

    definition = Nested(Definition, required=True)
    months = List(Nested(MonthAnswer), required=True)


class OverviewAnswer(Body):
    """Counts of people from 1 to `least` - 1 are hidden, and whatever they could be reckoned from."""

    unit = UnitCode(required=True)
    least = Count(1, 1000, required=True)
    numbers = List(Nested(OverviewNumberAnswer), required=True)
