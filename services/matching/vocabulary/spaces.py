"""Short texts as rows of weighted pieces, looked through by what they share with another (TF-IDF, cosine)."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Whole = NDArray[np.int64]
# How much a piece that no row has weighs against the rest of what is asked, as a share of the rarest piece's weight.
UNKNOWN = 0.3


class Space:
    """Rows by their pieces: `score` is a cosine, `shared` how much of the asked and of each row is in the other."""

    def __init__(self, documents: Iterable[Iterable[str]]) -> None:
        numbers: dict[str, int] = {}
        told = [[numbers.setdefault(piece, len(numbers)) for piece in document] for document in documents]
        self.numbers, self.rows_in_all = numbers, len(told)
        lengths = np.fromiter(map(len, told), np.int64, len(told))
        places = np.repeat(np.arange(len(told)), lengths) * len(numbers)
        keys, counts = np.unique(places + np.fromiter((n for row in told for n in row), np.int64), return_counts=True)
        self._rows, self._columns = keys // len(numbers), keys % len(numbers)
        found_in = np.bincount(self._columns, minlength=len(numbers))
        self.rarity = (1 + np.log((1 + self.rows_in_all) / (1 + found_in))).astype(np.float32)
        weights = (1 + np.log(counts)) * self.rarity[self._columns]
        self._weights = self._normed(self._rows, weights, self.rows_in_all)
        self._index(self._rows, self._columns, self._weights)
        self._of_row = np.bincount(self._rows, self.rarity[self._columns], self.rows_in_all).astype(np.float32)

    @staticmethod
    def _normed(rows: Whole, weights: NDArray[np.floating], count: int) -> Floats:
        lengths = np.sqrt(np.bincount(rows, weights * weights, count))
        return (weights / lengths[rows]).astype(np.float32)

    def _index(self, rows: Whole, columns: Whole, weights: Floats) -> None:
        order = np.argsort(columns, kind="stable")
        self._at = np.searchsorted(columns[order], np.arange(len(self.numbers) + 1))
        self._by_column, self._weight_by_column = rows[order].astype(np.int32), weights[order]

    def pooled(self, group_of: Whole, groups: int) -> "Space":
        """A row for each group, made of the rows that belong to it; a row of group -1 belongs to none."""
        kept = group_of[self._rows] >= 0
        keys, inverse = np.unique(
            group_of[self._rows[kept]] * len(self.numbers) + self._columns[kept], return_inverse=True
        )
        weights = np.sqrt(np.bincount(inverse, self._weights[kept]))
        rows, columns = keys // len(self.numbers), keys % len(self.numbers)
        pool = Space.__new__(Space)
        pool.numbers, pool.rarity, pool.rows_in_all = self.numbers, self.rarity, groups
        pool._index(rows, columns, pool._normed(rows, weights, groups))  # noqa: SLF001  (one of its own)
        return pool

    def score(self, pieces: Sequence[str]) -> Floats:
        """Cosine with each row, 0 to 1; pieces that are known nowhere count against all of them."""
        counted = Counter(pieces)
        known = [piece for piece in counted if piece in self.numbers]
        if not known:
            return np.zeros(self.rows_in_all, np.float32)
        columns = np.array([self.numbers[piece] for piece in known])
        asked = (1 + np.log(np.array([counted[piece] for piece in known]))) * self.rarity[columns]
        unknown = (1 + math.log(1 + self.rows_in_all)) ** 2 * (len(counted) - len(known)) * UNKNOWN
        asked = asked / math.sqrt(float(asked @ asked) + unknown)
        return self._summed(columns, asked, self._weight_by_column)

    def shared(self, pieces: Sequence[str]) -> tuple[Floats, Floats]:
        """How much of what is asked each row has, and how much of each row is asked, by rarity, 0 to 1."""
        different = dict.fromkeys(pieces)
        columns = np.array([self.numbers[piece] for piece in different if piece in self.numbers], np.int64)
        unknown = (1 + math.log(1 + self.rows_in_all)) * 0.5 * (len(different) - len(columns))
        if not len(columns):
            return (np.zeros(self.rows_in_all, np.float32),) * 2
        hit = self._summed(columns, self.rarity[columns], None)
        of_asked, of_row = hit / (float(self.rarity[columns].sum()) + unknown), hit / np.maximum(self._of_row, 1e-6)
        return of_asked.astype(np.float32), of_row.astype(np.float32)

    def _summed(self, columns: Whole, asked: NDArray[np.floating], weights: Floats | None) -> Floats:
        places = [slice(self._at[column], self._at[column + 1]) for column in columns]
        rows = np.concatenate([self._by_column[place] for place in places])
        lengths = [place.stop - place.start for place in places]
        told = np.repeat(asked, lengths)
        if weights is not None:
            told = told * np.concatenate([weights[place] for place in places])
        return np.bincount(rows, told, self.rows_in_all).astype(np.float32)
