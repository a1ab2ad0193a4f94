"""ESCO's own CSV files, in the columns of its portal, become ours; a skill keeps its number for ever."""

import shutil
from pathlib import Path

import pytest

from services.matching.vocabulary.esco import ESCO, rows
from services.matching.vocabulary.importing import Imported, WrongFile, import_esco

URI = "http://data.europa.eu/esco"
LEADER = "00030d09-2b3a-4efd-87cc-c4ea39d27c34"
MUSICIANS = "0005c151-5b5a-4a66-8aac-60e734beb1ab"
OCCUPATIONS = (
    "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,hiddenLabels,status,modifiedDate,code\n"
    f'Occupation,{URI}/occupation/{LEADER},2654,teknisk chef,"teknisk leder\nscenechef",,released,2024-01-01,2654.1\n'
    f"Occupation,{URI}/occupation/new,9112,rengøringsmand,,,released,2024-01-01,9112.9\n"
)
SKILLS = (
    "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,hiddenLabels,status\n"
    f"KnowledgeSkillCompetence,{URI}/skill/{MUSICIANS},skill/competence,sector-specific,lede musikere,,,released\n"
    f"KnowledgeSkillCompetence,{URI}/skill/brand-new,knowledge,cross-sector,sæbelære,,,released\n"
)
RELATIONS = (
    "occupationUri,relationType,skillType,skillUri\n"
    f"{URI}/occupation/{LEADER},essential,skill/competence,{URI}/skill/{MUSICIANS}\n"
    f"{URI}/occupation/{LEADER},optional,knowledge,{URI}/skill/brand-new\n"
)


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    into = tmp_path / "ours"
    into.mkdir()
    for name in ("esco_occupations_da.csv", "esco_skills_en.csv", "esco_occupation_skills.csv"):
        shutil.copy(ESCO / name, into / name)
    return into


def portal(tmp_path: Path, **files: str) -> Path:
    folder = tmp_path / "portal"
    folder.mkdir()
    for name, content in files.items():
        (folder / f"{name}_da.csv").write_text(content, encoding="utf-8")
    return folder


def test_the_portals_files_become_ours(ours: Path, tmp_path: Path) -> None:
    source = portal(tmp_path, occupations=OCCUPATIONS, skills=SKILLS, occupationSkillRelations=RELATIONS)
    told = import_esco(source, ours)

    occupations = {row["occupation_id"]: row for row in rows(ours / "esco_occupations_da.csv")}
    assert told == Imported(occupations=2, skills=2, new_skills=1, relations=2)
    assert (occupations[LEADER]["label_da"], occupations[LEADER]["alt_labels_da"]) == (
        "teknisk chef", "teknisk leder | scenechef",
    )  # fmt: skip
    assert occupations[LEADER]["label_en"] == "technical director"
    assert occupations["new"]["isco08"] == "9112"
    assert list(rows(ours / "esco_occupation_skills.csv")) == [
        {"occupation_id": LEADER, "essential_skill_nos": "1", "optional_skill_nos": "13935"}
    ]


def test_a_known_skill_keeps_its_number_and_a_new_one_gets_the_next(ours: Path, tmp_path: Path) -> None:
    import_esco(portal(tmp_path, skills=SKILLS), ours)

    danish = {row["skill_id"]: (row["no"], row["label_da"]) for row in rows(ours / "skills_da.csv")}
    assert danish == {MUSICIANS: ("1", "lede musikere"), "brand-new": ("13935", "sæbelære")}
    assert len(list(rows(ours / "esco_skills_en.csv"))) == 13_935


def test_a_file_without_its_columns_is_named_and_nothing_is_written(ours: Path, tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in ours.iterdir()}
    source = portal(tmp_path, occupations=OCCUPATIONS, skills="uri,label\nx,y\n")

    with pytest.raises(WrongFile, match=r"skills_da.csv: no column conceptUri"):
        import_esco(source, ours)
    assert {path.name: path.read_bytes() for path in ours.iterdir()} == before


def test_an_empty_folder_is_no_esco(ours: Path, tmp_path: Path) -> None:
    with pytest.raises(WrongFile, match="none of ESCO's files is there"):
        import_esco(portal(tmp_path), ours)
