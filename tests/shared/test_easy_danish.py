"""Easy Danish: chosen by citizens and by who has not signed in, kept like any language, and Danish in all but words."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from shared import clock, frame
from tests.browser import Browser, words
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import MONDAY, register

SOURCE = Path(frame.__file__).with_name("translations")
EASY = "/sprog?sprog=da%40let&til=/min-side"
ORDINARY = "Du kan se dine oplysninger og loggen over opslag på Min side"
Reader = Callable[..., Browser]


@pytest.fixture(scope="module")
def catalogues(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Compiled as `make` does it; git has the source only."""
    folder = tmp_path_factory.mktemp("translations")
    for source in SOURCE.glob("*/LC_MESSAGES/messages.po"):
        compiled = (folder / source.relative_to(SOURCE)).with_suffix(".mo")
        compiled.parent.mkdir(parents=True)
        with compiled.open("wb") as file:
            write_mo(file, read_po(io.BytesIO(source.read_bytes())))
    return folder


@pytest.fixture
def reader(catalogues: Path) -> Iterator[Reader]:
    """Somebody at a service whose words are compiled."""

    def at(service: ServiceUnderTest, *roles: str, **told: str) -> Browser:
        service.app.extensions["babel"].translation_directories[:] = [str(catalogues)]
        return service.browser(*roles, **told)

    with clock.moved_to(MONDAY):
        yield at


def test_a_citizen_chooses_it_where_english_is_chosen(intake: ServiceUnderTest, reader: Reader) -> None:
    me = reader(intake, "citizen", subject=register(intake)["citizen_id"])
    before = me.get("/min-side")
    assert 'href="/sprog?sprog=da%40let&amp;til=%2Fmin-side" lang="da" hreflang="da"' in before.text
    assert "Let dansk English" in words(before)
    assert "Her kan du se, hvad vi har aftalt, og hvad vi ved om dig." in words(before)

    assert me.get(EASY).location == "/min-side"

    after = me.get("/min-side")
    assert '<html lang="da">' in after.text
    assert "Dansk English" in words(after)
    assert "Let dansk" not in words(after)
    assert "Her kan du se, hvad vi har aftalt. Du kan også se, hvad vi ved om dig." in words(after)
    assert "2. november 2026 kl. 10.30" in words(after)
    assert "Dine samtaler hos os" in words(after)


@pytest.mark.parametrize(
    ("service", "path", "said"),
    [
        ("intake", "/min-side/opslag", "Her står, hver gang nogen har set noget om dig."),
        ("matching", "/match/mine-steder", "De ser ikke dit navn. De ringer til os. Vi spørger dig først."),
        ("matching", "/match/kort/mig", "Du skal sige ja, før en virksomhed hører om dig."),
        ("followup", "/opfoelgning/mine-samtaler", "Du har ikke en tid til samtale."),
        ("notifications", "/beskeder/kort/mig", "Har du fået en tid hos os? Så kan du læse brevet her."),
    ],
)
def test_every_service_speaks_it(
    request: pytest.FixtureRequest, reader: Reader, service: str, path: str, said: str
) -> None:
    me = reader(request.getfixturevalue(service), "citizen")
    assert said not in words(me.get(path))

    me.get(EASY)

    assert said in words(me.get(path))


def test_who_has_not_signed_in_reads_their_rights_in_it(intake: ServiceUnderTest, reader: Reader) -> None:
    visitor = reader(intake)
    assert "Let dansk" in words(visitor.get("/"))
    visitor.get(EASY)

    shown = words(visitor.get("/privatliv"))

    assert "Du kan få fejl rettet. Du kan trække dit samtykke tilbage. Du kan klage til Datatilsynet." in shown
    assert ORDINARY not in shown


@pytest.mark.parametrize("role", ["front_desk", "company_employee", "mentor"])
def test_whoever_else_uses_the_browser_next_reads_danish(intake: ServiceUnderTest, reader: Reader, role: str) -> None:
    other = reader(intake, role)
    other.get(EASY)

    shown = words(other.get("/privatliv"))

    assert ORDINARY in shown
    assert "Let dansk" not in shown


def test_a_refused_form_answers_in_danish(intake: ServiceUnderTest, reader: Reader) -> None:
    me = reader(intake, "citizen", subject=register(intake)["citizen_id"])
    me.get(EASY)

    answer = me.submit("/min-side/kontakt", {"phone": "12345678", "language": "da", "version": "1"})

    assert "Telefon: Telefonnummeret findes ikke." in words(answer)
