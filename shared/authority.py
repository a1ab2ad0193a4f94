"""Whose jobbutik this is: what pages and letters say of the municipality and how it is reached."""

import json
import re
from dataclasses import dataclass, fields

OPTIONAL = ("hours_en",)
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True)
class Authority:
    """Name, telephone, e-mail, address, opening hours, and the data-protection officer's; empty where nobody said."""

    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    hours: str = ""
    hours_en: str = ""
    dpo_phone: str = ""
    dpo_email: str = ""

    @property
    def missing(self) -> list[str]:
        """What is not set up."""
        return [one.name for one in fields(self) if one.name not in OPTIONAL and not getattr(self, one.name)]

    def open_hours(self, language: str) -> str:
        """In the reader's language, where it is written in it."""
        return (self.hours_en if language == "en" else "") or self.hours


def read(text: str) -> Authority:
    """From JSON with these names, each one line of text; raises ValueError or TypeError."""
    told = json.loads(text)
    found = Authority(**told)
    if not all(isinstance(value, str) and value.isprintable() for value in told.values()):
        raise ValueError
    if not all(EMAIL.fullmatch(address) for address in (found.email, found.dpo_email) if address):
        raise ValueError
    return found
