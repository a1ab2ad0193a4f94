"""Occupations (ESCO-STAR) and postal codes: what a code means, how far, how near, and how a spoken word finds it."""

import csv
import math
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rapidfuzz import fuzz, process, utils
from rapidfuzz.distance import Prefix

from services.matching.vocabulary import names
from services.matching.vocabulary.words import folded
from shared.errors import Invalid
from shared.occupations import Occupation, occupations

POSTAL_CODES = Path(__file__).parents[1] / "data/postnumre.csv"
ESCO_NOTICE = "This service uses the ESCO classification of the European Commission."
EARTH_KM = 6371.0088
LIKE_ENOUGH = 70
SHARED_BEGINNING = 5
SHARED_END = re.compile(r"(\w+)- og (\w+)")


@dataclass(frozen=True, slots=True)
class Place:
    """The point that stands for a postal code, in degrees (WGS 84)."""

    latitude: float
    longitude: float


@cache
def _places() -> dict[str, Place]:
    with POSTAL_CODES.open(encoding="utf-8", newline="") as opened:
        return {row["postnr"]: Place(float(row["lat"]), float(row["lon"])) for row in csv.DictReader(opened)}


def places() -> dict[str, Place]:
    """Every postal code with the point that stands for it."""
    return dict(_places())


def occupation(star_id: str) -> Occupation:
    """The occupation with that id; raises Invalid."""
    found = find_occupation(star_id)
    if found is None:
        raise Invalid({"occupation": "Stillingen findes ikke på listen. / This occupation is not on the list."})
    return found


def find_occupation(star_id: str) -> Occupation | None:
    """The occupation with that id, None where it is not on the list."""
    return occupations().get(star_id)


def place(postal_code: str) -> Place:
    """Where a postal code lies; raises Invalid."""
    found = _places().get(postal_code)
    if found is None:
        raise Invalid({"postal_code": "Postnummeret kendes ikke. / This postal code is not known."})
    return found


def find_place(postal_code: str | None) -> Place | None:
    """Where a postal code lies, None where nobody knows."""
    return _places().get(postal_code or "")


def km_between(one: Place, other: Place) -> float:
    """Kilometres as the crow flies."""
    lat1, lat2 = math.radians(one.latitude), math.radians(other.latitude)
    half_lat, half_lon = (lat2 - lat1) / 2, math.radians(other.longitude - one.longitude) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(half_lon) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(chord)))


def nearness(wanted: str, other: str) -> int:
    """How near two occupations are: 5 the same title, 4 to 1 as many shared ISCO-08 digits, 0 nothing shared."""
    if wanted == other:
        return 5
    known = occupations()
    if wanted not in known or other not in known:
        return 0
    one, two = known[wanted].isco08, known[other].isco08
    return next((digits for digits in (4, 3, 2, 1) if one[:digits] == two[:digits]), 0)


@cache
def _heard() -> tuple[list[str], list[tuple[str, ...]]]:
    """Every name in the form that search compares, titles first, and the ids that each is said for."""
    named: list[tuple[str, tuple[str, ...]]] = [(_plain(known.title), (known.id,)) for known in occupations().values()]
    named += [(_plain(name), ids) for name, ids in names.others().items()]
    return [name for name, _ids in named], [ids for _name, ids in named]


def _plain(words: str) -> str:
    return utils.default_process(folded(words).replace(" ,", ","))


def _halves(spoken: str, title: str) -> bool:
    """Whether a title that shares its end between two words says this one: "lager- og logistikmedarbejder"."""
    shared = SHARED_END.fullmatch(title.lower())
    if shared is None or not spoken.startswith(beginning := _plain(shared[1])):
        return False
    end = spoken.removeprefix(beginning)
    return len(end) >= SHARED_BEGINNING and _plain(shared[2]).endswith(end)


def search(words: str, most: int) -> list[Occupation]:
    """Titles for what a caller says: those that begin with it, hold it, begin alike, and last those that sound so.

    A title is found by what ESCO calls the same work too, after the titles that are as near themselves.
    """
    spoken = _plain(words)
    if not spoken:
        return []
    heard, ids = _heard()
    own = len(occupations())
    beginning = [i for i, name in enumerate(heard) if name.startswith(spoken)]
    holding = [i for i, name in enumerate(heard) if spoken in name]
    shared = [Prefix.similarity(spoken, name) for name in heard[:own]]
    related = [i for i, letters in enumerate(shared) if letters >= SHARED_BEGINNING]
    alike = process.extract(spoken, heard, scorer=fuzz.WRatio, processor=None, score_cutoff=LIKE_ENOUGH, limit=most)
    order = [
        *(i for i in beginning if i < own and heard[i] == spoken),
        *(i for i, known in enumerate(occupations().values()) if _halves(spoken, known.title)),
        *sorted(beginning, key=lambda i: (heard[i] != spoken, i >= own, len(heard[i]), heard[i])),
        *sorted(holding, key=lambda i: (i >= own, len(heard[i]), heard[i])),
        *sorted(related, key=lambda i: (-shared[i], -fuzz.ratio(spoken, heard[i]), heard[i])),
        *(i for _, _, i in alike),
    ]
    known = occupations()
    return [known[star_id] for star_id in dict.fromkeys(each for i in order for each in ids[i])][:most]
