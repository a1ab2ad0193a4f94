"""ESCO's own CSV files, as its portal hands them out, into the files that lie in data/esco.

Of each file in a folder that holds them: occupations_da.csv, skills_da.csv (English beside them as *_en.csv, where they
are there) and occupationSkillRelations_da.csv. What a file is not there for stays as it was.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from services.matching.vocabulary.esco import SEPARATOR, rows

NEEDED = {
    "occupations": ("conceptUri", "iscoGroup", "preferredLabel", "altLabels"),
    "skills": ("conceptUri", "skillType", "preferredLabel", "altLabels"),
    "occupationSkillRelations": ("occupationUri", "relationType", "skillUri"),
}
SKILL_FIELDS = ("no", "skill_id", "label_da", "alt_labels_da")


class WrongFile(ValueError):
    """A file that is not as ESCO's portal makes it."""


@dataclass(frozen=True, slots=True)
class Imported:
    """How many rows of each kind were read; `new_skills` had no number before."""

    occupations: int = 0
    skills: int = 0
    new_skills: int = 0
    relations: int = 0


def import_esco(source: Path, into: Path) -> Imported:
    """Read what is there; raises WrongFile before anything is written."""
    occupations, skills = _told(source, "occupations"), _told(source, "skills")
    relations, english = _told(source, "occupationSkillRelations"), _english(source)
    if not (occupations or skills or relations):
        raise WrongFile(f"{source}: none of ESCO's files is there")
    if occupations:
        _write_occupations(occupations, english, into / "esco_occupations_da.csv")
    new = _write_skills(skills, english, into) if skills else 0
    known = {row["skill_id"]: row["no"] for row in rows(into / "esco_skills_en.csv")}
    missing = {_id(row["skillUri"]) for row in relations} - known.keys()
    if missing:
        raise WrongFile(f"{len(missing)} skills of the relations are not known; read skills_da.csv with them")
    if relations:
        _write_relations(relations, known, into / "esco_occupation_skills.csv")
    return Imported(len(occupations), len(skills), new, len(relations))


def _told(source: Path, kind: str, language: str = "da") -> list[dict[str, str]]:
    path = source / f"{kind}_{language}.csv"
    if not path.exists():
        return []
    told = list(rows(path))
    lacking = [name for name in NEEDED[kind] if told and name not in told[0]]
    if lacking:
        raise WrongFile(f"{path.name}: no column {', '.join(lacking)}")
    return told


def _english(source: Path) -> dict[str, str]:
    told = [*_told(source, "occupations", "en"), *_told(source, "skills", "en")]
    return {_id(row["conceptUri"]): row["preferredLabel"] for row in told}


def _id(uri: str) -> str:
    return uri.strip().rsplit("/", 1)[-1]


def _others(row: Mapping[str, str]) -> str:
    return SEPARATOR.join(dict.fromkeys(filter(None, map(str.strip, row["altLabels"].split("\n")))))


def _write_occupations(told: list[dict[str, str]], english: Mapping[str, str], path: Path) -> None:
    kept = {row["occupation_id"]: row for row in rows(path)}
    for row in told:
        occupation_id = _id(row["conceptUri"])
        before = kept.get(occupation_id, {})
        kept[occupation_id] = {
            "occupation_id": occupation_id,
            "isco08": row["iscoGroup"].removeprefix("C"),
            "label_da": row["preferredLabel"],
            "alt_labels_da": _others(row),
            "label_en": english.get(occupation_id, before.get("label_en", "")),
            "da_version": "official",
            "in_version": before.get("in_version", "official"),
        }
    _write(path, [kept[occupation_id] for occupation_id in sorted(kept)])


def _write_skills(told: list[dict[str, str]], english: Mapping[str, str], into: Path) -> int:
    """Numbers are never given anew: people's skills are kept by them."""
    known = {row["skill_id"]: row for row in rows(into / "esco_skills_en.csv")}
    number = max(int(row["no"]) for row in known.values())
    before = len(known)
    for row in told:
        skill_id = _id(row["conceptUri"])
        if skill_id not in known:
            number += 1
            known[skill_id] = {
                "no": str(number), "skill_id": skill_id, "type": row["skillType"].removesuffix("/competence"),
                "label_en": english.get(skill_id, row["preferredLabel"]), "group_codes": "", "transversal": "",
                "language": "",
            }  # fmt: skip
    _write(into / "esco_skills_en.csv", known.values())
    danish = [(known[_id(row["conceptUri"])]["no"], row) for row in told]
    _write(
        into / "skills_da.csv",
        [
            dict(zip(SKILL_FIELDS, (no, _id(row["conceptUri"]), row["preferredLabel"], _others(row)), strict=True))
            for no, row in danish
        ],
    )
    return len(known) - before


def _write_relations(told: list[dict[str, str]], known: Mapping[str, str], path: Path) -> None:
    asked: dict[str, dict[str, list[int]]] = {}
    for row in told:
        kinds = asked.setdefault(_id(row["occupationUri"]), {"essential": [], "optional": []})
        kinds[row["relationType"]].append(int(known[_id(row["skillUri"])]))
    lines = [
        {"occupation_id": occupation_id}
        | {f"{kind}_skill_nos": " ".join(map(str, sorted(numbers))) for kind, numbers in asked[occupation_id].items()}
        for occupation_id in sorted(asked)
    ]
    _write(path, lines)


def _write(path: Path, lines: Iterable[Mapping[str, str]]) -> None:
    kept = list(lines)
    with path.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, fieldnames=list(kept[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept)
