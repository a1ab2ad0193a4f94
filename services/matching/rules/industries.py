"""Industries by DB25, the list that the CVR register has used since January 2025 (Kilde: Danmarks Statistik)."""

import csv
from functools import cache
from pathlib import Path

from shared.danish import sort_key
from shared.errors import Invalid

LIST = Path(__file__).parents[1] / "data/db25_da.csv"
SOURCE = "Kilde: Danmarks Statistik"
MOST_FOUND, MOST_NAMED = 8, 5
NOT_LISTED = "Branchen er ikke på listen DB25. / This industry is not on the list DB25."


@cache
def titles() -> dict[str, str]:
    """Every code of six digits with its title."""
    with LIST.open(encoding="utf-8", newline="") as opened:
        return {row["code"]: row["title_da"] for row in csv.DictReader(opened)}


def title(code: str | None) -> str:
    """What a code is called; empty where none is told."""
    return titles().get(code or "", "")


def named(code: str | None) -> str:
    """The code and its title, as somebody may type it; empty where none is told."""
    return f"{code} {title(code)}".strip() if code else ""


def search(words: str, most: int = MOST_FOUND) -> list[dict[str, str]]:
    """Those whose code begins so, or whose title holds the words, in the list's order."""
    key, number = sort_key(words), words.strip().replace(".", "")
    if not key:
        return []
    found = [
        code
        for code, name in titles().items()
        if (number.isdigit() and code.startswith(number)) or key in sort_key(name)
    ]
    return [{"code": code, "title": titles()[code]} for code in found[:most]]


def written(code: str) -> str:
    """The code as the register writes it: 81.21.00."""
    return f"{code[:2]}.{code[2:4]}.{code[4:]}"


def read(told: str | None) -> str | None:
    """The code that somebody told by its digits or by its title; raises Invalid, naming those it may be."""
    words = (told or "").strip()
    if not words:
        return None
    number = words.split(" ", 1)[0].replace(".", "")
    if number.isdigit():
        if number not in titles():
            raise Invalid({"industry": NOT_LISTED})
        return number
    key = sort_key(words)
    found = [code for code, name in titles().items() if key in sort_key(name)]
    exact = [code for code in found if sort_key(titles()[code]) == key]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if not found:
        raise Invalid({"industry": NOT_LISTED})
    named = "; ".join(f"{written(code)} {titles()[code]}" for code in found[:MOST_NAMED])
    raise Invalid({"industry": f"Det kan være flere, fx {named}. / It may be several, such as {named}."})
