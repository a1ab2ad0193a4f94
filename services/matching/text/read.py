"""A text read whole: everything that was found in it, in the order of the text."""

from dataclasses import replace
from datetime import date

from services.matching.text.dates import read_dates
from services.matching.text.demands import read_demands
from services.matching.text.found import Found, lowered, overlaps
from services.matching.text.hours import read_days_a_week, read_hours, read_positions
from services.matching.text.jobs import read_occupations, read_skills
from services.matching.text.offers import read_adjustments, read_seasons
from services.matching.text.times import read_times

MOST_LETTERS = 5000
# Where two readings claim the same place, the first of these is right: "8 timer" is no clock time.
RANKED = ("weekly_hours", "monthly_hours", "hours_per_day", "days_required", "starts_on", "ends_on", "season",
          "lifting_kg", "windows", "times", "days", "starts_at", "positions")  # fmt: skip


def read(text: str, today: date) -> list[Found]:
    """What a text of at most 5,000 letters says of a job; what it does not say is not there."""
    small = lowered(text[:MOST_LETTERS])
    counted = _cleared([
        *read_hours(small), *read_days_a_week(small), *read_dates(small, today), *read_times(small),
        *read_positions(small), *read_seasons(small),
        *(each for each in read_demands(small) if each.field == "lifting_kg"),
    ])  # fmt: skip
    said = [
        *counted, *(each for each in read_demands(small) if each.field != "lifting_kg"),
        *read_adjustments(small), *read_occupations(small), *read_skills(small),
    ]  # fmt: skip
    return sorted((_trimmed(small, each) for each in said), key=lambda each: (each.start, each.end, each.field))


def _cleared(found: list[Found]) -> list[Found]:
    """Without what stands in the place of something surer, by RANKED."""
    kept: list[Found] = []
    for each in sorted(found, key=lambda one: RANKED.index(one.field) if one.field in RANKED else len(RANKED)):
        if not any(overlaps(each, other) and {each.field, other.field} - {"days", "windows"} for other in kept):
            kept.append(each)
    return kept


def _trimmed(text: str, found: Found) -> Found:
    said = text[found.start : found.end]
    start = found.start + len(said) - len(said.lstrip())
    return replace(found, start=start, end=max(start, found.end - (len(said) - len(said.rstrip()))))
