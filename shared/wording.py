"""Codes as people read them, out of a service's own tables; a code nobody has named is never shown itself."""

from collections.abc import Iterable, Mapping

from babel import Locale

from shared import frame
from shared.events.codes import EASY_DANISH, EASY_WORDS, Words

Tables = Mapping[str, Mapping[str, Words]]
OTHER = Words("Andet", "Other")


def say(tables: Tables, what: str, code: str | None) -> str:
    """A code of one of the tables in the reader's language; empty where there is none."""
    return "" if code is None else frame.chosen(tables[what].get(code, OTHER))


def choices(tables: Tables, what: str, codes: Iterable[str]) -> list[tuple[str, str]]:
    """Codes with their words, as a form's field takes them."""
    return [(code, say(tables, what, code)) for code in codes]


def tongue(code: str | None) -> str:
    """A language's name: "somali" for so."""
    if code == EASY_DANISH:
        return frame.chosen(EASY_WORDS)
    known: dict[str, str] = dict(Locale.parse(frame.language()).languages)
    return known.get(code or "", "")
