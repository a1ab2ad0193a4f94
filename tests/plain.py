"""How hard a text is to read."""

import re

HARDEST = 35
# Easy Danish.
HARDEST_EASY, LONGEST_EASY = 25, 15


def lix(text: str) -> float:
    """Words a sentence, and how many of a hundred words have more than six letters."""
    words = _words(text)
    return len(words) / len(_sentences(text)) + 100 * sum(len(word) > 6 for word in words) / len(words)


def longest(text: str) -> int:
    """How many words its longest sentence has."""
    return max(len(_words(one)) for one in _sentences(text))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text)


def _sentences(text: str) -> list[str]:
    return [one for one in re.split(r"[.!?:]|\n\n", text) if re.search(r"\w", one)]
