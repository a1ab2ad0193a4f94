"""What a citizen reads on screen is easy to read, page by page, and easier still in easy Danish."""

import io
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

from shared.frame import EASY
from tests.plain import HARDEST, HARDEST_EASY, LONGEST_EASY, lix, longest

HOUSE = Path(__file__).parents[1]
TEMPLATES = HOUSE / "services"
# Matching's own_ pages are a company's, but for these.
OF_CITIZENS = {"own_match.html", "own_parts.html", "own_dialogues.html", "own_places.html", "own_profile.html"}
OTHERS = (
    "shared/templates/start.html", "shared/templates/contact.html", "shared/templates/privacy.html",
    "shared/templates/error.html", "shared/templates/dialogs.html", "shared/templates/look_ups_own.html",
    "services/intake/templates/intake/appointment.html", "services/intake/templates/intake/unknown.html",
    "services/intake/templates/intake/not_signed_in.html", "services/intake/templates/intake/signed_out.html",
    "services/matching/templates/matching/asked.html", "services/matching/templates/matching/forum.html",
    "services/notifications/templates/pages/choices.html", "services/notifications/templates/pages/no_thanks.html",
)  # fmt: skip


def citizens_templates() -> list[Path]:
    """Every template that is a citizen's own page or card, and the public ones that lead there."""
    named = [*TEMPLATES.glob("*/templates/*/own*.html"), *TEMPLATES.glob("*/templates/*/card_own.html")]
    own = [one for one in named if one.parent.name != "matching" or one.name in OF_CITIZENS | {"card_own.html"}]
    return sorted({*own, *(HOUSE / name for name in OTHERS)})


def easy_words() -> dict[str, str]:
    """What easy Danish says, by the Danish it stands for."""
    file = HOUSE / "shared/translations" / EASY / "LC_MESSAGES/messages.po"
    return {str(one.id): str(one.string) for one in read_po(io.BytesIO(file.read_bytes())) if one.id}


def sentences_of(template: Path, instead: Mapping[str, str] = MappingProxyType({})) -> list[str]:
    """The Danish sentences, or what is said instead of them; a heading or a button is none."""
    found = babel_extract(io.BytesIO(template.read_bytes()), ["_", "ngettext"], [], {"silent": "false"})
    said = (text if isinstance(text, str) else text[0] for _line, _function, text, _comments in found)
    return [re.sub(r"%\(\w+\)[sd]", "", instead.get(one, one)) for one in said if re.search(r"[.!?]$", one)]


@pytest.mark.parametrize("template", citizens_templates(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_citizens_page_is_easy_to_read(template: Path) -> None:
    said = sentences_of(template)

    assert not said or lix(" ".join(said)) <= HARDEST, said


@pytest.mark.parametrize("template", citizens_templates(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_easy_danish_has_short_sentences_of_short_words(template: Path) -> None:
    said = sentences_of(template, easy_words())

    assert not said or lix(" ".join(said)) <= HARDEST_EASY, said
    assert [one for one in said if longest(one) > LONGEST_EASY] == []


def test_a_hard_sentence_would_be_found() -> None:
    assert lix("Kommunalbestyrelsen iværksætter straksaktivering efter visitationssamtalens afslutning.") > HARDEST
