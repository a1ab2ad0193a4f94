"""Names in Danish order and under the fingers: Æ Ø Å come last, Aa is Å, and no accent stands in the way.

A key is compared byte by byte (COLLATE "C"), so no database needs to know Danish.
"""

import re
import unicodedata

_LETTERS = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}", "ü": "y", "ß": "ss", "ð": "d", "þ": "th"})
SPELT: dict[str, str] = {"{": "ae", "|": "oe", "}": "aa"}
"""What the letters that come last in a key are, spelt out."""
_SPELT = str.maketrans({ord(letter): spelt for letter, spelt in SPELT.items()})


def sort_key(text: str) -> str:
    """The text as it stands in a Danish list; its words are parted by single spaces."""
    lower = unicodedata.normalize("NFC", text.casefold()).replace("aa", "å").translate(_LETTERS)
    bare = "".join(char for char in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(char))
    return " ".join(re.findall(r"[\w{|}]+", re.sub(r"['’.]", "", bare)))


def search_key(text: str) -> str:
    """The text with Æ, Ø and Å spelt out, so that Aage, Åge and Soerensen, Sørensen find each other."""
    return sort_key(text).translate(_SPELT)
