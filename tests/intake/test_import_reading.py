"""How a list is read: its letters, its separators, its headings, its cells."""

from typing import Any

import pytest

from services.intake.rules import imports
from services.intake.use_cases.imports import PERSONS
from shared.errors import Invalid
from shared.lists import reading


def guess(headings: list[str]) -> list[str]:
    return reading.guess_columns(headings, PERSONS.known_as())


HEAD = "CPR-nr.;Fornavn;Efternavn;Postnr.;Tlf.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_danish_letters_survive_each_encoding(encoding: str) -> None:
    content = "Navn;Postnr\nÅse Ærø Østergård;3400\n".encode(encoding)

    table = reading.read_table(reading.read_bytes(content))

    assert table.headings == ("Navn", "Postnr")
    assert table.lines == ((2, ("Åse Ærø Østergård", "3400")),)


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_separator_is_found_and_quoted_cells_hold_it(separator: str) -> None:
    text = separator.join(("Navn", "Postnr")) + f'\r\n"Bo{separator} Ib",3400'.replace(",3400", f"{separator}3400")

    assert reading.read_table(text).lines == ((2, (f"Bo{separator} Ib", "3400")),)


def test_line_numbers_are_the_files_own_over_empty_and_broken_lines() -> None:
    text = 'Navn;Postnr\n\n"Bo\nIb";3400\n;\nUlla;3400\n'

    assert [number for number, _cells in reading.read_table(text).lines] == [3, 6]
    assert [number for number, _cells in reading.read_table(f"sep=;\n{text}").lines] == [4, 7]


@pytest.mark.parametrize("mark", ["", "sep=;\r"])
def test_lines_may_end_as_a_spreadsheet_on_a_mac_ends_them(mark: str) -> None:
    table = reading.read_table(f"{mark}Navn;Postnr\rBo, Ib;3400\rUlla;2730\r")

    assert (table.headings, [cells for _number, cells in table.lines]) == (
        ("Navn", "Postnr"), [("Bo, Ib", "3400"), ("Ulla", "2730")],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b" \n", "Filen er tom"),
        (b"PK\x03\x04\x14\x00\x06\x00", "Gem arket som CSV"),
        (b"Navn;Postnr\n", "mindst en linje"),
        (b'Navn;Postnr\nBo;3400\n"Ib;3400\n', "Linje 3 kan ikke"),
        (b"Navn;Postnr\n" + b"Bo;3400\n" * 2001, "flere end 2000 linjer"),
        (b"Navn;Postnr\n" + b"x" * 2_000_000, "2 MB"),
        (b"x" * 200_000 + b";Postnr\nBo;3400\n", "Linje 1 kan ikke"),
        (b"a;" * 61 + b"\n1;2", "flere end 60 kolonner"),
    ],
)
def test_file_that_cannot_be_taken_says_why(content: bytes, says: str) -> None:
    with pytest.raises(Invalid) as refused:
        reading.read_table(reading.read_bytes(content))

    assert says in refused.value.fields["file"].replace("é", "e")


def test_columns_are_guessed_by_danish_and_english_headings() -> None:
    assert guess(["CPR-nr.", "Fornavne", "Efternavn", "Post nr.", "E-mail", "Sagsnr.", "Mobil"]) == [
        "cpr", "first_name", "last_name", "postal_code", "email", "", "phone",
    ]  # fmt: skip
    assert guess(["CPR number", "Full name", "Postal code", "Language", "Phone", "Mobile"]) == [
        "cpr", "name", "postal_code", "language", "phone", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        (["cpr", "first_name", "postal_code"], "til: navn"),
        (["name", "", "postal_code"], "til: CPR-nummer"),
        (["cpr", "name", "name"], "valgt for to"),
        (["cpr", "name", "postal_code", ""], "passer ikke"),
    ],
)
def test_columns_that_nobody_can_be_registered_by_are_refused(columns: list[str], says: str) -> None:
    with pytest.raises(Invalid) as refused:
        PERSONS.check_columns(columns, 3)

    assert says in refused.value.fields["columns"]


@pytest.mark.parametrize(
    ("columns", "cells", "read"),
    [
        ("cpr", "101901234", {"cpr": "0101901234"}),
        ("cpr", "10190-1234", {"cpr": "010190-1234"}),
        ("municipality_code", "219", {"municipality_code": "0219"}),
        ("language", "Arabisk", {"language": "ar"}),
        ("language", "Ukrainian", {"language": "uk"}),
        ("applied_for", "Kontanthjælp", {"applied_for": "kontanthjaelp"}),
        ("interpreter", "Ja", {"interpreter": True}),
        ("protected", "nej", {"protected": False}),
        ("came", "måske", {"came": "måske"}),
        ("first_name last_name", "Bo|Ib", {"name": "Bo Ib"}),
        ("phone", "", {}),
    ],
)
def test_cells_are_read_as_people_write_them(columns: str, cells: str, read: dict[str, Any]) -> None:
    assert imports.read_person(columns.split(), cells.split("|")) == read


def test_line_with_more_cells_than_headings_is_wrong() -> None:
    with pytest.raises(Invalid):
        imports.read_person(["name"], ["Bo", "Ib"])
    assert imports.read_person(["name"], ["Bo", ""]) == {"name": "Bo"}


@pytest.mark.parametrize(
    ("name", "other", "alike"),
    [
        ("Aage Sørensen", "Åge Sorensen", True),
        ("Nancy Ann Test Berggren", "Nancy Berggren", True),
        ("Mohammed Ali", "Muhammed Ali", True),
        ("Bo Hansen", "Ib Hansen", False),
        ("Bo", "Bo Hansen", False),
    ],
)
def test_names_look_alike_or_not(name: str, other: str, alike: bool) -> None:
    assert imports.look_alike(name, other) is alike
