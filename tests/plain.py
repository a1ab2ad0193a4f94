"""How hard a text is to read."""

import re

HARDEST = 35


def lix(text: str) -> float:
    """Words a sentence, and how many of a hundred words have more than six letters."""
    words = re.findall(r"[^\W\d_]+", text)
    sentences = [one for one in re.split(r"[.!?:]|\n\n", text) if re.search(r"\w", one)]
    return len(words) / len(sentences) + 100 * sum(len(word) > 6 for word in words) / len(words)
