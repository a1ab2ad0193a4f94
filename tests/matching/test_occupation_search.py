"""Titles as they are looked for: by any name of the work, with aa for å, and with a slip of the finger."""

import pytest

from services.matching.rules.catalogue import search
from shared.occupations import occupations


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("rengøringsassistent", "Rengøringsassistent"),
        ("rengor", "Rengøringsassistent"),
        ("rengøringsasistent", "Rengøringsassistent"),
        ("gaffeltruckfører", "Truckfører"),
        ("truck", "Truckfører"),
        ("kokk", "Kok"),
        ("Pædagogmedhjælper", "Pædagogmedhjælper"),
        ("malersvend", "Bygningsmaler"),
    ],
)
def test_a_title_is_found_by_what_is_typed(typed: str, title: str) -> None:
    assert title in [found.title for found in search(typed, 8)]


def test_two_words_that_share_an_end_are_found_by_either_before_anything_that_only_sounds_so() -> None:
    assert search("lagermedarbejder", 1)[0].title == "Lager- og logistikmedarbejder"


def test_every_title_finds_itself_first() -> None:
    wrong = [known.title for known in occupations().values() if search(known.title, 1)[0].title != known.title]

    assert wrong == []


def test_two_letters_a_are_one_of_ours() -> None:
    assert [found.id for found in search("Paaklæder", 3)] == [found.id for found in search("Påklæder", 3)]


def test_nothing_typed_finds_nothing() -> None:
    assert search("  ", 8) == []
