"""The matcher as one would write it without hurry: one person after the other, no columns, nothing remembered."""

import hashlib
import math
from collections import Counter
from collections.abc import Iterable
from itertools import chain, islice
from uuid import UUID

from services.matching.engine.facts import Candidate, Opening
from services.matching.engine.points import Scales
from services.matching.engine.shifts import MOST_SHIFT
from services.matching.rules.catalogue import km_between, nearness
from services.matching.rules.knowing import DANISH_LEVELS
from services.matching.rules.week import has_run
from services.matching.vocabulary.related import related
from shared.occupations import occupations

Found = tuple[int, list[tuple[object, ...]], list[tuple[object, ...]], dict[str, int]]


def judged(need: Opening, one: Candidate, scales: Scales) -> tuple[list[str], bool, dict[str, int | None]]:
    """The rules that fail, whether that is nearly none, and the points by factor."""
    km = math.inf if one.place is None else km_between(need.place, one.place)
    weight = {code: row.value for code, row in scales.weights.items()}
    days = [(asked, free) for asked, free in zip(need.windows.days, one.availability.days, strict=True) if asked]
    met = sum(_met(asked, free, need.hours_per_day) for asked, free in days)
    least, most = max(need.weekly_hours_min, one.weekly_hours_min), min(need.weekly_hours_max, one.weekly_hours_max)
    lacking, unmet = need.licences - one.licences, one.needs - need.adjustments
    shifts = need.shifts - one.shifts if one.shifts else ()
    late = met < need.days_required
    far = km < math.inf and km * 100 > one.travel_km_max * scales.near_travel_percent.value
    rules = {"form": need.employment_form not in one.forms, "hours": least > most, "travel": km > one.travel_km_max,
             "licences": bool(lacking), "adjustments": bool(unmet), "time": late,
             "transport": _stranded(need, one, late=late),
             "danish": bool(need.danish_level and one.danish_level) and _knows_less(one, need),
             "lifting": need.lifting and "no_heavy_lifting" in one.needs, "shifts": bool(shifts),
             "mentor": need.mentor_room is not None and need.mentor_room <= 0}  # fmt: skip
    missed = ["travel"] if far else [rule for rule, failed in rules.items() if failed]
    levels = [_alike(own, need.occupation, weight["occupation"], scales) for own in one.occupations]
    spare = sum((free & ~asked).bit_count() for asked, free in days)
    full = {code: weight[code] * len(getattr(need, code) & has) // len(getattr(need, code)) if has else None
            for code, has in {"skills": one.skills, "languages": one.languages, "strengths": one.strengths,
                              "season": one.months}.items() if getattr(need, code)}  # fmt: skip
    if need.offers:
        full["offers"] = weight["offers"] * bool(need.offers & one.soft_wishes) if one.soft_wishes else None
    if need.familiar:
        full["familiar"] = weight["familiar"] if one.citizen_id in need.familiar else 0
    points: dict[str, int | None] = full | {"occupation": max(levels) if levels else None}
    points["distance"] = None if one.place is None else int(weight["distance"] * max(0.0, 1 - km / 50))
    if one.place_hidden:
        points["distance"] = weight["distance"] * scales.hidden_distance_percent.value // 100
    points["hours"] = 0 if rules["hours"] else weight["hours"]
    planned = one.planned_hours
    room = min(planned or 0, need.weekly_hours_max)
    points["growth"] = None if planned is None else weight["growth"] * round(100 * room) // round(100 * planned)
    points["flexibility"] = min(weight["flexibility"], weight["flexibility"] * spare // (20 * 60))
    lifted = need.brought is None or one.citizen_id in need.brought
    most = weight["attention"] if need.brought is None else scales.attention_planned.value
    points["attention"] = most if lifted and not one.seen else 0
    return missed, not far and len(lacking) <= 2 and len(unmet) <= 2, points


def _alike(own: str, asked: str, weight: int, scales: Scales) -> int:
    least, most = scales.related_percent.value
    skills = max(0, 100 * round(255 * related(own, asked)) - 255 * least) if asked in occupations() else 0
    by_group = scales.occupation_percent.value[nearness(own, asked)]
    return max(weight * by_group // 100, weight * most * skills // (100 * 255 * (100 - least)))


def _stranded(need: Opening, one: Candidate, *, late: bool) -> bool:
    """They cannot get about for the work whenever they are free, or not when they are, where their time would do."""
    begins, ends = one.gets_about
    days = [(asked, free) for asked, free in zip(need.windows.days, one.availability.days, strict=True) if asked]
    if all(begins <= (asked & -asked).bit_length() - 1 and asked.bit_length() <= ends for asked, _free in days):
        return False
    about = (1 << ends) - (1 << begins)
    anyway = sum(_met(asked, about, need.hours_per_day) for asked, _free in days) >= need.days_required
    then = sum(_met(asked, free & about, need.hours_per_day) for asked, free in days) >= need.days_required
    return not anyway or (not late and not then)


def _knows_less(one: Candidate, need: Opening) -> bool:
    return DANISH_LEVELS.index(one.danish_level or "") < DANISH_LEVELS.index(need.danish_level or "")


def _met(asked: int, free: int, hours: float | None) -> bool:
    return asked & free == asked if hours is None else has_run(asked & free, max(1, round(hours * 60)))


def matched(need: Opening, people: Iterable[Candidate], scales: Scales, salt: str, most: int) -> Found:
    """How many fit, the first of those who fit, the first of those who nearly do, and how many each rule blocks."""
    fits, near, counts = [], [], Counter[str]()
    for one in people:
        if one.consent:
            missed, little, points = judged(need, one, scales)
            counts.update(missed)
            placed = (-sum(part or 0 for part in points.values()), _tie(one.citizen_id, salt), one.citizen_id, points)
            if not missed:
                fits.append(placed)
            elif len(missed) <= 2 and little:
                near.append((len(missed), *placed, tuple(missed), one))
    first = (
        one for one in sorted(near) if one[0] == 1 or all(helped(rule, need, one[-1], one[-2]) for rule in one[-2])
    )
    listed = sorted(sorted(fits)[:most], key=lambda one: one[0] + (one[3]["attention"] or 0))
    near_misses = [(one[3], -one[1], *one[4:-1]) for one in islice(first, most)]
    return len(fits), [(one[2], -one[0], one[3]) for one in listed], near_misses, dict(counts)


def helped(rule: str, need: Opening, one: Candidate, missed: tuple[str, ...]) -> bool:
    """True where some change, on either side, would be enough for the rule, beside one for the others that fail."""
    if rule == "travel":
        return one.place is not None and not one.place_hidden
    if rule != "time":
        return True
    both = "transport" in missed
    about = (1 << 1440) - 1 if both else (1 << one.gets_about[1]) - (1 << one.gets_about[0])
    days = [(asked, free) for asked, free in zip(need.windows.days, one.availability.days, strict=True) if asked]
    if any(_met(asked, free & about, need.hours_per_day) for asked, free in days):
        return True
    first, last = (
        min((day & -day).bit_length() - 1 for day, _free in days),
        max(day.bit_length() for day, _free in days),
    )
    steps = range(-MOST_SHIFT, MOST_SHIFT + 1)
    shifts = [] if both else [m for m in steps if first + m >= 0 and last + m <= 1440]
    moved = ([(_later(asked, m), free & about) for asked, free in days] for m in shifts)
    freed = ([(asked, longer(free, m) & about) for asked, free in days] for m in steps)
    return any(
        sum(_met(asked, free, need.hours_per_day) for asked, free in week) >= need.days_required
        for week in chain(moved, freed)
    )


def _later(day: int, minutes: int) -> int:
    return day << minutes if minutes > 0 else day >> -minutes


def longer(day: int, minutes: int) -> int:
    """A day's free time that begins so many minutes earlier (negative) or ends later; a day without any has none."""
    if not day:
        return 0
    first, last = (day & -day).bit_length() - 1, day.bit_length()
    begins, ends = (max(0, first + minutes), first) if minutes < 0 else (last, min(1440, last + minutes))
    return day | (1 << ends) - (1 << begins)


def _tie(key: UUID, salt: str) -> int:
    seed = int.from_bytes(hashlib.sha256(salt.encode()).digest()[:8], "little")
    return _mixed(key.int & (1 << 64) - 1 ^ _mixed(key.int >> 64 ^ seed))


def _mixed(value: int) -> int:
    value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9 & (1 << 64) - 1
    value = (value ^ value >> 27) * 0x94D049BB133111EB & (1 << 64) - 1
    return value ^ value >> 31
