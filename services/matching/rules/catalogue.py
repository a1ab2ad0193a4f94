"""Occupations (ESCO-STAR) and postal codes: what a code means, how far, how near, and how a spoken word finds it."""

import csv
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rapidfuzz import fuzz, process, utils
from rapidfuzz.distance import Prefix

from shared.errors import Invalid
from shared.occupations import Occupation, occupations

POSTAL_CODES = Path(__file__).parents[1] / "data/postnumre.csv"
ESCO_NOTICE = "This service uses the ESCO classification of the European Commission."
EARTH_KM = 6371.0088
LIKE_ENOUGH = 70
SHARED_BEGINNING = 5


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


def search(words: str, most: int) -> list[Occupation]:
    """Titles for what a caller says: those that begin with it, hold it, begin alike, and last those that sound so."""
    spoken = utils.default_process(words)
    if not spoken:
        return []
    known = list(occupations().values())
    heard = [utils.default_process(each.title) for each in known]
    beginning = [i for i, title in enumerate(heard) if title.startswith(spoken)]
    holding = [i for i, title in enumerate(heard) if spoken in title]
    shared = [Prefix.similarity(spoken, title) for title in heard]
    related = [i for i, letters in enumerate(shared) if letters >= SHARED_BEGINNING]
    alike = process.extract(spoken, heard, scorer=fuzz.WRatio, processor=None, score_cutoff=LIKE_ENOUGH, limit=most)
    order = [
        *sorted(beginning, key=lambda i: (len(heard[i]), heard[i])),
        *sorted(holding, key=lambda i: (len(heard[i]), heard[i])),
        *sorted(related, key=lambda i: (-shared[i], -fuzz.ratio(spoken, heard[i]), heard[i])),
        *(i for _, _, i in alike),
    ]
    return [known[i] for i in dict.fromkeys(order)][:most]
