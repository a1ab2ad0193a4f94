"""When the work is: days, clock times, and the windows that they make together."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from services.matching.text.found import LIKELY, SURE, Found, clause, denied, sentences
from services.matching.text.numbers import SPOKEN

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NAMES = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
_SHORT = {"man": 0, "tir": 1, "tirs": 1, "ons": 2, "tor": 3, "tors": 3, "fre": 4, "lør": 5, "søn": 6, "ma": 0, "fr": 4}
_LONG = r"(?:mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag)(?:e|en|ene)?"
_DAY = rf"(?:{_LONG}|(?:man|tirs?|ons|tors?|fre|lør|søn)\b\.?)"
# "man" is a word of its own, and so is "søn": short names count among others and before a clock time.
_ALONE = (
    r"(?:man|tirs?|ons|tors?|fre|lør|søn)\b\.?(?=\s*(?:[,&+/]|og\b)\s*(?:man|tir|ons|tor|fre|lør|"
    r"søn)|\s*(?:kl\b|\d\d?\s*(?:[.:]\d|-)))"
)
_WORKDAYS = r"(?:alle |på |i )?(?:hverdage(?:ne)?|hver hverdag|ugens hverdage|alle arbejdsdage)"
_WEEKEND = r"weekend(?:er|erne|en)?\b"
_EVERY = r"(?:alle (?:ugens )?(?:syv )?dage|alle ugens dage|hver dag|hele ugen|dagligt)"
DAYS_SAID = re.compile(
    rf"(?P<run>\b{_DAY}\s*(?:-|til og med|til|t\.o\.m\.?)\s*{_DAY})|(?P<day>\b(?:{_LONG}|{_ALONE})(?!\w))|"
    rf"(?P<workdays>\b{_WORKDAYS}\b)|"
    rf"(?P<weekend>\b{_WEEKEND})|(?P<every>\b{_EVERY}\b)"
)
_HOURS_SAID = "|".join(
    sorted((word for word, value in SPOKEN.items() if value == int(value) and 1 <= value <= 12 and len(word) > 1),
           key=len, reverse=True)
)  # fmt: skip
_SPOKEN_CLOCK = (
    rf"(?:(?:halv|kvart (?:over|i)|(?:fem|ti|tyve) (?:minutter )?(?:over|i)(?: halv)?)\s+)?(?:{_HOURS_SAID})\b"
)
_DIGITS = r"(?<![\d.,:/])(?:[01]?\d|2[0-4])(?:[.:][0-5]\d)?(?![\d/:%]|[.,]\d)"
_CLOCK = rf"(?:(?:halv|kvart over|kvart i)\s+{_DIGITS}|{_DIGITS}|{_SPOKEN_CLOCK})"
_KL = r"(?:kl\.?|klokken|klokka)\s*"
_PART = r"(?:\s*(?P<{0}>(?:om\s+)?(?:morgenen|formiddagen|eftermiddagen|aftenen|natten)))?"
_NOT_HOURS = (
    r"(?!\s*(?:-?timers?|time|t\b|dage|gange|uger|måneder|kg|kilo|km|kr|mand\b|person|medarbejder|procent|%|år|stk|"
    r"minutter|min\b|meter|\.\s*(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|"
    r"november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sep|okt|nov|dec)))"
)
SPAN_SAID = re.compile(
    rf"(?P<cue>\b{_KL}|\b(?:fra|mellem)\s+(?:{_KL})?)?(?P<from>{_CLOCK}){_PART.format('one')}\s*(?P<to>-|til|og)\s*"
    rf"(?:{_KL})?(?P<until>{_CLOCK}){_NOT_HOURS}{_PART.format('two')}"
)
START_SAID = re.compile(
    rf"(?:\b(?:der|møde(?:r|tid|tidspunkt|tiden)?|start(?:er|e)?|begynde(?:r)?|fra|senest|ind|frem|klar|"
    rf"på plads|være her)\s+"
    rf"(?:(?:er|ind|op|på arbejde|senest|allerede|hver dag|altid|"
    rf"der)\s+)*)(?P<kl>{_KL})?(?P<at>{_CLOCK}){_NOT_HOURS}"
    rf"{_PART.format('one')}"
)
_LATER = ("eftermiddagen", "aftenen")
# "der er to pladser": a number before a word says how many, not when.
_COUNTS = re.compile(r"\s+(?!og\b|men\b|så\b|hver\b|på\b)[a-zæøå]")
BIND = 80


@dataclass(frozen=True, slots=True)
class _Said:
    start: int
    end: int
    days: tuple[int, ...] = ()
    clocks: tuple[int, int] | None = None


def minute_of(said: str, part: str = "") -> int | None:
    """Minutes since midnight of "7", "7.30", "halv otte", "kvart over otte"; None where it is no clock time."""
    told = said.strip()
    shift = 0
    while match := re.match(r"(halv|kvart over|kvart i|(fem|ti|tyve) (?:minutter )?(over|i))\s+", told):
        word = match[1]
        if match[2]:
            shift += int(SPOKEN[match[2]]) * (1 if match[3] == "over" else -1)
        else:
            shift += {"halv": -30, "kvart over": 15, "kvart i": -15}[word]
        told = told[match.end() :]
    hours, _mark, minutes = told.replace(":", ".").partition(".")
    whole = int(hours) if hours.isdigit() else int(SPOKEN.get(hours, -1))
    if whole < 0:
        return None
    minute = whole * 60 + (int(minutes) if minutes else 0) + shift
    if any(later in part for later in _LATER) and minute < 12 * 60:
        minute += 12 * 60
    return minute if 0 <= minute <= 24 * 60 else None


def days_of(match: re.Match[str]) -> tuple[int, ...]:
    """Weekdays of what DAYS_SAID found, Monday is 0."""
    if match["workdays"]:
        return (0, 1, 2, 3, 4)
    if match["weekend"]:
        return (5, 6)
    if match["every"]:
        return tuple(range(7))
    named = [_number(each) for each in re.findall(rf"(?<!\w){_DAY}", match.group())]
    if match["day"]:
        return (named[0],)
    first, last = named[0], named[-1]
    return tuple(range(first, last + 1)) if first <= last else (*range(first, 7), *range(last + 1))


def _number(said: str) -> int:
    short = said.rstrip(".")
    found = next((number for number, name in enumerate(NAMES) if short.startswith(name)), None)
    return _SHORT[short] if found is None else found


def read_times(text: str) -> Iterator[Found]:
    """Days, windows and when to be there; a time of the day without a day is told apart, as "times"."""
    days = list(_days(text))
    spans = list(_spans(text))
    told: set[int] = set()
    denied_days = {day for each in days if denied(text, each.start, each.end) for day in each.days}
    kept = [each for each in days if not denied(text, each.start, each.end)]
    for begins, ends in sentences(text):
        inside = [each for each in (*kept, *spans) if begins <= each.start < ends]
        yield from _windows(sorted(inside, key=lambda each: each.start), denied_days, told)
    for each in kept:
        if each.start not in told:
            yield Found("days", tuple(DAYS[day] for day in each.days if day not in denied_days), each.start, each.end)
    taken = [(each.start, each.end) for each in spans]
    for match in START_SAID.finditer(text):
        minute = minute_of(match["at"], match["one"] or "")
        apart = not any(start < match.end() and match.start("at") < end for start, end in taken)
        cued = match["kl"] or ":" in match["at"] or "." in match["at"] or not match["at"].isdigit()
        if match["at"].isalpha() and not match["kl"] and _COUNTS.match(text, match.end()):
            continue
        if minute is not None and cued and apart and minute < 24 * 60:
            yield Found(
                "starts_at", _clock(minute), match.start("kl") if match["kl"] else match.start("at"), match.end()
            )


def _days(text: str) -> Iterator[_Said]:
    for match in DAYS_SAID.finditer(text):
        begins, _ends = clause(text, *match.span())
        if re.search(
            r"(?:\bpå|\bførstkommende|\bnæste|"
            r"\bkommende)\s+$",
            text[begins : match.start()],
        ) and _one_date(match):
            continue
        yield _Said(match.start(), match.end(), days_of(match))


def _one_date(match: re.Match[str]) -> bool:
    """True for "på mandag", which is a date and no weekday."""
    return bool(match["day"]) and match["day"].rstrip(".") in (*NAMES, *_SHORT)


def _spans(text: str) -> Iterator[_Said]:
    for match in SPAN_SAID.finditer(text):
        one, two = match["one"] or "", match["two"] or ""
        starts, ends = minute_of(match["from"], one), minute_of(match["until"], two)
        bare = match["cue"] is None and not re.search(r"[.:]", match["from"] + match["until"]) and match["to"] != "-"
        spoken = match["from"].isalpha() and not match["cue"]
        if starts is None or ends is None or bare or spoken or starts == ends or starts >= 24 * 60:
            continue
        if (
            (match["cue"] or "").startswith("fra") is False
            and match["to"] == "og"
            and "mellem" not in (match["cue"] or "")
        ):
            continue
        if (
            ends < starts
            and ends <= 12 * 60
            and not (match["until"][0].isdigit() and ends == 0)
            and starts < ends + 12 * 60
        ):
            ends += 12 * 60 if match["until"].isalpha() or two else 0
        yield _Said(match.start(), match.end(), clocks=(starts, ends))


def _windows(said: list[_Said], never: set[int], told: set[int]) -> Iterator[Found]:
    """Each time of day with the days before it, else with those right after it."""
    for at, each in enumerate(said):
        if each.clocks is None:
            continue
        before: list[_Said] = []
        for earlier in reversed(said[:at]):
            if earlier.clocks:
                if before:
                    break
                continue
            before.append(earlier)
        after = [one for one in said[at + 1 : at + 2] if one.clocks is None and one.start - each.end < BIND]
        group = before or after
        told |= {one.start for one in group}
        days = sorted({day for one in group for day in one.days} - never)
        made = [window for day in days for window in _of(day, *each.clocks)]
        first = min([each.start, *(one.start for one in group)])
        last = max([each.end, *(one.end for one in group)])
        if made:
            yield Found("windows", tuple(made), first, last, SURE if before else LIKELY)
        else:
            yield Found("times", f"{_clock(each.clocks[0])}-{_clock(each.clocks[1])}", each.start, each.end)


def _of(day: int, starts: int, ends: int) -> list[str]:
    if ends == 0:
        ends = 24 * 60
    if ends > starts:
        return [f"{DAYS[day]} {_clock(starts)}-{_clock(ends)}"]
    return [f"{DAYS[day]} {_clock(starts)}-24:00", f"{DAYS[(day + 1) % 7]} 00:00-{_clock(ends)}"]


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
