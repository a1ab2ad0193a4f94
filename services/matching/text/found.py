"""One thing that was read, where it was read and how sure that is; and what a sentence denies."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

SURE, LIKELY, PERHAPS = 0.95, 0.75, 0.5
_DENIES_BEFORE = re.compile(
    r"\b(?:ikke|ingen|intet|uden|aldrig|hverken|undtagen|minus|slipper (?:man )?for|undgå|fri for|fritaget for)\b"
)
_DENIES_AFTER = re.compile(
    r"^\W{0,2}(?:\w+ ){0,2}?(?:er|kræves|forventes|behøves|skal|forekommer|bliver)?\s?(?:der )?"
    r"(?:ikke|unødvendigt?|(?:et )?krav ikke)\b"
)
_WISHED = re.compile(
    r"\b(?:gerne|fordel|plus|velkommen|ønskeligt|foretrækkes|ideelt|optimalt|godt hvis|rart|lære|oplæring)\b"
)
_CLAUSE_ENDS = re.compile(r"[.!?;\n](?=\s|$)|,(?!\d)|\bmen\b|(?<=\w)\.(?=\s)")
_ABBREVIATED = re.compile(r"\b(?:kl|ca|pr|max|maks|min|d|evt|fx|osv|nr|inkl|st)\.$|\d\.$")


@dataclass(frozen=True, slots=True)
class Found:
    """`field` is what it is for, `start` and `end` where in the text, `sure` from 0 to 1; `wished` is no demand.

    `choices` are other values that the same words may stand for, the likeliest first, where that is not sure.
    """

    field: str
    value: Any
    start: int
    end: int
    sure: float = SURE
    wished: bool = False
    choices: tuple[str, ...] = ()


def lowered(text: str) -> str:
    """Small letters, letter by letter, so that places stay; a hard space is a space, a long dash a short one."""
    small = "".join(low if len(low := each.lower()) == 1 else each for each in text)
    return small.translate({0xA0: " ", 0x2013: "-", 0x2014: "-", 0x2212: "-", ord("\t"): " ", ord("\r"): " "})


def clause(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the clause around a place begins and ends."""
    begins = 0
    for stop in _stops(text):
        if stop.end() <= start:
            begins = stop.end()
        elif stop.start() >= end:
            return begins, stop.start()
    return begins, len(text)


def sentences(text: str) -> list[tuple[int, int]]:
    """Sentences and lines, as places."""
    marks = [stop.end() for stop in _stops(text) if stop.group() in ".!?;\n"]
    bounds = [0, *marks, len(text)]
    return [(one, two) for one, two in pairwise(bounds) if text[one:two].strip()]


def _stops(text: str) -> Iterator[re.Match[str]]:
    for stop in _CLAUSE_ENDS.finditer(text):
        if stop.group() != "." or not _ABBREVIATED.search(text[max(0, stop.start() - 5) : stop.end()]):
            yield stop


def denied(text: str, start: int, end: int) -> bool:
    """True where the clause says that it is not so."""
    begins, ends = clause(text, start, end)
    return bool(_DENIES_BEFORE.search(text[begins:start]) or _DENIES_AFTER.match(text[end:ends]))


def wished(text: str, start: int, end: int) -> bool:
    """True where the clause says that it would be good, but no more."""
    begins, ends = clause(text, start, end)
    return bool(_WISHED.search(text[begins:start]) or _WISHED.search(text[end:ends]))


def overlaps(one: Found, other: Found) -> bool:
    """True where two things were read in the same place."""
    return one.start < other.end and other.start < one.end
