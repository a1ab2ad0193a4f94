"""A list of persons from somebody else's system: the cells of a line as a registration."""

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from functools import cache
from typing import Any

from babel import Locale

from shared.danish import search_key
from shared.events.codes import Words
from shared.lists import Column, reading

ALIKE = 0.75
COLUMNS = {
    "cpr": Column(
        Words("CPR-nummer", "CPR number"), ("cpr", "cprnr", "cprnummer", "personnummer", "cprnumber", "personalnumber")
    ),
    "name": Column(Words("navn", "name"), ("navn", "fuldenavn", "borger", "name", "fullname")),
    "first_name": Column(Words("fornavn", "first name"), ("fornavn", "fornavne", "firstname", "givenname")),
    "last_name": Column(
        Words("efternavn", "last name"), ("efternavn", "efternavne", "lastname", "surname", "familyname")
    ),
    "phone": Column(
        Words("telefon", "telephone"),
        ("telefon", "tlf", "telefonnummer", "telefonnr", "mobil", "mobilnummer", "mobilnr", "phone", "mobile"),
    ),
    "email": Column(Words("e-mail", "e-mail"), ("email", "mail", "emailadresse", "mailadresse", "emailaddress")),
    "postal_code": Column(
        Words("postnummer", "postal code"), ("postnr", "postnummer", "postalcode", "postcode", "zip", "zipcode")
    ),
    "municipality_code": Column(
        Words("kommunekode", "municipality code"), ("kommunekode", "kommunenr", "municipalitycode")
    ),
    "language": Column(Words("sprog", "language"), ("sprog", "modersmaal", "language")),
    "interpreter": Column(
        Words("tolk (ja/nej)", "interpreter (yes/no)"), ("tolk", "tolkebehov", "tolkebistand", "interpreter"), flag=True
    ),
    "digital_post_exempt": Column(
        Words("fritaget for Digital Post (ja/nej)", "exempt from Digital Post (yes/no)"),
        ("fritagetfordigitalpost", "digitalpostfritaget", "exemptfromdigitalpost"),
        flag=True,
    ),
    "protected": Column(
        Words("beskyttet navn og adresse (ja/nej)", "protected name and address (yes/no)"),
        ("beskyttet", "adressebeskyttelse", "adressebeskyttet", "navneogadressebeskyttelse", "protected"),
        flag=True,
    ),
    "came": Column(
        Words("er kommet i dag (ja/nej)", "came today (yes/no)"),
        ("kommet", "erkommet", "erkommetidag", "fremmoedt", "came", "cametoday"),
        flag=True,
    ),
    "applied_for": Column(Words("søger om", "applies for"), ("soegerom", "ydelse", "appliedfor", "benefit")),
    "qualifying_education": Column(
        Words("erhvervskompetencegivende uddannelse (ja/nej)", "qualifying education (yes/no)"),
        ("uddannelse", "erhvervskompetencegivendeuddannelse", "qualifyingeducation"),
        flag=True,
    ),
    "guidance_written": Column(
        Words("skriftlig vejledning er givet (ja/nej)", "written guidance was given (yes/no)"),
        ("skriftligvejledning", "vejledningskriftligt", "writtenguidance"),
        flag=True,
    ),
}
"""What a column may be, and the headings it is known by."""


def read_person(columns: Sequence[str], cells: Sequence[str]) -> dict[str, Any]:
    """A line's cells as a registration's input; what cannot be read is left for its field to refuse; raises Invalid."""
    found: dict[str, Any] = dict(reading.cells_by_column(columns, cells))
    if "name" not in found and (parts := [found[part] for part in ("first_name", "last_name") if part in found]):
        found["name"] = " ".join(parts)
    found = {name: value for name, value in found.items() if name not in ("first_name", "last_name")}
    for name, read in (("cpr", _cpr), ("municipality_code", _code), ("language", _language), ("applied_for", _benefit)):
        if name in found:
            found[name] = read(found[name])
    for name, column in COLUMNS.items():
        if column.flag and name in found:
            found[name] = reading.read_flag(found[name])
    return found


def _cpr(cell: str) -> str:
    """A spreadsheet takes the number for an amount, and its first nought with it."""
    return f"0{cell}" if re.fullmatch(r"[0-9]{9}|[0-9]{5}-[0-9]{4}", cell) else cell


def _code(cell: str) -> str:
    return f"0{cell}" if re.fullmatch(r"[0-9]{3}", cell) else cell


def _language(cell: str) -> str:
    return _languages().get(search_key(cell), cell.lower())


@cache
def _languages() -> Mapping[str, str]:
    return {
        search_key(name): code
        for spoken in ("en", "da")
        for code, name in Locale(spoken).languages.items()
        if len(code) == 2
    }


def _benefit(cell: str) -> str:
    key = search_key(cell)
    return {"andet": "other", "noget andet": "other"}.get(key, key)


def look_alike(name: str, other: str) -> bool:
    """Names that may be one person's: first and last nearly alike, or all words of one are among the other's."""
    one, two = search_key(name).split(), search_key(other).split()
    fewer, more = sorted((set(one), set(two)), key=len)
    if len(fewer) < 2:
        return one == two
    ends = (SequenceMatcher(None, one[end], two[end]).ratio() for end in (0, -1))
    return fewer <= more or all(ratio >= ALIKE for ratio in ends)
