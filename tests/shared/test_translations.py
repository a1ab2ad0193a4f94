"""Every word on screen has its English, and easy Danish says the same as the Danish it stands for."""

import io
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from shared.frame import EASY

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = ROOT / "shared/translations"
# What somebody may do, must do and by when, and the names that they need for it.
LAWFUL = re.compile(
    r"aldrig|fortryd|frist|senest|til og med|klage|samtykke|fejl rettet|Datatilsynet|skriver du under|BEK \S+ § \d+"
)
NAMED = re.compile(r"CPR-nummer|Digital Post|MitID|Jobnet|Min side|Ring\b|[Bb]ehøver ikke")
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
WITHOUT = {"jinja2": {"trim_blocks": "true", "lstrip_blocks": "true"}}


def said() -> set[str]:
    """The Danish of every text that is marked for translation."""
    found = set()
    for folder in ("shared", "services"):
        messages = extract_from_dir(
            ROOT / folder, METHODS, {"**/templates/**.html": WITHOUT["jinja2"]}, keywords={"_": None, "gettext": None,
            "lazy_gettext": None, "ngettext": (1, 2)}
        )  # fmt: skip
        for _file, _line, message, _comments, _context in messages:
            found.add(message if isinstance(message, str) else message[0])
    return found


def catalogue(language: str) -> Catalog:
    return read_po(io.BytesIO((CATALOGUES / language / "LC_MESSAGES/messages.po").read_bytes()), locale=language)


def test_every_danish_text_has_an_english_one() -> None:
    known = catalogue("en")

    assert sorted(text for text in said() if not (known.get(text) and known.get(text).string)) == []  # type: ignore[union-attr]


@pytest.mark.parametrize("language", ["en", EASY])
def test_no_text_stands_for_danish_that_is_gone_or_is_unsure(language: str) -> None:
    known, used = catalogue(language), said()

    texts = {message.id if isinstance(message.id, str) else message.id[0]: message for message in known if message.id}
    assert sorted(text for text, message in texts.items() if text not in used or message.fuzzy) == []


@pytest.mark.parametrize("language", ["en", EASY])
def test_placeholders_are_the_same_in_every_language(language: str) -> None:
    wrong = {str(message.id): [str(error) for error in errors] for message, errors in catalogue(language).check()}

    assert wrong == {}


@pytest.mark.parametrize("words", [LAWFUL, NAMED], ids=["lawful", "named"])
def test_easy_danish_leaves_out_no_deadline_right_or_name(words: re.Pattern[str]) -> None:
    lost = {
        str(one.id): missing
        for one in catalogue(EASY)
        if (missing := set(words.findall(str(one.id))) - set(words.findall(str(one.string))))
    }

    assert lost == {}
