"""When it begins and ends: dates as people say them, counted from a day that is passed in."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from services.matching.text.found import LIKELY, PERHAPS, SURE, Found, clause
from services.matching.text.numbers import NUMBER, value_of
from services.matching.text.times import NAMES

MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november",
    "december",
)  # fmt: skip
_MONTH = rf"(?:{'|'.join(MONTHS)}|(?:jan|feb|mar|apr|jun|jul|aug|sept?|okt|nov|dec)\b\.?)"
_NAME = "|".join(NAMES)
_DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])"
SAID = (
    (SURE, "written", re.compile(rf"(?<![\d.,:/]){_DAY}\.?\s*(?P<month>{_MONTH})(?:\s*(?P<year>20\d\d))?")),
    (SURE, "digits", re.compile(rf"(?<![\d.,:/-]){_DAY}/(?P<month>1[0-2]|0?[1-9])(?:[/-](?P<year>20\d\d|"
                                rf"\d\d))?(?![\d:])")),
    (SURE, "digits", re.compile(rf"(?<![\d.,:/-]){_DAY}[.-](?P<month>1[0-2]|0?[1-9])[.-](?P<year>20\d\d|"
                                rf"\d\d)(?![\d:])")),
    (LIKELY, "digits", re.compile(rf"\b(?:den|d\.|pr\.)\s*{_DAY}\.(?P<month>1[0-2]|0?[1-9])\b(?![.:]?\d)")),
    (SURE, "iso", re.compile(r"(?<!\d)(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)")),
    (LIKELY, "of_month", re.compile(rf"\b(?:den|d\.)\s*{_DAY}\.(?!\s*(?:{_MONTH}|\d))")),
    (PERHAPS, "part", re.compile(rf"\b(?P<part>primo|medio|ultimo|starten af|midten af|slutningen "
                                 rf"af)\s+(?P<month>{_MONTH})")),
    (SURE, "tomorrow", re.compile(r"\b(?P<word>i morgen|i overmorgen|i dag)\b")),
    (LIKELY, "weekday", re.compile(rf"\b(?:på|førstkommende|kommende|næste|nu "
                                   rf"på)\s+(?P<word>{_NAME})\b(?!\s*(?:-|til|og))")),
    (LIKELY, "in", re.compile(rf"\bom\s+(?P<count>{NUMBER})\s+(?P<unit>dage?|uger?|måneder|måned)\b")),
    (LIKELY, "week", re.compile(r"\b(?:i |fra |til )?uge\s+(?P<week>[1-4]\d|5[0-3]|[1-9])(?!\d|"
                                r"\s*(?:timer|dage))")),
    (PERHAPS, "next", re.compile(r"\b(?:i )?(?P<word>næste uge|næste måned|næste år|til nytår|efter nytår)\b")),
)  # fmt: skip
_STARTS = re.compile(
    r"(?:\bfra|\bpr\.?|\bper|\bstart\w*|\bbegynd\w*|\bopstart\w*|\btiltræd\w*|\bgå i gang|\bi gang|"
    r"\bmøde\w*|\bklar|\bførste dag)"
    r"\s*:?\s*(?:er\s+|den\s+|d\.\s*|på\s+|allerede\s+|omkring\s+|ca\.?\s+|senest\s+|i\s+|som\s+|fra\s+|pr\.?\s+|"
    rf"(?:{_NAME})\s+(?:den\s+|d\.\s*)?)*$"
)
_ENDS = re.compile(
    r"(?:\btil(?: og med)?|\bindtil|\bfrem til|\bslut\w*|\bophør\w*|\bt\.o\.m\.?|-)\s*(?:den\s+|d\.\s*|i\s+)?$"
)
_DEADLINE = re.compile(
    r"(?:frist\w*|ansøg\w*|samtale\w*|svar\w*|senest|ring\w*|kontakt\w*|opslået|"
    r"udløb\w*)[^.!?\n]*$"
)
SOON = re.compile(
    r"\b(?:snarest(?: muligt)?|hurtigst muligt|med det samme|straks|omgående|så snart som muligt|nu og her|asap)\b"
)


def read_dates(text: str, today: date) -> Iterator[Found]:
    """When it begins and ends; a day that has passed this year is next year's, deadlines are nobody's start."""
    taken: list[Found] = []
    for sure, kind, pattern in SAID:
        for match in pattern.finditer(text):
            day = _day(kind, match, today)
            if day is None or any(each.start < match.end() and match.start() < each.end for each in taken):
                continue
            found = _placed(text, match, day, sure, today)
            taken.append(found)
    starts = [each for each in taken if each.field == "starts_on"]
    yield from (each for each in taken if each.field not in ("day", "deadline"))
    undecided = [each for each in taken if each.field == "day"]
    if not starts and len(undecided) == 1:
        lone = undecided[0]
        yield Found("starts_on", lone.value, lone.start, lone.end, min(lone.sure, PERHAPS))
    for match in SOON.finditer(text):
        begins, _ends = clause(text, *match.span())
        if not _DEADLINE.search(text[begins : match.start()]):
            yield Found("starts_soon", True, *match.span(), LIKELY)


def _placed(text: str, match: re.Match[str], day: date, sure: float, today: date) -> Found:
    begins, _ends = clause(text, *match.span())
    before = text[begins : match.start()]
    itself = match.group()
    if _STARTS.search(before) or itself.startswith("fra "):
        field = "starts_on"
    elif _ENDS.search(before) or itself.startswith("til uge"):
        field = "ends_on"
    elif _DEADLINE.search(before):
        field = "deadline"
    else:
        field = "day"
    if field == "starts_on" and day < today:
        sure = PERHAPS
    return Found(field, day.isoformat(), *match.span(), sure)


def _day(kind: str, match: re.Match[str], today: date) -> date | None:
    try:
        return _READ[kind](match, today)
    except (ValueError, OverflowError):
        return None


def _dated(match: re.Match[str], today: date) -> date:
    month = match["month"]
    number = int(month) if month.isdigit() else _month(month)
    year = match.groupdict().get("year")
    if year:
        return date(int(year) if len(year) == 4 else 2000 + int(year), number, int(match["day"]))
    this = date(today.year, number, int(match["day"]))
    return this if this >= today else this.replace(year=today.year + 1)


def _month(said: str) -> int:
    return next(number for number, name in enumerate(MONTHS, 1) if name.startswith(said.rstrip(".")[:3]))


def _of_month(match: re.Match[str], today: date) -> date:
    day = int(match["day"])
    if day >= today.day:
        return today.replace(day=day)
    return _months_on(today.replace(day=1), 1).replace(day=day)


def _months_on(day: date, months: int) -> date:
    """So many months on, the last of a shorter month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for shorter in range(4):
        try:
            return date(year, month + 1, day.day - shorter)
        except ValueError:
            continue
    raise ValueError(day)


