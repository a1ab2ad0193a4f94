"""How alike occupations are by the groups of skills that they ask for."""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from services.matching.vocabulary import esco
from shared.occupations import occupations

Floats = NDArray[np.float32]
OPTIONAL = 0.5
SHARES = {"exactMatch": 1.0, "closeMatch": 1.0, "narrowMatch": 0.5, "broadMatch": 0.25}


class Profiles:
    """A row for each occupation of ESCO that asks for skills, a column for each group of skills."""

    def __init__(self) -> None:
        asked, groups = esco.skills_of(), esco.skill_groups()
        within = {number: tuple(chain.from_iterable(map(levels, codes))) for number, codes in groups.items()}
        columns = {code: at for at, code in enumerate(sorted(set(chain.from_iterable(within.values()))))}
        self.rows = {occupation_id: at for at, occupation_id in enumerate(asked)}
        numbers = {number: tuple(columns[code] for code in dict.fromkeys(codes)) for number, codes in within.items()}
        self.weights = np.zeros((len(asked), len(columns)), np.float32)
        for row, skills in enumerate(asked.values()):
            for of_kind, weight in ((skills.essential, 1.0), (skills.optional, OPTIONAL)):
                held = np.fromiter(chain.from_iterable(map(numbers.__getitem__, of_kind)), np.int64)
                self.weights[row] += weight * np.bincount(held, minlength=len(columns)).astype(np.float32)
        known = np.maximum((self.weights > 0).sum(axis=0), 1)
        self.rarity = np.log(len(asked) / known).astype(np.float32)
        self.groups: dict[str, list[str]] = {}
        for occupation_id in asked:
            self.groups.setdefault(esco.concepts()[occupation_id].isco08, []).append(occupation_id)

    def likeness(self, mixtures: Sequence[Mapping[str, float]]) -> Floats:
        """Cosine of each pair of mixtures of occupations (ids with weights): 1 the same, 0 nothing shared."""
        shares = np.zeros((len(mixtures), len(self.rows)), np.float32)
        for row, mixture in enumerate(mixtures):
            for occupation_id, weight in mixture.items():
                shares[row, self.rows[occupation_id]] = weight
        shares /= np.maximum(shares.sum(axis=1, keepdims=True), 1e-9)
        vectors = np.log1p(shares @ self.weights) * self.rarity
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        found: Floats = np.clip(vectors @ vectors.T, 0, 1)
        return found

    def of_group(self, isco08: str) -> list[str]:
        """The occupations of an ISCO-08 group; those of the group above where it has none of its own."""
        for digits in range(len(isco08), 0, -1):
            found = [each for code, ids in self.groups.items() if code.startswith(isco08[:digits]) for each in ids]
            if found:
                return found
        return []


@cache
def levels(code: str) -> list[str]:
    """A skill group and those above it, without the outermost: "S4.2.1" is in "S4.2" and "S4.2.1"."""
    if code[0].isdigit():
        steps = [code[:length] for length in (2, 3, 4) if length <= len(code)]
    else:
        parts = code.split(".")
        steps = [".".join(parts[:length]) for length in range(1, len(parts) + 1)]
    return steps[1:] or steps


def star_mixtures(profiles: Profiles) -> list[dict[str, float]]:
    """Each title of ESCO-STAR as the occupations that the official table gives it, else those of its group."""
    mixtures = []
    for star_id, title in occupations().items():
        mixture: dict[str, float] = {}
        for concept, relation in esco.links().get(star_id, ()):
            if concept in profiles.rows:
                mixture[concept] = max(mixture.get(concept, 0), SHARES[relation])
            elif concept.startswith("C"):
                members = profiles.of_group(concept[1:])
                mixture |= {each: SHARES[relation] / len(members) for each in members if each not in mixture}
        mixtures.append(mixture or dict.fromkeys(profiles.of_group(title.isco08), 1.0))
    return mixtures
