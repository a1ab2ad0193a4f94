"""Every word on screen has its English."""

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "shared/translations/en/LC_MESSAGES/messages.po"
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


def catalogue() -> Catalog:
    return read_po(io.BytesIO(CATALOGUE.read_bytes()), locale="en")


def test_every_danish_text_has_an_english_one() -> None:
    known = catalogue()

    assert sorted(text for text in said() if not (known.get(text) and known.get(text).string)) == []  # type: ignore[union-attr]


def test_no_english_text_stands_for_danish_that_is_gone_or_is_unsure() -> None:
    known, used = catalogue(), said()

    texts = {message.id if isinstance(message.id, str) else message.id[0]: message for message in known if message.id}
    assert sorted(text for text, message in texts.items() if text not in used or message.fuzzy) == []


def test_placeholders_are_the_same_in_both_languages() -> None:
    wrong = {str(message.id): [str(error) for error in errors] for message, errors in catalogue().check()}

    assert wrong == {}
