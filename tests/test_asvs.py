"""docs/asvs.csv: every requirement has an answer, and what it names is there."""

import ast
import csv
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROWS = list(csv.DictReader((ROOT / "docs/asvs.csv").read_text(encoding="utf-8").splitlines()))
# How many requirements of level 1 and 2 each chapter of ASVS 5.0.0 has.
CHAPTERS = {
    "V1": 27, "V2": 11, "V3": 19, "V4": 10, "V5": 9, "V6": 35, "V7": 18, "V8": 7, "V9": 7, "V10": 29, "V11": 14,
    "V12": 9, "V13": 13, "V14": 9, "V15": 13, "V16": 16, "V17": 7,
}  # fmt: skip


def missing(row: dict[str, str]) -> bool:
    """Whether an answer leads nowhere."""
    where, why = row["where"], row["why"]
    if row["answer"] == "test":
        path, _, name = where.partition("::")
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8")) if (ROOT / path).is_file() else ast.Module([], [])
        return not any(isinstance(node, ast.FunctionDef) and node.name == name for node in ast.walk(tree))
    if row["answer"] == "setting":
        path, _, phrase = where.partition(": ")
        return not phrase or phrase not in (ROOT / path).read_text(encoding="utf-8")
    return row["answer"] not in ("not met", "not applicable") or bool(where) or not why


def test_every_requirement_has_one_answer() -> None:
    assert Counter(row["requirement"].partition(".")[0] for row in ROWS) == CHAPTERS
    assert len({row["requirement"] for row in ROWS}) == len(ROWS)
    assert Counter(row["level"] for row in ROWS) == {"1": 70, "2": 183}


def test_what_an_answer_names_is_there() -> None:
    assert [row["requirement"] for row in ROWS if missing(row)] == []
