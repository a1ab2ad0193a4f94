"""What somebody calls a job, as a title on the list: linked where that is sure, else a few to choose from."""

import re
from dataclasses import dataclass
from itertools import chain, zip_longest

from services.matching.rules import catalogue
from services.matching.vocabulary import linking
from services.matching.vocabulary.words import folded
from shared.occupations import Occupation, occupations
from shared.occupations import unknown as said_of_unknown

FEW = 5
EITHER = re.compile(r"\s+(?:og/)?eller\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Linked:
    """The title that was understood; `said` is what stood for it where that was something else, `sure` from 0 to 1."""

    title: Occupation
    said: str
    sure: float


def linked(words: str) -> Linked | None:
    """The title that somebody's words surely stand for; None where a person has to choose."""
    link = linking.linked(words)
    if link is None:
        return None
    title = occupations()[link.star_id]
    return Linked(title, "" if folded(words) == folded(title.title) else words.strip(), link.sure)


def choices(words: str, most: int = FEW) -> list[Occupation]:
    """Titles that may be meant, the likeliest first: of words that a title begins with, those; else by likeness."""
    parts = EITHER.split(words)
    if len(parts) > 1:
        return _by_turns(*(choices(part, most) for part in parts))[:most]
    near = catalogue.search(words, most)
    likely = [occupations()[star_id] for star_id in linking.likely(words, most)]
    begun = any(folded(known.title).startswith(folded(words)) for known in near)
    link = linked(words)
    first = [link.title] if link else []
    return list(dict.fromkeys([*first, *([*near, *likely] if begun else _by_turns(likely, near))]))[:most]


def _by_turns(*lists: list[Occupation]) -> list[Occupation]:
    told = chain.from_iterable(zip_longest(*lists))
    return list(dict.fromkeys(one for one in told if one is not None))


def unknown(words: str) -> str:
    """What to say of words that no title surely stands for, with those to choose from."""
    return said_of_unknown(words, choices(words))
