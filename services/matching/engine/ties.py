"""Who stands first of those with the same points: by a salt; by id, the first to register would for ever."""

import hashlib
from datetime import date
from uuid import UUID

import numpy as np

from services.matching.engine.packing import Ints


def salt_of(key: UUID, day: date) -> str:
    """What breaks the ties of a need's or a citizen's list on a day."""
    return f"{key}:{day.isoformat()}"


def best(score: Ints, ids: tuple[Ints, Ints], salt: str, most: int) -> Ints:
    """Where the first `most` stand, in order: highest score, then salted id (its high and its low half)."""
    at_hand = np.arange(len(score))
    if most < len(score):
        last = np.partition(score, len(score) - most)[len(score) - most]
        at_hand = np.flatnonzero(score >= last)
    seed = np.frombuffer(hashlib.sha256(salt.encode()).digest()[:8], "<u8")
    ties = _mixed(ids[1][at_hand] ^ _mixed(ids[0][at_hand] ^ seed))
    return at_hand[np.lexsort((ties, -score[at_hand]))][:most]


def _mixed(value: Ints) -> Ints:
    """The finalizer of SplitMix64."""
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: Ints = value ^ (value >> np.uint64(31))
    return mixed
