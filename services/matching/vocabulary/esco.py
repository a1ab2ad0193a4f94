"""ESCO's occupations, skills and groups as they lie in data/esco (data/README.md names source and licence)."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parents[1] / "data"
ESCO = DATA / "esco"
SEPARATOR = " | "


@dataclass(frozen=True, slots=True)
class Concept:
    """An occupation of ESCO, or an ISCO-08 group (id "C" and its digits), with all that it is called."""

    id: str
    isco08: str
    label: str
    others: tuple[str, ...]
    english: str


@dataclass(frozen=True, slots=True)
class Skills:
    """What an occupation asks for: numbers of esco_skills_en.csv."""

    essential: tuple[int, ...]
    optional: tuple[int, ...]


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Lines of a file by its header."""
    with path.open(encoding="utf-8", newline="") as opened:
        yield from csv.DictReader(opened)


@cache
def concepts() -> Mapping[str, Concept]:
    """Occupations and groups by id; one without Danish has an empty label."""
    occupations = [
        Concept(
            row["occupation_id"],
            row["isco08"],
            row["label_da"],
            tuple(row["alt_labels_da"].split(SEPARATOR)) if row["alt_labels_da"] else (),
            row["label_en"],
        )
        for row in rows(ESCO / "esco_occupations_da.csv")
    ]
    groups = [
        Concept(f"C{row['isco08']}", row["isco08"], row["label_da"], (), row["label_en"])
        for row in rows(ESCO / "isco08_groups_da.csv")
    ]
    return {one.id: one for one in (*occupations, *groups)}


@cache
def skills_of() -> Mapping[str, Skills]:
    """What each occupation of ESCO asks for."""
    return {
        row["occupation_id"]: Skills(_numbers(row["essential_skill_nos"]), _numbers(row["optional_skill_nos"]))
        for row in rows(ESCO / "esco_occupation_skills.csv")
    }


def _numbers(told: str) -> tuple[int, ...]:
    return tuple(int(number) for number in told.split())


@cache
def skill_groups() -> Mapping[int, tuple[str, ...]]:
    """The groups that hold each skill, by the skill's number."""
    return {int(row["no"]): tuple(row["group_codes"].split()) for row in rows(ESCO / "esco_skills_en.csv")}


@cache
def links() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """For each title of ESCO-STAR the official table's concepts, each with its relation."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in rows(ESCO / "escostar_to_esco.csv"):
        found.setdefault(row["star_id"], []).append((row["esco_concept"], row["relation"]))
    return {star_id: tuple(told) for star_id, told in found.items()}


@cache
def danish_skills() -> Mapping[int, str]:
    """Danish words of skills by number: ESCO's own where they were imported, else the project's."""
    ours = {row["no"]: row["label_da_project"] for row in rows(ESCO / "skills_da_project_translation.csv")}
    official = ESCO / "skills_da.csv"
    told = {row["no"]: row["label_da"] for row in rows(official)} if official.exists() else {}
    return {int(number): label for number, label in (ours | told).items()}
