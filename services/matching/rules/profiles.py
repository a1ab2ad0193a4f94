"""What must not stand in words that every company reads: who somebody is, and how to reach them past us."""

import re
from collections.abc import Iterable

from shared.events.codes import Words

FOUND = {
    "cpr": Words("Tag CPR-nummeret ud.", "Take the CPR number out."),
    "email": Words("Tag e-mailadressen ud. Virksomheder når dig gennem os.",
                   "Take the e-mail address out. Companies reach you through us."),
    "phone": Words("Tag telefonnummeret ud. Virksomheder når dig gennem os.",
                   "Take the telephone number out. Companies reach you through us."),
    "name": Words("Tag dit navn ud. Virksomheden får det først, når der er en aftale.",
                  "Take your name out. The company gets it when there is an agreement."),
}  # fmt: skip
_PATTERNS = {
    "cpr": re.compile(r"\b[0-3][0-9][01][0-9]{3}[ -]?[0-9]{4}\b"),
    "email": re.compile(r"\S+@\S+\.\S+"),
    "phone": re.compile(r"(?:\+45 ?)?\b(?:[0-9][ .-]?){7}[0-9]\b"),
}


def reveals(text: str, names: Iterable[str]) -> list[str]:
    """Codes of `FOUND` for what the text gives away; `names` are the person's own, a part each."""
    found = [code for code, pattern in _PATTERNS.items() if pattern.search(text)]
    if "cpr" in found and "phone" in found:
        found.remove("phone")
    spoken = set(re.findall(r"\w+", text.casefold()))
    if any(len(name) > 1 and name.casefold() in spoken for name in names):
        found.append("name")
    return found
