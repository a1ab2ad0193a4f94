"""Titles linked to ESCO: half of the MELO benchmark's Danish titles, the official table left out, each title judged
by weights that were learned without it (10-fold). Beside it, in the same run, the usual: cosine of letters alone."""

import csv
import statistics
import sys
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from services.matching.vocabulary.evidence import KINDS, Evidence
from services.matching.vocabulary.fitting import candidates, fit, softmax
from services.matching.vocabulary.linking import SURE, WEIGHTS, weights
from services.matching.vocabulary.spaces import Floats

TITLES = Path(__file__).parent / "data/title_linking_da_dev.csv"
FOLDS, REPEATS = 10, 3
SUREST = 0.45


class Known:
    """The titles with the evidence for every concept, and which concepts are right."""

    def __init__(self) -> None:
        with TITLES.open(encoding="utf-8", newline="") as opened:
            rows = list(csv.DictReader(opened))
        began = time.perf_counter()
        source = Evidence()
        self.seconds_to_build = time.perf_counter() - began
        self.titles = [row["title_da"] for row in rows]
        at = {concept.id: number for number, concept in enumerate(source.concepts)}
        self.right = np.zeros((len(rows), len(at)), bool)
        for number, row in enumerate(rows):
            self.right[number, [at[one] for one in row["relevant_concepts"].split() if one in at]] = True
        source.of(self.titles[0])
        self.milliseconds, told = [], []
        current = np.array(list(weights().values()))
        for title in self.titles:
            began = time.perf_counter()
            told.append(source.of(title))
            softmax(told[-1] @ current)
            self.milliseconds.append((time.perf_counter() - began) * 1000)
        self.evidence = np.stack(told)

    def judged(self) -> tuple[NDArray[np.int64], Floats]:
        """The place of each title's right concept and how sure the first was, a row for each way to part them."""
        ranks, sure, learn = [], [], candidates(self.evidence, self.right)
        for repeat in range(REPEATS):
            fold = np.random.default_rng(repeat).permutation(len(self.titles)) % FOLDS
            scores = np.zeros(self.right.shape, np.float32)
            for number in range(FOLDS):
                learnt, asked = fold != number, fold == number
                weights_without = fit(learn[0][learnt], learn[1][learnt]).astype(np.float32)
                scores[asked] = self.evidence[asked] @ weights_without
            ranks.append(_ranks(scores, self.right))
            sure.append(softmax(scores).max(axis=1))
        return np.stack(ranks), np.stack(sure)


def measure() -> dict[str, float]:
    """Shares of titles with a right concept first, among five and ten; the surest; and milliseconds for a title."""
    known = Known()
    ranks, sure = known.judged()
    surest = np.argsort(-sure.mean(axis=0), kind="stable")[: int(SUREST * len(known.titles))]
    alone = _ranks(known.evidence[:, :, KINDS.index("letters")], known.right)
    return {
        **{f"matching.title_top{most}": _share(ranks <= most) for most in (1, 5, 10)},
        "matching.title_surest_right": _share(ranks[:, surest] == 1),
        "matching.title_linked_share": _share(sure >= SURE),
        "matching.title_linked_right": _share(ranks[sure >= SURE] == 1),
        "matching.title_p95_ms": round(statistics.quantiles(known.milliseconds, n=100)[94], 1),
        "matching.title_start_s": round(known.seconds_to_build, 2),
        **{f"peer.letters_title_top{most}": _share(alone <= most) for most in (1, 5, 10)},
    }


def _share(of: NDArray[np.bool_]) -> float:
    return round(float(of.mean()), 3)


def _ranks(scores: Floats, right: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The place of the best right one; of those that score the same the first in ESCO's own order stands first."""
    order = np.argsort(-scores, axis=1, kind="stable")
    return 1 + np.take_along_axis(right, order, 1).argmax(axis=1)


def learned() -> dict[str, float]:
    """The weights that all the titles teach."""
    known = Known()
    return dict(zip(KINDS, fit(*candidates(known.evidence, known.right)).tolist(), strict=True))


def write_weights() -> None:
    """Into the product's table."""
    lines = [f"{kind},{weight:.4f}\n" for kind, weight in learned().items()]
    WEIGHTS.write_text("evidence,weight\n" + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:] == ["fit"]:
        write_weights()
    else:
        print(measure())
