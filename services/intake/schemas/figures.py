"""What the leader's numbers are asked by, and how programs read them."""

from typing import Any

from marshmallow import ValidationError, validates_schema
from marshmallow import fields as marshmallow_fields

from services.intake.schemas import Nested
from shared import clock, periods, units
from shared.fields import Amount, Body, Code, Count, Day, Flag, Text, list_of
from shared.indicators import Definition
from shared.periods import Period


class FiguresQuery(Body):
    """The week, month or quarter that `since` lies in, or whole weeks of one's own from `since` to `until`."""

    period = Code(*periods.KINDS, load_default=periods.MONTH)
    since = Day(load_default=None)
    until = Day(load_default=None)
    unit = units.UnitCode(load_default=None)

    @validates_schema
    def in_order(self, data: dict[str, Any], **_: Any) -> None:
        """Not backwards, and a year at most."""
        since, until = data["since"], data["until"]
        if data["period"] != periods.OWN:
            return
        if since is None or until is None:
            raise ValidationError("Skriv den første og den sidste dag. / Write the first and the last day.", "until")
        if not 0 <= (until - since).days < 7 * periods.MOST_WEEKS:
            raise ValidationError("Højst et år, og den første dag først. / A year at most, first day first.", "until")


def asked(query: dict[str, Any], *, only_past: bool) -> Period:
    """The period that was asked for; the newest one that is over where no other may be seen."""
    today = clock.today()
    since = query["since"] or today
    found = (
        periods.weeks(since, query["until"])
        if query["period"] == periods.OWN
        else periods.containing(since, query["period"])
    )
    while only_past and not found.is_over(today):
        found = found.before()
    return found


class CellAnswer(Body):
    """A count; null where it is hidden, `small` where that is because it is small itself."""

    number = Count(0, 10**9, required=True, allow_none=True)
    small = Flag(required=True)


class FigureAnswer(Body):
    """`bound` says at_least or at_most where the share is no more than bounded by what is hidden."""

    count = Nested(CellAnswer, required=True)
    of = Nested(CellAnswer, required=True, allow_none=True)
    percent = Amount(0, 100, required=True, allow_none=True)
    bound = Code("", "at_least", "at_most", required=True)
    median = Amount(-10_000, 10**6, required=True, allow_none=True)
    ninth_decile = Amount(-10_000, 10**6, required=True, allow_none=True)


class IndicatorAnswer(Body):
    """A number in the period and in the one before."""

    indicator = Nested(Definition, required=True)
    now = Nested(FigureAnswer, required=True)
    before = Nested(FigureAnswer, required=True)


class CauseCount(Body):
    """Promises that were broken for a cause."""

    cause = Text(60, required=True)
    count = Nested(CellAnswer, required=True)


class HourAnswer(Body):
    """Minutes waited by those who came in an hour; null where they were few."""

    hour = Count(0, 23, required=True)
    median = Amount(0, 10**6, required=True, allow_none=True)
    ninth_decile = Amount(0, 10**6, required=True, allow_none=True)


class PeriodAnswer(Body):
    """Whole days, both included."""

    kind = Code(*periods.KINDS, required=True)
    first = Day(required=True)
    last = Day(required=True)


class FiguresAnswer(Body):
    """Counts from 1 to `least` - 1 are hidden, and whatever they could be reckoned from."""

    period = Nested(PeriodAnswer, required=True)
    before = Nested(PeriodAnswer, required=True)
    unit = units.UnitCode(required=True)
    least = Count(1, 1000, required=True)
    lines = marshmallow_fields.List(Nested(IndicatorAnswer), required=True)
    hours = marshmallow_fields.List(Nested(HourAnswer), required=True)
    causes = marshmallow_fields.List(Nested(CauseCount), required=True)


class SideBySide(Body):
    """Of a group: who takes part, and how many of them were put forward and placed; null for what is hidden."""

    taking_part = Count(0, 10**9, required=True, allow_none=True)
    proposed = Count(0, 10**9, required=True, allow_none=True)
    placed = Count(0, 10**9, required=True, allow_none=True)


class SideBySides(Body):
    """Groups that end below each limit, and the rest."""

    limits = list_of(Count(0, 1000), 20, required=True)
    groups = list_of(Nested(SideBySide), 21, required=True)


class BySex(Body):
    """By the legal sex that was written down; `not_noted` for those of whom it was not."""

    female = Nested(SideBySide, required=True)
    male = Nested(SideBySide, required=True)
    not_noted = Nested(SideBySide, required=True)


class FairnessAnswer(Body):
    """Counts from 1 to `least` - 1 are hidden, and what would give them away; no `sex` where it is not counted."""

    least = Count(1, 1000, required=True)
    age = Nested(SideBySides, required=True)
    sex = Nested(BySex, required=True, allow_none=True)
    weeks_known = Nested(SideBySides, required=True)
