"""A list as it comes: the bytes as text, the text as lines of cells, the headings as columns."""

import csv
import io
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from shared.danish import search_key
from shared.errors import Invalid

MOST_BYTES, MOST_ROWS, MOST_COLUMNS = 2_000_000, 2_000, 60
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
    mark = re.match(r"sep=.(\r\n|\r|\n)", text)
    text, above = (text[mark.end() :], 1) if mark else (text, 0)
    head = io.StringIO(text.lstrip("\r\n"), newline="").readline()
    lines: list[tuple[int, tuple[str, ...]]] = []
    begins = above + 1
    try:
        separator = max(";,\t", key=lambda sign: len(next(csv.reader([head], delimiter=sign), [])))
        read = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        for cells in read:
            if any(cell.strip() for cell in cells):
                lines.append((begins, tuple(cell.strip() for cell in cells)))
            begins = above + read.line_num + 1
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
        raise _wrong("Der skal være en linje med overskrifter og mindst én linje mere.",
                     "There must be a line of headings and at least one more.")  # fmt: skip
    headings = lines[0][1]
    if len(headings) > MOST_COLUMNS:
        raise _wrong(f"Der er flere end {MOST_COLUMNS} kolonner.", f"There are more than {MOST_COLUMNS} columns.")
    return Table(headings, tuple(lines[1:]))


def _wrong(danish: str, english: str) -> Invalid:
    return Invalid({"file": f"{danish} / {english}"})


def guess_columns(headings: Iterable[str], known_as: Mapping[str, Collection[str]]) -> list[str]:
    """What each column is by its heading, empty where that is not known; of two alike the first counts."""
    known = {heading: column for column, named in known_as.items() for heading in named}
    guessed: list[str] = []
    for heading in headings:
        column = known.get(re.sub(r"[\W_]", "", search_key(heading)), "")
        guessed.append("" if column in guessed else column)
    return guessed


def cells_by_column(columns: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """What a line says under each column that is used, without empty cells; raises Invalid."""
    if any(cell for cell in cells[len(columns) :]):
        raise Invalid({"line": "Linjen har flere felter end overskriften. / The line has more cells than the first."})
    return {column: cell for column, cell in zip(columns, cells, strict=False) if column and cell}


def read_flag(cell: str) -> bool | str:
    """Yes or no; what is neither is left for its field to refuse."""
    word = cell.casefold()
    return True if word in YES else False if word in NO else cell


def lines_as_csv(headings: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """These lines under their headings, in the form that a Danish spreadsheet opens."""
    written = io.StringIO(newline="")
    to = csv.writer(written, delimiter=";")
    to.writerow(headings)
    to.writerows(lines)
    return written.getvalue()
