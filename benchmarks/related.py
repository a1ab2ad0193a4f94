"""Related occupations beside a list that people made: who can take over from whom, by Sweden's employment service.

Their occupations meet ESCO's by ISCO-08 groups, so it is the likeness of skill profiles that is tried, not our table.
"""

import csv
import gzip
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.matching.vocabulary.profiles import Profiles

DATA = Path(__file__).parent / "data"
DRAWN = 40_000
Pairs = NDArray[np.bool_]


def measure() -> dict[str, float]:
    """AUC of listed pairs against pairs not listed: any of them, without a common group, and near neighbours.

    Neighbours share three digits of ISCO-08 and not four, on both sides of the test.
    """
    listed = _rows(DATA / "occupations_se.csv")
    row_of = {row["occupation_id"]: row for row in listed}
    at = {occupation_id: number for number, occupation_id in enumerate(row_of)}
    groups = [row["isco08_codes"].split() for row in listed]
    profiles = Profiles()
    mixtures = [{each: 1.0 for code in codes for each in profiles.of_group(code)} for codes in groups]
    likeness = profiles.likeness(mixtures)
    pairs = np.zeros_like(likeness, dtype=bool)
    for row in _rows(DATA / "substitutability_se.csv.gz"):
        pairs[at[row["occupation_id"]], at[row["can_be_replaced_by_id"]]] = True
    others = ~(pairs | pairs.T | np.eye(len(pairs), dtype=bool))
    group, family = (_together([{code[:digits] for code in codes} for codes in groups]) for digits in (4, 3))
    kinds = {"random": np.ones_like(pairs), "across": ~group, "siblings": family & ~group}
    return {
        f"matching.related_auc_{kind}": round(_auc(likeness[pairs & of_kind], _drawn(likeness[others & of_kind])), 4)
        for kind, of_kind in kinds.items()
    }


def _rows(path: Path) -> list[dict[str, str]]:
    opener: Any = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def _together(codes: list[set[str]]) -> Pairs:
    """True where two rows share a code."""
    columns = {code: column for column, code in enumerate(sorted(set().union(*codes)))}
    member = np.zeros((len(codes), len(columns)), np.float32)
    for row, each in enumerate(codes):
        member[row, [columns[code] for code in each]] = 1
    found: Pairs = member @ member.T > 0
    return found


def _drawn(values: NDArray[np.float32]) -> NDArray[np.float32]:
    if len(values) <= DRAWN:
        return values
    return np.random.default_rng(1).choice(values, DRAWN, replace=False)


def _auc(higher: NDArray[np.float32], lower: NDArray[np.float32]) -> float:
    """How often one of the first is above one of the second; ties count half."""
    ordered = np.sort(lower)
    below, up_to = np.searchsorted(ordered, higher, "left"), np.searchsorted(ordered, higher, "right")
    return float((below + up_to).sum()) / 2 / len(higher) / len(lower)


if __name__ == "__main__":
    print(measure())
