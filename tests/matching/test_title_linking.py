"""What people call a job, linked to a title by its name, another name, or likeness; else a few to choose from."""

import pytest

from benchmarks import titles as measured
from services.matching.rules.titles import choices, linked, unknown
from services.matching.vocabulary.linking import concepts, weights
from shared.occupations import occupations


def title_of(words: str) -> str | None:
    found = linked(words)
    return found.title.title if found else None


def names(words: str) -> list[str]:
    return [one.title for one in choices(words)]


def test_every_title_of_the_list_is_linked_to_itself_and_nothing_was_read_into_it() -> None:
    wrong = [known.title for known in occupations().values() if title_of(known.title) != known.title]

    assert wrong == []
    assert len(occupations()) == 1128
    assert not any(linked(known.title).said for known in occupations().values() if linked(known.title))


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("gaffeltruckfører", "Truckfører"),
        ("Kassedame", "Kasseassistent"),
        ("skraldemand", "Renovationsarbejder"),
        ("hjemmehjælper", "Social- og sundhedshjælper"),
        ("sosu-hjælper", "Social- og sundhedshjælper"),
        ("TAXACHAUFFØR", "Taxichauffør"),
        ("stuepige", "Rengøringsassistent"),
        ("emballageoperatør", "Operatør, emballage"),
        ("altmuligmand", "Servicetekniker, rengøring og ejendomsservice"),
    ],
)
def test_another_name_for_the_same_work_is_linked_and_says_what_was_typed(said: str, title: str) -> None:
    found = linked(said)

    assert found is not None
    assert (found.title.title, found.said) == (title, said)
    assert 0.9 <= found.sure < 1


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("opvaskedreng", "Opvasker"),
        ("pakkemedarbejder", "Pakkerimedarbejder"),
        ("lagermand", "Lager- og logistikmedarbejder"),
        ("viceværtsmedhjælper", "Vicevært"),
        ("hotelrengøring", "Rengøringsassistent, hotel"),
        ("tømrersvend", "Tømrer"),
        ("bagersvend", "Bager"),
        ("gartnerlærling", "Gartnerelev"),
        ("hundepasser", "Dyrepasser"),
        ("lastvognschauffør", "Chauffør, fragt, distribution, blandet kørsel"),
        ("jord- og betonarbejder", "Specialarbejder, jord og beton"),
        ("kontordame", "Kontormedhjælper"),
        ("mink-passer", "Dyrepasser"),
        ("slagter", "Butiks- og detailslagter"),
        ("kokk", "Kok"),
        ("kok eller tjener", "Tjener"),
    ],
)
def test_what_is_not_sure_is_five_choices_with_the_right_one_among_them(said: str, title: str) -> None:
    assert title_of(said) is None
    assert title in names(said)
    assert len(names(said)) <= 5


@pytest.mark.parametrize("said", ["medarbejder", "plejer", "sælger", "leder", "assistent", "xylofonsalat", "  ", ""])
def test_a_word_for_many_jobs_or_none_is_never_linked(said: str) -> None:
    assert title_of(said) is None


def test_nothing_typed_gives_nothing_to_choose_from() -> None:
    assert choices("  ") == []


def test_what_is_unknown_is_said_with_the_choices_in_both_languages() -> None:
    danish, _slash, english = unknown("slagter").partition(" / ")

    assert danish.startswith("Vælg en stilling på listen. “slagter” kan være: Slagtermester, ")
    assert english.startswith("Choose an occupation on the list. “slagter” may be: Slagtermester, ")
    assert unknown("xylofonsalat qqq") == "Vælg en stilling på listen. / Choose an occupation on the list."


def test_the_concepts_of_esco_are_ranked_with_how_sure_each_is() -> None:
    ranked = concepts("Vinduespudser", 3)

    assert ranked[0][0].label == "vinduespudser"
    assert ranked[0][1] > 0.9 > sum(sure for _concept, sure in ranked[1:])


def test_titles_are_linked_as_well_as_was_promised() -> None:
    """The surest half is all but always right; each title was judged by weights that never saw it."""
    figures = measured.measure()

    assert figures["matching.title_top1"] >= 0.65
    assert figures["matching.title_top5"] >= 0.77
    assert figures["matching.title_top10"] >= 0.81
    assert figures["matching.title_surest_right"] >= 0.97
    assert figures["matching.title_linked_share"] >= 0.45
    assert figures["matching.title_linked_right"] >= 0.97
    assert figures["matching.title_top1"] > figures["peer.letters_title_top1"] + 0.1


def test_the_weights_are_those_that_the_titles_teach() -> None:
    assert weights() == pytest.approx(measured.learned(), abs=0.02)
