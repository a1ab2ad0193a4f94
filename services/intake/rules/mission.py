"""The practices that the product is made for, and where it does each of them: mission.toml, read once."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from shared.events.codes import Words

FILE = Path(__file__).resolve().parents[1] / "mission.toml"


@dataclass(frozen=True)
class Place:
    """A page: its route and its name. One without a parameter can be opened from here."""

    path: str
    name: Words

    @property
    def opens(self) -> bool:
        return "<" not in self.path


@dataclass(frozen=True)
class Practice:
    """What somebody has shown to work: the seed's words and figures, and the parts of the product that do it."""

    code: str
    name: Words
    says: Words
    figures: tuple[Words, ...]
    pages: tuple[Place, ...]
    doors: tuple[str, ...]
    events: tuple[str, ...]
    journey: str


@cache
def practices() -> tuple[Practice, ...]:
    """All of them, in the order of the file."""
    return tuple(_read(FILE))


def _read(file: Path) -> Iterator[Practice]:
    for one in tomllib.loads(file.read_text(encoding="utf-8"))["practice"]:
        figures = zip(one["figures"]["da"], one["figures"]["en"], strict=True)
        yield Practice(
            code=one["code"],
            name=_words(one["name"]),
            says=_words(one["says"]),
            figures=tuple(Words(danish, english) for danish, english in figures),
            pages=tuple(Place(page["path"], _words(page)) for page in one["pages"]),
            doors=tuple(one["doors"]),
            events=tuple(one["events"]),
            journey=one["journey"],
        )


def _words(row: dict[str, Any]) -> Words:
    return Words(row["da"], row["en"])
