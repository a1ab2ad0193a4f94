"""How much each kind of evidence counts, learned from titles whose concepts are known (softmax over candidates)."""

import numpy as np
from numpy.typing import NDArray

from services.matching.vocabulary.evidence import KINDS
from services.matching.vocabulary.spaces import Floats

CANDIDATES = 100
STEPS, RATE, SHRINK = 150, 0.2, 0.01
CALM_AFTER, CALM = 0.7, 0.2
_FIRST_LOOK = {"both": 1.0, "best_of_group_4": 0.5, "pool_4": 0.5, "named": 3.0, "named_otherwise": 3.0}

Right = NDArray[np.bool_]


def candidates(evidence: Floats, right: Right) -> tuple[Floats, Right]:
    """The hundred likeliest concepts of each title at a first look (titles × concepts × kinds), and who is right."""
    first_look = sum(weight * evidence[:, :, KINDS.index(kind)] for kind, weight in _FIRST_LOOK.items())
    kept = np.argsort(-np.asarray(first_look), axis=1, kind="stable")[:, :CANDIDATES]
    return np.take_along_axis(evidence, kept[:, :, None], 1), np.take_along_axis(right, kept, 1)


def fit(evidence: Floats, right: Right) -> NDArray[np.float64]:
    """Weights for the kinds of evidence, from candidates of which any right one will do.

    A title with no right one among them teaches nothing.
    """
    taught = right.any(axis=1)
    spread = evidence.reshape(-1, len(KINDS)).std(axis=0) + 1e-6
    found: NDArray[np.float64] = _descended((evidence[taught] / spread).astype(np.float32), right[taught]) / spread
    return found


def _descended(evidence: Floats, right: Right) -> NDArray[np.float64]:
    """Adam on the likelihood of the right candidates, with weights pulled towards nought."""
    flat = evidence.reshape(-1, evidence.shape[2])
    weights, drift, swing = (np.zeros(evidence.shape[2]) for _each in range(3))
    for step in range(1, STEPS + 1):
        shares = softmax((flat @ weights.astype(np.float32)).reshape(right.shape))
        wanted = shares * right
        wanted /= np.maximum(wanted.sum(axis=1, keepdims=True), 1e-12)
        slope = (shares - wanted).reshape(-1) @ flat / len(right) + SHRINK * weights
        drift = 0.9 * drift + 0.1 * slope
        swing = 0.99 * swing + 0.01 * slope * slope
        pace = RATE * (1.0 if step < STEPS * CALM_AFTER else CALM)
        weights -= pace * (drift / (1 - 0.9**step)) / (np.sqrt(swing / (1 - 0.99**step)) + 1e-8)
    return weights


def softmax(scores: Floats) -> Floats:
    """Shares of a whole along the last axis."""
    grown = np.exp(scores - scores.max(axis=-1, keepdims=True))
    found: Floats = grown / grown.sum(axis=-1, keepdims=True)
    return found
