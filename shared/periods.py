"""The periods that numbers are counted for: all made of pieces, a week cut where the month changes."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

WEEK, MONTH, QUARTER, OWN = KINDS = ("week", "month", "quarter", "own")
MOST_WEEKS = 53
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """Whole days, both ends included."""

    kind: str
    first: date
    last: date

    def is_over(self, today: date) -> bool:
        """True once nobody can come in it any more."""
        return self.last < today

    def before(self) -> "Period":
        """The one of the same length that ends as this begins."""
        if self.kind == OWN:
            return Period(OWN, self.first - (self.last - self.first) - _DAY, self.first - _DAY)
        return containing(self.first - _DAY, self.kind)

    def after(self) -> "Period":
        """The one of the same length that begins as this ends."""
        if self.kind == OWN:
            return Period(OWN, self.last + _DAY, self.last + (self.last - self.first) + _DAY)
        return containing(self.last + _DAY, self.kind)

    def back(self, number: int) -> "list[Period]":
        """This one and those before it, the oldest first; `number` in all."""
        found = [self]
        while len(found) < number:
            found.append(found[-1].before())
        return found[::-1]


def containing(day: date, kind: str) -> Period:
    """The week, month or quarter that a day lies in."""
    if kind == WEEK:
        monday = day - timedelta(days=day.weekday())
        return Period(WEEK, monday, monday + timedelta(days=6))
    first = day.replace(day=1) if kind == MONTH else quarter_of(day)
    months = 1 if kind == MONTH else 3
    end = first.replace(month=first.month + months - 1)
    return Period(kind, first, end.replace(day=monthrange(end.year, end.month)[1]))


def weeks(since: date, until: date) -> Period:
    """The whole weeks that two days lie in: nothing is counted in smaller pieces."""
    return Period(OWN, containing(since, WEEK).first, containing(until, WEEK).last)


def quarter_of(day: date) -> date:
    """The first day of a day's quarter."""
    return day.replace(month=3 * ((day.month - 1) // 3) + 1, day=1)


def piece_of(day: date) -> date:
    """The first day of the piece that a day lies in: its Monday, or the first of the month if that is later."""
    return max(day - timedelta(days=day.weekday()), day.replace(day=1))


def pieces(first: date, last: date) -> Iterator[date]:
    """The first days of the pieces that these days lie in."""
    day = piece_of(first)
    while day <= last:
        yield day
        month_after = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
        day = min(day + timedelta(days=7 - day.weekday()), month_after)


def whole_quarters(first: date, last: date) -> tuple[date, date]:
    """First and last day of the quarters that these days lie in."""
    return quarter_of(first), containing(last, QUARTER).last
