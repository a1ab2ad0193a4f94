"""A list of persons from somebody else's system: the bytes as text, the text as lines, the cells as a registration."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import Any

from babel import Locale

from shared.danish import search_key
from shared.errors import Invalid

MOST_BYTES, MOST_ROWS, MOST_COLUMNS = 2_000_000, 2_000, 60
ALIKE = 0.75
FLAGS = ("interpreter", "digital_post_exempt", "protected", "came", "qualifying_education", "guidance_written")
COLUMNS: dict[str, tuple[str, ...]] = {
    "cpr": ("cpr", "cprnr", "cprnummer", "personnummer", "cprnumber", "personalnumber"),
    "name": ("navn", "fuldenavn", "borger", "name", "fullname"),
    "first_name": ("fornavn", "fornavne", "firstname", "givenname"),
    "last_name": ("efternavn", "efternavne", "lastname", "surname", "familyname"),
    "phone": ("telefon", "tlf", "telefonnummer", "telefonnr", "mobil", "mobilnummer", "mobilnr", "phone", "mobile"),
    "email": ("email", "mail", "emailadresse", "mailadresse", "emailaddress"),
    "postal_code": ("postnr", "postnummer", "postalcode", "postcode", "zip", "zipcode"),
    "municipality_code": ("kommunekode", "kommunenr", "municipalitycode"),
    "language": ("sprog", "modersmaal", "language"),
    "interpreter": ("tolk", "tolkebehov", "tolkebistand", "interpreter"),
    "digital_post_exempt": ("fritagetfordigitalpost", "digitalpostfritaget", "exemptfromdigitalpost"),
    "protected": ("beskyttet", "adressebeskyttelse", "adressebeskyttet", "navneogadressebeskyttelse", "protected"),
    "came": ("kommet", "erkommet", "erkommetidag", "fremmoedt", "came", "cametoday"),
    "applied_for": ("soegerom", "ydelse", "appliedfor", "benefit"),
    "qualifying_education": ("uddannelse", "erhvervskompetencegivendeuddannelse", "qualifyingeducation"),
    "guidance_written": ("skriftligvejledning", "vejledningskriftligt", "writtenguidance"),
}
"""What a column may be, and the headings it is known by, without spaces and signs."""
YES, NO = {"ja", "j", "x", "1", "yes", "y", "true", "sand"}, {"nej", "n", "0", "no", "false", "falsk"}


@dataclass(frozen=True, repr=False)
class Table:
    """The headings, and each line that holds something with its number in the file."""

    headings: tuple[str, ...]
    lines: tuple[tuple[int, tuple[str, ...]], ...]


def read_bytes(content: bytes) -> str:
    """UTF-8 (with its mark or not) or else Windows-1252; raises Invalid."""
    if not content.strip():
        raise _wrong("Filen er tom.", "The file is empty.")
    if len(content) > MOST_BYTES:
        raise _wrong("Filen er for stor. Den må fylde 2 MB. Del den i flere filer.",
                     "The file is too large. It may hold 2 MB. Split it into several.")  # fmt: skip
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not re.search(r"[\x00-\x08\x0e-\x1f]", text):
            return text
    raise _wrong("Filen kan ikke læses som tekst. Gem arket som CSV og prøv igen.",
                 "The file cannot be read as text. Save the sheet as CSV and try again.")  # fmt: skip


def read_table(text: str) -> Table:
    """Lines of cells, parted by semicolon, comma or tab, whichever gives the first line most; raises Invalid."""
    text = text.removeprefix("\ufeff")
    if re.match(r"sep=.\r?\n", text):
        text = text.split("\n", 1)[1]
    head = text.lstrip("\r\n").partition("\n")[0]
    separator = max(";,\t", key=lambda sign: len(next(csv.reader([head], delimiter=sign), [])))
    read = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    lines: list[tuple[int, tuple[str, ...]]] = []
    begins = 1
    try:
        for cells in read:
            if any(cell.strip() for cell in cells):
                lines.append((begins, tuple(cell.strip() for cell in cells)))
            begins = read.line_num + 1
            if len(lines) > MOST_ROWS + 1:
                raise _wrong(f"Der er flere end {MOST_ROWS} linjer. Del filen i flere.",
                             f"There are more than {MOST_ROWS} lines. Split the file into several.")  # fmt: skip
    except csv.Error:
        danish = f"Linje {begins} kan ikke læses. Se efter et anførselstegn, der ikke er lukket."
        english = f"Line {begins} cannot be read. Look for a quotation mark that is not closed."
        raise _wrong(danish, english) from None
    return _checked(lines)


def _checked(lines: Sequence[tuple[int, tuple[str, ...]]]) -> Table:
    if len(lines) < 2:
        raise _wrong("Der skal være en linje med overskrifter og mindst én person.",
                     "There must be a line of headings and at least one person.")  # fmt: skip
    headings = lines[0][1]
    if len(headings) > MOST_COLUMNS:
        raise _wrong(f"Der er flere end {MOST_COLUMNS} kolonner.", f"There are more than {MOST_COLUMNS} columns.")
    return Table(headings, tuple(lines[1:]))


def _wrong(danish: str, english: str) -> Invalid:
    return Invalid({"file": f"{danish} / {english}"})


def guess_columns(headings: Iterable[str]) -> list[str]:
    """What each column is by its heading, empty where that is not known; of two alike the first counts."""
    known = {heading: column for column, headings in COLUMNS.items() for heading in headings}
    guessed: list[str] = []
    for heading in headings:
        column = known.get(re.sub(r"[\W_]", "", search_key(heading)), "")
        guessed.append("" if column in guessed else column)
    return guessed


def check_columns(columns: Sequence[str], count: int) -> None:
    """One column each at most, and those that nobody can be registered without; raises Invalid."""
    chosen = [column for column in columns if column]
    if len(columns) != count or not set(chosen) <= set(COLUMNS):
        raise Invalid({"columns": "Kolonnerne passer ikke til filen. / The columns do not fit the file."})
    if len(set(chosen)) < len(chosen):
        raise Invalid({"columns": "Den samme oplysning er valgt for to kolonner. / Two columns are the same thing."})
    named = "name" in chosen or {"first_name", "last_name"} <= set(chosen)
    if "cpr" not in chosen or not named or "postal_code" not in chosen:
        raise Invalid({
            "columns": "Vælg en kolonne til CPR-nummer, til navn (eller fornavn og efternavn) og til postnummer. / "
            "Choose a column for the CPR number, for the name (or first and last name) and for the postal code."
        })  # fmt: skip


def read_person(columns: Sequence[str], cells: Sequence[str]) -> dict[str, Any]:
    """A line's cells as a registration's input; what cannot be read is left for its field to refuse."""
    if any(cell for cell in cells[len(columns) :]):
        raise Invalid({"line": "Linjen har flere felter end overskriften. / The line has more cells than the first."})
    found: dict[str, Any] = {column: cell for column, cell in zip(columns, cells, strict=False) if column and cell}
    if "name" not in found and (parts := [found[part] for part in ("first_name", "last_name") if part in found]):
        found["name"] = " ".join(parts)
    found = {name: value for name, value in found.items() if name not in ("first_name", "last_name")}
    for name, read in (("cpr", _cpr), ("municipality_code", _code), ("language", _language), ("applied_for", _benefit)):
        if name in found:
            found[name] = read(found[name])
    for name in FLAGS:
        if name in found:
            found[name] = _flag(found[name])
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


def _flag(cell: str) -> bool | str:
    word = cell.casefold()
    return True if word in YES else False if word in NO else cell


def look_alike(name: str, other: str) -> bool:
    """Names that may be one person's: first and last nearly alike, or all words of one are among the other's."""
    one, two = search_key(name).split(), search_key(other).split()
    fewer, more = sorted((set(one), set(two)), key=len)
    if len(fewer) < 2:
        return one == two
    ends = (SequenceMatcher(None, one[end], two[end]).ratio() for end in (0, -1))
    return fewer <= more or all(ratio >= ALIKE for ratio in ends)
