"""Danish titles as sound and spelling leave them: folded, cut into words and their parts, said the other way round."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

LEAST_PART = 3
LINKS = "se"
TRAINEE = re.compile(r"(?:elev|lærling|lærlinge|praktikant|trainee|assistentelev)$")
_TRANSLITERATED = str.maketrans({"ä": "æ", "ö": "ø", "ü": "y", "ð": "d", "þ": "th"})


def folded(text: str) -> str:
    """Small letters, å for aa, no accents but the Danish letters, single spaces."""
    small = text.lower().replace("aa", "å").translate(_TRANSLITERATED)
    kept = "".join(_plain(letter) for letter in small)
    return " ".join(re.findall(r"[a-zæøå0-9,]+", kept.replace(",", " , "))).strip(" ,")


@lru_cache(maxsize=512)
def _plain(letter: str) -> str:
    if letter in "æøå":
        return letter
    return "".join(each for each in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(each))


def turned(title: str) -> list[str]:
    """How a folded title may be meant: as it stands, "operatør, emballage" as "emballageoperatør", without trainees."""
    parts = [part.strip() for part in title.split(",") if part.strip()]
    if not parts:
        return []
    plain = " ".join(parts)
    first = parts[0]
    forms = [plain]
    if len(parts) > 1:
        forms.append(f"{parts[1].replace(' ', '')}{first}")
    root = TRAINEE.sub("", first).strip()
    if root and root != first:
        forms += [root, " ".join([root, *parts[1:]])]
    return list(dict.fromkeys(forms))


class Splitter:
    """Cuts a compound into words that stand in the labels themselves: "lagermedarbejder" is "lager medarbejder"."""

    def __init__(self, labels: Iterable[str]) -> None:
        counted = Counter(word for label in labels for word in label.split() if len(word) >= LEAST_PART)
        self.cost = {word: 1.0 + 1.0 / count for word, count in counted.items()}

    def parts(self, word: str) -> Sequence[str]:
        """The fewest known words that make it up; itself where there are none."""
        best: dict[int, tuple[float, tuple[str, ...]]] = {0: (0.0, ())}
        for start in range(len(word)):
            if start in best:
                for stop, piece in self._steps(word, start):
                    cost = best[start][0] + self.cost[piece]
                    if stop not in best or cost < best[stop][0]:
                        best[stop] = (cost, (*best[start][1], piece))
        return best[len(word)][1] if len(word) in best else (word,)

    def _steps(self, word: str, start: int) -> Iterator[tuple[int, str]]:
        """Known words that begin there, with where the next one begins: right after, or after a linking letter."""
        for end in range(start + LEAST_PART, len(word) + 1):
            piece = word[start:end]
            if piece not in self.cost or end - start == len(word):
                continue
            yield end, piece
            if end + 1 < len(word) and word[end] in LINKS:
                yield end + 1, piece
