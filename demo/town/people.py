"""Invented citizens: names that nobody bears, numbers and addresses that can belong to nobody.

A surname says of itself that it is invented. The day of a CPR number is 60 too high, as in numbers that a municipality
gives to people without one: no calendar has that day. E-mail is at `.example`, which belongs to nobody (RFC 2606), and
nobody has a telephone, as every Danish number may be somebody's.
"""

import csv
import random
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from shared.danish import search_key

with (Path(__file__).parents[1] / "data" / "town_names.csv").open(encoding="utf-8", newline="") as _opened:
    _PARTS = [(row["part"], row["name"]) for row in csv.DictReader(_opened)]
WOMEN, MEN, INVENTED, ENDINGS = (
    [name for part, name in _PARTS if part == wanted] for wanted in ("women", "men", "invented", "endings")
)
POSTAL_CODES = ("8700", "8700", "8700", "8700", "8660", "8740", "8751", "8752", "8762", "8763", "8783", "7130", "7100")
LANGUAGES = ("da",) * 90 + ("en",) * 3 + ("ar", "uk", "da-x-let", "da-x-let", "pl", "so", "tr")
MUNICIPALITY = "0219"
REPLACEMENT_DAYS = 60


@dataclass(frozen=True)
class Citizen:
    """Somebody who comes to the desk."""

    cpr: str
    name: str
    born: date
    about: dict[str, Any]
    educated: bool


def citizens(count: int, today: date, seed: int) -> list[Citizen]:
    """The same people for the same seed on the same day, each number once."""
    drawn, numbers, found = random.Random(f"people {seed}"), set[str](), list[Citizen]()  # noqa: S311  not a secret
    while len(found) < count:
        woman = drawn.random() < 0.5
        age = drawn.choice((drawn.uniform(18, 30), drawn.uniform(18, 64), drawn.uniform(30, 64)))
        born = today - timedelta(days=int(age * 365.25) + 1)
        number = _number(drawn, born, woman=woman)
        if number not in numbers:
            numbers.add(number)
            found.append(_citizen(drawn, len(found), number, born, woman=woman))
    return found


def _number(drawn: random.Random, born: date, *, woman: bool) -> str:
    seventh = drawn.choice((0, 1, 2, 3)) if born.year < 2000 else drawn.choice((4, 9))
    serial = seventh * 1000 + drawn.randrange(500) * 2 + (0 if woman else 1)
    return f"{born.day + REPLACEMENT_DAYS:02}{born:%m%y}{serial:04}"


def _citizen(drawn: random.Random, position: int, number: str, born: date, *, woman: bool) -> Citizen:
    first = drawn.choice(WOMEN if woman else MEN)
    name = f"{first} {drawn.choice(INVENTED)}{drawn.choice(ENDINGS)}"
    language = drawn.choice(LANGUAGES)
    mail = "-".join(search_key(name).split())
    reachable = drawn.random() < 0.9
    about = {
        "name": name, "email": f"{mail}-{position}@borger.example" if reachable else None, "language": language,
        "interpreter": language in ("ar", "uk", "so", "tr") and drawn.random() < 0.6,
        "protected": drawn.random() < 0.006, "digital_post_exempt": not reachable and drawn.random() < 0.5,
        "postal_code": drawn.choice(POSTAL_CODES), "municipality_code": MUNICIPALITY,
    }  # fmt: skip
    return Citizen(number, name, born, about, drawn.random() < 0.6)
