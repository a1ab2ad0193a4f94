"""Job titles of ESCO-STAR, the list that Jobnet and the job centres use (shared/data/README.md)."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rapidfuzz import fuzz, process

TITLES = Path(__file__).parent / "data/escostar_titles.csv"
FEW, LIKE_ENOUGH = 5, 70


@dataclass(frozen=True, slots=True)
class Occupation:
    """A Danish job title with its ISCO-08 group of four digits."""

    id: str
    title: str
    isco08: str


@cache
def occupations() -> dict[str, Occupation]:
    """All of them by their ids."""
    with TITLES.open(encoding="utf-8", newline="") as opened:
        rows = csv.DictReader(opened)
        return {row["star_id"]: Occupation(row["star_id"], row["title_da"], row["isco08"]) for row in rows}


@cache
def _by_title() -> dict[str, Occupation]:
    return {known.title.casefold(): known for known in occupations().values()}


def called(title: str) -> Occupation | None:
    """The one with that title, None where there is none."""
    return _by_title().get(title.strip().casefold())


def like(words: str, most: int = FEW) -> list[Occupation]:
    """Titles that begin with the words or hold them, short ones first, then those that look alike."""
    said, known = words.strip().casefold(), _by_title()
    if not said:
        return []
    holding = sorted(
        (title for title in known if said in title), key=lambda title: (not title.startswith(said), len(title))
    )
    alike = process.extract(said, list(known), scorer=fuzz.WRatio, score_cutoff=LIKE_ENOUGH, limit=most)
    return [known[title] for title in dict.fromkeys([*holding, *(title for title, _, _ in alike)])][:most]


def unknown(words: str, near: list[Occupation]) -> str:
    """What to say of words that no title surely stands for, in both languages, with those to choose from."""
    danish, english = "Vælg en stilling på listen.", "Choose an occupation on the list."
    if near:
        named, said = (text.replace(" / ", "/") for text in (", ".join(one.title for one in near), words.strip()))
        danish, english = f"{danish} “{said}” kan være: {named}.", f"{english} “{said}” may be: {named}."
    return f"{danish} / {english}"
