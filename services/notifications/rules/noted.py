"""What was understood of a company's need, in words for a letter."""

from collections.abc import Callable, Mapping
from typing import Any

from shared.occupations import occupations

Day = Callable[[str | None, str], str | None]
Number = Callable[[float | None, str], str | None]


def noted(data: Mapping[str, Any], language: str, day: Day, number: Number) -> dict[str, Any] | None:
    """Positions, occupation, weekly hours and the first day; None where the letter is about something else."""
    if "occupation" not in data:
        return None
    known = occupations().get(data["occupation"])
    ends = dict.fromkeys(number(hours, language) for hours in data["hours"])
    return {
        "occupation": known.title if known else "",
        "positions": data["positions"],
        "hours": "–".join(str(end) for end in ends),
        "starts": day(data["starts_on"], language),
    }
