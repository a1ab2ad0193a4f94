"""How numbers, dates and lists are said to people, in Danish and in English."""

from collections.abc import Iterable, Sequence
from datetime import date

from shared.events.codes import Words

MONTHS = (
    Words("januar", "January"), Words("februar", "February"), Words("marts", "March"), Words("april", "April"),
    Words("maj", "May"), Words("juni", "June"), Words("juli", "July"), Words("august", "August"),
    Words("september", "September"), Words("oktober", "October"), Words("november", "November"),
    Words("december", "December"),
)  # fmt: skip
HOURS = (Words("time", "hour"), Words("timer", "hours"))
MINUTES = (Words("minut", "minute"), Words("minutter", "minutes"))
DAYS = (Words("dag", "day"), Words("dage", "days"))
WEEKS = (Words("uge", "week"), Words("uger", "weeks"))
MONTHS_LONG = (Words("måned", "month"), Words("måneder", "months"))


def counted(number: float, one_and_many: tuple[Words, Words]) -> Words:
    """ "1 time" and "1 hour", "7,5 timer" and "7.5 hours"."""
    unit = one_and_many[number != 1]
    return Words(f"{number:g} {unit.danish}".replace(".", ","), f"{number:g} {unit.english}")


def said_day(day: date) -> Words:
    """ "6. december 2026" and "6 December 2026"."""
    month = MONTHS[day.month - 1]
    return Words(f"{day.day}. {month.danish} {day.year}", f"{day.day} {month.english} {day.year}")


def said_months(firsts: Iterable[date]) -> Words:
    """ "juli 2026 og august 2026" and "July 2026 and August 2026"."""
    named = [(MONTHS[first.month - 1], first.year) for first in firsts]
    return listed([Words(f"{month.danish} {year}", f"{month.english} {year}") for month, year in named])


AND, OR = Words("og", "and"), Words("eller", "or")


def listed(words: Sequence[Words], last: Words = AND) -> Words:
    """ "a, b og c" and "a, b and c"."""
    return Words(
        _joined([one.danish for one in words], last.danish),
        _joined([one.english for one in words], last.english),
    )


def _joined(words: Sequence[str], last: str) -> str:
    return f" {last} ".join([*([", ".join(words[:-1])] if words[1:] else []), *words[-1:]])