def _part(match: re.Match[str], today: date) -> date:
    number = _month(match["month"])
    first = date(today.year, number, 1)
    if match["part"] in ("ultimo", "slutningen af"):
        day = _months_on(first, 1) - timedelta(days=1)
    else:
        day = first.replace(day=15) if match["part"] in ("medio", "midten af") else first
    return day if day >= today else _months_on(day, 12)


def _tomorrow(match: re.Match[str], today: date) -> date:
    return today + timedelta(days={"i dag": 0, "i morgen": 1, "i overmorgen": 2}[match["word"]])


def _weekday(match: re.Match[str], today: date) -> date:
    ahead = (NAMES.index(match["word"]) - today.weekday() - 1) % 7 + 1
    if match.group().startswith("næste") and ahead + today.weekday() < 7:
        ahead += 7
    return today + timedelta(days=ahead)


def _in(match: re.Match[str], today: date) -> date:
    count, unit = value_of(match["count"]), match["unit"]
    if unit.startswith("måned"):
        return _months_on(today, int(count))
    return today + timedelta(days=round(count * (7 if unit.startswith("uge") else 1)))


def _week(match: re.Match[str], today: date) -> date:
    week = int(match["week"])
    this = date.fromisocalendar(today.year, week, 1)
    return this if this + timedelta(days=6) >= today else date.fromisocalendar(today.year + 1, week, 1)


def _next(match: re.Match[str], today: date) -> date:
    if match["word"] == "næste uge":
        return today + timedelta(days=7 - today.weekday())
    if match["word"] == "næste måned":
        return _months_on(today.replace(day=1), 1)
    return date(today.year + 1, 1, 1 if match["word"] == "næste år" else 2)


_READ = {
    "written": _dated, "digits": _dated, "iso": _dated, "of_month": _of_month, "part": _part, "tomorrow": _tomorrow,
    "weekday": _weekday, "in": _in, "week": _week, "next": _next,
}  # fmt: skip
