"""From what somebody calls a job to a title of ESCO-STAR: by its name where it has one, else by what speaks for it.

ESCO's concepts are ranked by weighed evidence; the official table says which titles stand for a concept. What is not
sure is never one title but a few to choose from.
"""

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from services.matching.vocabulary import esco, names
from services.matching.vocabulary.esco import Concept
from services.matching.vocabulary.evidence import KINDS, Evidence, letters
from services.matching.vocabulary.fitting import softmax
from services.matching.vocabulary.spaces import Floats, Space
from services.matching.vocabulary.words import folded, turned
from shared.occupations import occupations

WEIGHTS = esco.DATA / "title_weights.csv"
# As sure as this were half of the benchmark's titles, each judged by weights learned without it, and 99 in 100 of them
# were right; at 0.8 it was 97 in 100, at 0.6 only 93 (`matching.title_linked_right` measures it anew).
SURE = 0.9
BY_TITLE, BY_NAME = 1.0, 0.95
LOOKED_AT = 60
# Below this a title is no likelier than chance would make it.
LEAST = 0.01
# ESCO says each of these for one occupation alone; people say them of many.
SAID_OF_MANY = frozenset({
    "arbejder", "assistent", "chef", "elev", "hjælper", "konsulent", "leder", "lærer", "lærling", "medarbejder",
    "medhjælper", "model", "montør", "officer", "operatør", "passer", "plejer", "sælger", "tekniker", "vagt", "vikar",
})  # fmt: skip
SHARES = {"exactMatch": 1.0, "closeMatch": 0.9, "broadMatch": 0.8, "narrowMatch": 0.7}
OF_GROUP = 0.3


@dataclass(frozen=True, slots=True)
class Link:
    """The title that words stand for; `sure` is 1 for its own name, less for another name, least for likeness."""

    star_id: str
    sure: float


@cache
def weights() -> Mapping[str, float]:
    """How much each kind of evidence counts, as `python -m benchmarks.titles fit` found it."""
    with WEIGHTS.open(encoding="utf-8", newline="") as opened:
        told = {row["evidence"]: float(row["weight"]) for row in csv.DictReader(opened)}
    return {kind: told[kind] for kind in KINDS}


@cache
def evidence() -> Evidence:
    """What ESCO's concepts are called; it takes a second to make, the first time that somebody's words need it."""
    return Evidence()


@lru_cache(maxsize=256)
def ranked(title: str) -> Floats:
    """How sure each concept of `evidence()` is for that title; the sum is one."""
    found = softmax(evidence().of(title) @ np.array(list(weights().values()), np.float32))
    found.setflags(write=False)
    return found


def concepts(title: str, most: int) -> list[tuple[Concept, float]]:
    """The likeliest concepts of ESCO by likeness alone, best first, with how sure."""
    sure = ranked(title)
    order = np.argsort(-sure, kind="stable")[:most]
    return [(evidence().concepts[at], float(sure[at])) for at in order]


@lru_cache(maxsize=2048)
def linked(words: str) -> Link | None:
    """The title that the words surely stand for; None where people have to choose."""
    said = folded(words)
    if said in _titles():
        return Link(_titles()[said], BY_TITLE)
    others = _said_otherwise().get(said, ()) or names.others().get(said, ())
    if len(others) == 1 and said not in SAID_OF_MANY:
        return Link(others[0], BY_NAME)
    if others or not said:
        return None
    concept, sure = concepts(words, 1)[0]
    stands = _standing_for(concept)
    return Link(stands, sure) if stands and sure >= SURE else None


@lru_cache(maxsize=2048)
def likely(words: str, most: int) -> tuple[str, ...]:
    """Ids of titles to choose from, the likeliest first; what is sure is the first of them."""
    if not folded(words):
        return ()
    sure, alike = dict[str, float](), _own_titles().score(letters(folded(words).replace(" ,", "")))
    row_of = {star_id: row for row, star_id in enumerate(occupations())}
    for concept, share in concepts(words, LOOKED_AT):
        for star_id, relation in _stands_for(concept):
            sure[star_id] = sure.get(star_id, 0) + share * relation * (1 + float(alike[row_of[star_id]])) / 2
    link = linked(words)
    named = [*([link.star_id] if link else []), *names.others().get(folded(words), ())]
    enough = sorted((one for one, share in sure.items() if share >= LEAST), key=lambda one: -sure[one])
    return tuple(dict.fromkeys([*named, *enough]))[:most]


def sureness(words: str) -> float:
    """How sure the likeliest concept is, 0 to 1."""
    return concepts(words, 1)[0][1]


@cache
def _titles() -> Mapping[str, str]:
    """Each title's id by its folded name."""
    return {folded(known.title): known.id for known in occupations().values()}


@cache
def _said_otherwise() -> Mapping[str, tuple[str, ...]]:
    """Titles with a comma by what they are without it: "Operatør, emballage" by "emballageoperatør"."""
    others: dict[str, set[str]] = defaultdict(set)
    for known in occupations().values():
        if "," in known.title:
            for form in turned(folded(known.title))[:2]:
                others[form].add(known.id)
    return {form: tuple(sorted(ids)) for form, ids in others.items()}


@cache
def _own_titles() -> Space:
    return Space(letters(folded(known.title).replace(" ,", "")) for known in occupations().values())


@cache
def _table() -> Mapping[str, Sequence[tuple[str, str]]]:
    """The official table from ESCO's side: titles with their relation by concept."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for star_id, told in esco.links().items():
        for concept, relation in told:
            if star_id in occupations():
                found[concept].append((star_id, relation))
    return found


def _stands_for(concept: Concept) -> list[tuple[str, float]]:
    """Titles for a concept with how well they stand for it; those of its group where the table has none."""
    if concept.id in _table():
        return [(star_id, SHARES[relation]) for star_id, relation in _table()[concept.id]]
    return [(known.id, OF_GROUP) for known in occupations().values() if known.isco08 == concept.isco08]


def _standing_for(concept: Concept) -> str | None:
    """The one title that stands for a concept; None where there are several, or none as good."""
    told = _table().get(concept.id, ())
    exact = [star_id for star_id, relation in told if relation == "exactMatch"] or [star_id for star_id, _ in told]
    return exact[0] if len(exact) == 1 else None
