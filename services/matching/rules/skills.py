"""Skills of ESCO by number: what they are called, which an occupation asks for, and how a typed word finds one.

The Danish is ESCO's own where it was imported, else the project's wording, else ESCO's English.
"""

from collections.abc import Iterable, Sequence
from functools import cache

from rapidfuzz import fuzz, process

from services.matching.vocabulary import esco
from shared.errors import Invalid
from shared.events.codes import Words

LIKE_ENOUGH, LIKE = 75, 3


@cache
def labels() -> dict[int, Words]:
    """What each skill is called, by its number."""
    danish = {str(number): label for number, label in esco.danish_skills().items()}
    known = esco.rows(esco.ESCO / "esco_skills_en.csv")
    return {int(row["no"]): Words(danish.get(row["no"], row["label_en"]), row["label_en"]) for row in known}


@cache
def _numbers() -> dict[str, int]:
    english = {words.english.casefold(): number for number, words in labels().items()}
    return english | {words.danish.casefold(): number for number, words in labels().items()}


def usual(star_ids: Iterable[str], most: int) -> list[int]:
    """What the nearest occupations of ESCO ask for; those with a Danish label first."""
    found: dict[int, None] = {}
    for star_id in star_ids:
        for concept, _relation in esco.links().get(star_id, ()):
            asked = esco.skills_of().get(concept)
            found |= dict.fromkeys(asked.essential if asked else ())
    told = sorted(found, key=lambda number: labels()[number].danish == labels()[number].english)
    return told[:most]


def named(text: str) -> list[int]:
    """The skills of a list such as "betjene kunder, køre truck"; raises Invalid naming what is not known."""
    numbers, unknown = _numbers(), []
    found = []
    for part in (one.strip() for one in text.replace("\n", ",").replace(";", ",").split(",")):
        if not part:
            continue
        if part.casefold() in numbers:
            found.append(numbers[part.casefold()])
        else:
            unknown.append(part)
    if unknown:
        raise Invalid({"more_skills": f"{_unknown(unknown[0], 0)} / {_unknown(unknown[0], 1)}"})
    return list(dict.fromkeys(found))


def _unknown(text: str, language: int) -> str:
    near = [match for match, _score, _key in _near(text)]
    danish, english = (f"“{text}” kendes ikke.", f"“{text}” is not known.")
    if near:
        danish += f" Mente du {', '.join(near)}?"
        english += f" Did you mean {', '.join(near)}?"
    return (danish, english)[language]


def _near(text: str) -> Sequence[tuple[str, float, int]]:
    return process.extract(text.casefold(), list(_numbers()), scorer=fuzz.WRatio, score_cutoff=LIKE_ENOUGH, limit=LIKE)


def require_known(numbers: Iterable[int], field: str = "skills") -> None:
    """Raises Invalid for a number that is no skill."""
    if unknown := [number for number in numbers if number not in labels()]:
        raise Invalid({field: f"Kendes ikke: {unknown[0]}. / Not known: {unknown[0]}."})


def said(numbers: Iterable[int]) -> list[Words]:
    """What the skills are called; those that have left the list are left out."""
    return [labels()[number] for number in numbers if number in labels()]
