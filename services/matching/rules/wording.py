"""Words in a company's text that say who somebody should be, in place of what they should do.

Forskelsbehandlingsloven § 5 and ligebehandlingsloven § 6 forbid to seek or prefer somebody by such a thing. The list
proposes, people decide: staff may keep a word for a reason that stands on a list as well.
"""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from shared.events.codes import Words

TABLE = Path(__file__).parents[1] / "data" / "need_words.csv"
EQUAL = Words("forskelsbehandlingsloven § 5", "Act on Discrimination, section 5")
SEX = Words("ligebehandlingsloven § 6", "Act on Equal Treatment, section 6")


@dataclass(frozen=True, slots=True)
class Ground:
    """What a word tells of, and the law that keeps it out of a text."""

    words: Words
    law: Words


GROUNDS: Mapping[str, Ground] = {
    "sex": Ground(Words("køn", "sex"), SEX),
    "family": Ground(Words("graviditet eller familie", "pregnancy or family"), SEX),
    "age": Ground(Words("alder", "age"), EQUAL),
    "origin": Ground(Words("oprindelse", "origin"), EQUAL),
    "belief": Ground(Words("religion eller tro", "religion or belief"), EQUAL),
    "disability": Ground(Words("handicap eller helbred", "disability or health"), EQUAL),
    "orientation": Ground(Words("seksuel orientering", "sexual orientation"), EQUAL),
}
REASONS: Mapping[str, Words] = {
    "about_the_work": Words(
        "ordet siger, hvem der arbejdes med eller for", "the word says whom the work is with or for"
    ),
    "name_of_place": Words("ordet er en del af et navn", "the word is part of a name"),
    "lawful": Words(
        "en lov, en dispensation eller en offentlig indsats tillader det (forskelsbehandlingsloven §§ 6 og 9)",
        "a law, an exemption or a public measure allows it (Act on Discrimination, sections 6 and 9)",
    ),
}
# The least ages that law itself sets for work, machines, alcohol and driving; a lower limit is no preference.
LEAST_AGES = {13, 15, 16, 18, 20, 21, 25}
ADULT = 16


@dataclass(frozen=True, slots=True)
class Finding:
    """A place in a text (`start` to `end`) that tells of a ground, and what could stand there."""

    said: str
    start: int
    end: int
    ground: str
    neutral: Words

    @property
    def why(self) -> Words:
        """Why it cannot stand there, with the law and what could."""
        ground = GROUNDS[self.ground]
        return Words(
            f"„{self.said}“ siger noget om {ground.words.danish} ({ground.law.danish}). "
            f"Skriv fx „{self.neutral.danish}“.",
            f'"{self.said}" says something of {ground.words.english} ({ground.law.english}). '
            f'Write "{self.neutral.english}", say.',
        )


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the word list."""

    ground: str
    words: tuple[str, ...]
    neutral: Words
    pattern: re.Pattern[str]
    after: re.Pattern[str] | None
    before: re.Pattern[str] | None


def _split(cell: str) -> tuple[str, ...]:
    return tuple(one for one in cell.split("|") if one)


def _any(words: Iterable[str]) -> str:
    longest = sorted(words, key=len, reverse=True)
    return "|".join("[0-9]+" if one == "#" else re.escape(one).replace(r"\ ", r"\s+") for one in longest)


@lru_cache(maxsize=1)
def rows() -> tuple[Row, ...]:
    """The word list; in `words` are whole words or phrases with all their forms."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(_row(line) for line in csv.DictReader(file))


def _row(line: Mapping[str, str]) -> Row:
    words, after, before = (_split(line[name]) for name in ("words", "unless_after", "unless_before"))
    return Row(
        line["ground"], words, Words(line["neutral_da"], line["neutral_en"]),
        re.compile(rf"(?<![\w-])(?:{_any(words)})(?![\w-])", re.IGNORECASE),
        re.compile(rf"(?<![\w-])(?:{_any(after)})\s+$", re.IGNORECASE) if after else None,
        re.compile(rf"\s+(?:{_any(before)})(?![\w-])", re.IGNORECASE) if before else None,
    )  # fmt: skip


_AGES = re.compile(
    r"(?<![\w-])(?:(?P<most>under|højst|ma(?:x|ks)(?:imalt|\.)?|ikke over|op til|yngre end)\s+(?P<limit>[1-9][0-9])"
    r"|(?P<over>over|fra|mindst|ældre end)\s+(?P<least>[1-9][0-9])"
    r"|(?:mellem\s+)?(?P<first>[1-9][0-9])\s*(?:-|–|og|til)\s*(?P<last>[1-9][0-9]))"
    r"(?:\s*års?\s+alderen|\s*-?\s*årige?|\s+år)(?!\w)",
    re.IGNORECASE,
)
_NOT_AGE = re.compile(
    r"\s+(?:erfaring|siden|på|i\s+branchen|garanti|gammelt|gammel\s+(?:virksomhed|bygning|hus))", re.IGNORECASE
)
_THEIR_AGE = re.compile(r"(?<!\w)(?:børn|elever|beboere|med\s+unge|for\s+unge|deltagere)(?:\s+\w+)?\s+$", re.IGNORECASE)
_AGE_NEUTRAL = Words("den erfaring, opgaven kræver", "the experience that the task takes")


def _ages(text: str) -> Iterable[Finding]:
    for match in _AGES.finditer(text):
        least, last = match["least"], match["last"] or match["limit"]
        lawful = least is not None and int(least) in LEAST_AGES
        if lawful or (last is not None and int(last) < ADULT):
            continue
        if _NOT_AGE.match(text, match.end()) or _THEIR_AGE.search(text[: match.start()]):
            continue
        yield Finding(match[0], match.start(), match.end(), "age", _AGE_NEUTRAL)


def findings(text: str) -> list[Finding]:
    """What in a text tells of a ground, in its order; of two that overlap the longer."""
    found = [*_ages(text)]
    for row in rows():
        for match in row.pattern.finditer(text):
            harmless = (row.after and row.after.search(text[: match.start()])) or (
                row.before and row.before.match(text, match.end())
            )
            if not harmless:
                found.append(Finding(match[0], match.start(), match.end(), row.ground, row.neutral))
    kept: list[Finding] = []
    for one in sorted(found, key=lambda each: (each.start - each.end, each.start)):
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda each: each.start)


def told(found: Iterable[Finding]) -> Words:
    """All of it in words of both languages."""
    why = [one.why for one in found]
    return Words(" ".join(one.danish for one in why), " ".join(one.english for one in why))
