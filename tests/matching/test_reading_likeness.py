"""Work that an ad or a caller names in other words than a title's: which it may be, where it was read, how sure."""

from datetime import date

import pytest

from services.matching.text.found import Found
from services.matching.text.read import read
from shared.occupations import occupations

SUNDAY = date(2026, 11, 22)


def occupations_in(text: str) -> list[Found]:
    return [each for each in read(text, SUNDAY) if each.field == "occupation"]


@pytest.mark.parametrize(
    ("text", "words", "title"),
    [
        ("Medhjælper til vores køkken fra mandag", "Medhjælper til vores køkken", "Køkkenmedhjælper"),
        ("chauffører til persontransport, gerne to", "chauffører til persontransport", "Chauffør, persontransport"),
        ("en kassedame lørdag og søndag", "kassedame", "Kasseassistent"),
        ("altmuligmand til kirken", "altmuligmand", "Servicetekniker, rengøring og ejendomsservice"),
    ],
)
def test_other_words_for_a_title_are_likely_and_leave_no_choice(text: str, words: str, title: str) -> None:
    (found,) = occupations_in(text)

    assert (text[found.start : found.end], occupations()[found.value].title) == (words, title)
    assert (found.sure, found.choices) == (0.75, ())


@pytest.mark.parametrize(
    ("text", "words", "title"),
    [
        ("vi søger en opvaskedreng til weekenden", "opvaskedreng", "Opvasker"),
        ("to pakkemedarbejdere på vores lager", "pakkemedarbejdere", "Pakkerimedarbejder"),
        ("en til vinduespudsning hver fredag", "vinduespudsning", "Vinduespudser"),
        ("vi mangler en gulvvasker om morgenen", "gulvvasker", "Rengøringsassistent i transportmidler"),
        ("en lastvognschauffør, 20 timer", "lastvognschauffør", "Chauffør, fragt, distribution, blandet kørsel"),
        ("en lagermand fra 1. marts", "lagermand", "Lager- og logistikmedarbejder"),
        ("køkkenassistenter til frokost", "køkkenassistenter", "Køkkenmedhjælper"),
        ("en til rengøring", "rengøring", "Rengøringsassistent"),
    ],
)
def test_words_that_are_only_like_a_title_are_unsure_and_offer_others(text: str, words: str, title: str) -> None:
    (found,) = occupations_in(text)

    assert text[found.start : found.end] == words
    assert found.sure <= 0.5
    assert title in [occupations()[one].title for one in found.choices]
    assert found.value == found.choices[0]
    assert len(found.choices) <= 5


@pytest.mark.parametrize(
    "text",
    [
        "vores leder går på pension, så vi ringer",
        "arbejdet kræver en god mand",
        "vi mangler folk",
        "møde kl. 7 til aftensmad",
        "vi skal ikke bruge en kassedame",
        "vi ses, hav det godt",
    ],
)
def test_what_names_no_work_is_read_as_none(text: str) -> None:
    assert occupations_in(text) == []


def test_a_title_that_is_named_needs_no_guess_beside_it() -> None:
    (found,) = occupations_in("en truckfører, der også kan være lagermand")

    assert occupations()[found.value].title == "Truckfører"
