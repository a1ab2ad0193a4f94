"""How far it is from a place to every postal code there is, and who lives near enough to be looked at."""

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from services.matching.engine.packing import Ints
from services.matching.rules import catalogue
from services.matching.rules.catalogue import Place, km_between

POINTS = tuple(dict.fromkeys(catalogue.places().values()))
NUMBERS = {place: number for number, place in enumerate(POINTS)}
UNKNOWN = len(POINTS)
MOST_KM, NO_LIMIT = 20_000, 65_535


class Surroundings(NamedTuple):
    """By number of place, UNKNOWN last: kilometres (infinite where nobody knows), points for them (-1 unknown), and
    the least travel limit within which it is, and nearly is."""

    km: Ints
    points: Ints
    limit: Ints
    near_limit: Ints


def number_of(place: Place | None) -> int:
    """The place's number, UNKNOWN for one that is not on the list."""
    return UNKNOWN if place is None else NUMBERS.get(place, UNKNOWN)


@lru_cache(maxsize=1024)
def surroundings(place: Place | None, weight: int, scale_km: int, near_percent: int) -> Surroundings:
    """What stands above, seen from a place; with Python's own floats, so that everybody computes the same."""
    kms = [] if place is None else [km_between(place, other) for other in POINTS]
    unknown = UNKNOWN + 1 - len(kms)
    return Surroundings(
        np.array([*kms, *[math.inf] * unknown]),
        np.array([*(int(weight * max(0.0, 1 - km / scale_km)) for km in kms), *[-1] * unknown], np.int16),
        np.array([*(math.ceil(km) for km in kms), *[NO_LIMIT] * unknown], np.uint32),
        np.array([*(least_limit(km, near_percent) for km in kms), *[0] * unknown], np.uint32),
    )


def least_limit(km: float, percent: int) -> int:
    """The smallest whole limit of which so many per cent reach `km`."""
    limit = max(0, int(km * 100 / percent) - 1)
    while km * 100 > limit * percent:
        limit += 1
    return limit
