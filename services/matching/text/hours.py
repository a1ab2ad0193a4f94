"""How much work there is: hours a week, a month or a day, days a week, and how many people."""

import re
from collections.abc import Iterator

from services.matching.text.found import LIKELY, PERHAPS, SURE, Found, denied
from services.matching.text.numbers import RANGE, value_of

_BOUND = (
    r"(?:\b(?P<bound>mindst|minimum|min\.?|fra|højst|maks(?:imalt|imum)?\.?|max\.?|op til|under|mellem|ca\.?|cirka|"
    r"omkring|gerne)\s+)?"
)
_EACH = r"(?:om|pr\.?|per|i|hver)"
_WEEK = rf"(?:\s*(?:{_EACH}\s*uge(?:n|ntligt)?\b|ugentlige?t?\b|/\s*uge\b)|-?\s*uge\b)"
_MONTH = rf"(?:\s*(?:{_EACH}\s*måned(?:en)?\b|månedligt?\b|/\s*md\b|{_EACH}\s*md\b))"
_DAY = rf"(?:\s*(?:{_EACH}\s*(?:dag(?:en)?|gang|vagt)\b|om dagen\b|dagligt?\b|ad gangen\b|i træk\b))"
_UNIT = r"\s*-?(?:timers?|time|t\.?|tim\.?)\b\.?"
HOURS = re.compile(rf"{_BOUND}{RANGE}{_UNIT}(?:(?P<week>{_WEEK})|(?P<month>{_MONTH})|(?P<day>{_DAY}))")
WEEKLY_FIRST = re.compile(
    rf"\b(?:ugentligt?|om ugen|pr\.? uge)\s*(?:arbejdstid\s*)?(?::|er|på)?\s*{_BOUND}{RANGE}{_UNIT}"
)
FULL_TIME = re.compile(r"\b(?:fuld ?tid(?:s\w*)?|fuldtids?\w*|på fuld tid)\b")
FULL_WEEK = 37.0
DAYS_A_WEEK = re.compile(
    rf"{_BOUND}{RANGE}\s*(?:hver)?dage?\s*(?:(?:om|i|pr\.?|per|hver)\s*ugen?\b|ugentligt?\b|/\s*uge\b)"
)
MOST_HOURS = {"week": 48.0, "month": 210.0, "day": 24.0}
PEOPLE = (
    r"(?:mand|personer|person|medarbejdere?|ansatte|folk|mennesker|hænder|stk|praktikanter|vikarer|afløsere|"
    r"unge|kolleger|kollegaer|pladser|stillinger|job|jobs|plads|stilling)"
)
_KEEN = (
    r"(?:nye|friske|raske|dygtige|erfarne|stabile|ekstra|flinke|gode|flere|ledige|unge|"
    r"pligtopfyldende|ufaglærte|faglærte)"
)
POSITIONS = (
    (SURE, re.compile(rf"{RANGE}\s+(?:{_KEEN}\s+)*{PEOPLE}\b(?!\s*(?:om ugen|af))")),
    (LIKELY, re.compile(
        rf"\b(?:søger|mangler|behov for|bruge|brug for|ansætte|ansætter|plads til|efterlyser|skal have|"
        rf"vil have|ønsker|"
        rf"ledige?|hyre)\s+(?:vi\s+)?(?:gerne\s+|hurtigt\s+|os\s+|straks\s+|snarest\s+|yderligere\s+)*{RANGE}"
        rf"(?=\s+(?!timer|dage|uger|måneder|gange|km|kg|kilo|år|procent|%|t\b)[a-zæøå])"
    )),
    (LIKELY, re.compile(
        rf"(?:^|(?<=[.!?:]\s)|(?<=\n))\s*(?:vi har )?(?:{RANGE})\s+(?:{_KEEN}\s+)*(?:til|som|i|på)\s+(?=[a-zæøå])"
    )),
)  # fmt: skip
_ONE_IS_ANY = ("en", "et")


def read_hours(text: str) -> Iterator[Found]:
    """Hours by week, month and day, each as (least, most); None where only one end was said."""
    taken: list[tuple[int, int]] = []
    for pattern in (HOURS, WEEKLY_FIRST):
        for match in pattern.finditer(text):
            told = match.groupdict()
            unit = next((each for each in ("month", "day") if told.get(each)), "week")
            span = _bounds(match)
            if _possible(span, MOST_HOURS[unit]) and not _inside(match.span(), taken):
                taken.append(match.span())
                sure = LIKELY if (told["bound"] or "").startswith(("ca", "cirka", "omkring")) else SURE
                yield Found(f"{unit}ly_hours" if unit != "day" else "hours_per_day", span, *match.span(), sure)
    if not taken:
        for match in FULL_TIME.finditer(text):
            if not denied(text, *match.span()):
                yield Found("weekly_hours", (FULL_WEEK, FULL_WEEK), *match.span(), PERHAPS)


def _bounds(match: re.Match[str]) -> tuple[float | None, float | None]:
    told = match.groupdict()
    least = value_of(told["least"])
    if told["most"]:
        most = value_of(told["most"])
        return min(least, most), max(least, most)
    bound = (told["bound"] or "").rstrip(".")
    if bound in ("mindst", "minimum", "min", "fra"):
        return least, None
    if bound in ("op til", "under") or bound.startswith(("højst", "maks", "max")):
        return None, least
    return least, least


def _possible(span: tuple[float | None, float | None], most: float) -> bool:
    return all(each is None or 0 < each <= most for each in span)


def _inside(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in taken)


def read_days_a_week(text: str) -> Iterator[Found]:
    """On how many days of the week, as (least, most)."""
    for match in DAYS_A_WEEK.finditer(text):
        span = _bounds(match)
        if _possible(span, 7):
            yield Found("days_required", span, *match.span())


def read_positions(text: str) -> Iterator[Found]:
    """How many people are looked for; "en" alone is an article as often as a number."""
    taken: list[tuple[int, int]] = []
    for sure, pattern in POSITIONS:
        for match in pattern.finditer(text):
            said = match["most"] or match["least"]
            number, span = value_of(said), (match.start("least"), match.end("most" if match["most"] else "least"))
            if number != int(number) or not 1 <= number <= 500 or _inside(span, taken):
                continue
            taken.append(span)
            doubtful = said in _ONE_IS_ANY or said == "et par" or match["most"]
            yield Found("positions", int(number), *span, PERHAPS if doubtful else sure)
