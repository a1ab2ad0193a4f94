"""Job titles of ESCO-STAR, the list that Jobnet and the job centres use (shared/data/README.md)."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TITLES = Path(__file__).parent / "data/escostar_titles.csv"


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
