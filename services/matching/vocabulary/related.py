"""Related occupations: how much of what one title of ESCO-STAR asks for another asks for too, 0 to 1."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from services.matching.vocabulary.profiles import Profiles, star_mixtures
from shared.occupations import Occupation, occupations

WHOLE = 255


@cache
def table() -> NDArray[np.uint8]:
    """Likeness of each pair in 255ths; rows and columns in the order of `occupations()`, symmetric.

    Worked out of ESCO's files in about half a second, once in a process.
    """
    profiles = Profiles()
    found: NDArray[np.uint8] = np.rint(profiles.likeness(star_mixtures(profiles)) * WHOLE).astype(np.uint8)
    found.setflags(write=False)
    return found


@cache
def _row_of() -> dict[str, int]:
    return {star_id: row for row, star_id in enumerate(occupations())}


def related(one: str, other: str) -> float:
    """How near two titles lie by the skills they ask for: 1 the same, 0 where nothing is shared or one is unknown."""
    if one == other:
        return 1.0
    rows = _row_of()
    if one not in rows or other not in rows:
        return 0.0
    return float(table()[rows[one], rows[other]]) / WHOLE


def nearest(star_id: str, most: int, least: float = 0.5) -> list[tuple[Occupation, float]]:
    """The other titles that lie nearest, best first, none below `least`; none for an unknown id."""
    row = _row_of().get(star_id)
    if row is None:
        return []
    known, likeness = list(occupations().values()), table()[row]
    order = (int(at) for at in np.argsort(-likeness.astype(np.int16), kind="stable") if at != row)
    near = ((known[at], float(likeness[at]) / WHOLE) for at in order)
    return [(each, likeness) for each, likeness in near if likeness >= least][:most]
