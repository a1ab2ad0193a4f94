"""The matcher as one would write it without hurry: one person after the other, no columns, nothing remembered."""

import hashlib
import math
from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from services.matching.engine.facts import Candidate, Opening
from services.matching.engine.points import Scales
from services.matching.rules.catalogue import km_between, nearness
from services.matching.rules.week import has_run

Placed = tuple[UUID, int, dict[str, int | None]]


def judged(need: Opening, one: Candidate, scales: Scales) -> tuple[list[str], bool, dict[str, int | None]]:
    """The rules that fail, whether that is nearly none, and the points by factor."""
    km = math.inf if one.place is None else km_between(need.place, one.place)
    weight = {code: row.value for code, row in scales.weights.items()}
    days = [(asked, free) for asked, free in zip(need.windows.days, one.availability.days, strict=True) if asked]
    met = sum(_met(asked, free, need.hours_per_day) for asked, free in days)
    least, most = max(need.weekly_hours_min, one.weekly_hours_min), min(need.weekly_hours_max, one.weekly_hours_max)
    lacking, unmet = need.licences - one.licences, one.needs - need.adjustments
    far = km < math.inf and km * 100 > one.travel_km_max * scales.near_travel_percent.value
    rules = {"form": need.employment_form not in one.forms, "hours": least > most, "travel": km > one.travel_km_max,
             "licences": bool(lacking), "adjustments": bool(unmet), "time": met < need.days_required}  # fmt: skip
    missed = ["travel"] if far else [rule for rule, failed in rules.items() if failed]
    levels = [scales.occupation_percent.value[nearness(own, need.occupation)] for own in one.occupations]
    spare = sum((free & ~asked).bit_count() for asked, free in days)
    points: dict[str, int | None] = {"occupation": weight["occupation"] * max(levels) // 100 if levels else None}
    if need.skills:
        points["skills"] = weight["skills"] * len(need.skills & one.skills) // len(need.skills) if one.skills else None
    points["distance"] = None if one.place is None else int(weight["distance"] * max(0.0, 1 - km / 50))
    if one.place_hidden:
        points["distance"] = weight["distance"] * scales.hidden_distance_percent.value // 100
    points["hours"] = 0 if rules["hours"] else weight["hours"]
    points["flexibility"] = min(weight["flexibility"], weight["flexibility"] * spare // (20 * 60))
    return missed, not far and len(lacking) <= 2 and len(unmet) <= 2, points


def _met(asked: int, free: int, hours: float | None) -> bool:
    return asked & free == asked if hours is None else has_run(asked & free, max(1, round(hours * 60)))


def matched(need: Opening, people: Iterable[Candidate], scales: Scales, salt: str, most: int) -> tuple[object, ...]:
    """How many fit, the first of those who fit, the first of those who nearly do, and how many each rule blocks."""
    fits, near, counts = [], [], Counter[str]()
    for one in people:
        if one.consent:
            missed, little, points = judged(need, one, scales)
            counts.update(missed)
            placed = (-sum(part or 0 for part in points.values()), _tie(one.citizen_id, salt), one.citizen_id, points)
            if not missed:
                fits.append(placed)
            elif len(missed) == 1 and little:
                near.append((*placed, missed[0]))
    listed = [[(one[2], -one[0], *one[3:]) for one in sorted(found)[:most]] for found in (fits, near)]
    return len(fits), *listed, dict(counts)


def _tie(key: UUID, salt: str) -> int:
    seed = int.from_bytes(hashlib.sha256(salt.encode()).digest()[:8], "little")
    return _mixed(key.int & (1 << 64) - 1 ^ _mixed(key.int >> 64 ^ seed))


def _mixed(value: int) -> int:
    value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9 & (1 << 64) - 1
    value = (value ^ value >> 27) * 0x94D049BB133111EB & (1 << 64) - 1
    return value ^ value >> 31
