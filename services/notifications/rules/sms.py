"""How many SMS a text costs: GSM 03.38 where its letters allow it, else UCS-2 (3GPP TS 23.038 and 23.040)."""

import hashlib
import string
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

GSM_7, UCS_2 = "gsm7", "ucs2"
ALPHABET = frozenset(
    string.ascii_letters + string.digits + "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà"
)
# Each of these takes an escape and a letter.
EXTENSION = frozenset("^{}\\[~]|€\f")
ALONE, JOINED = {GSM_7: 160, UCS_2: 70}, {GSM_7: 153, UCS_2: 67}


@dataclass(frozen=True)
class Size:
    """Which alphabet a text is sent in, its length in that alphabet's units, and how many SMS that is."""

    alphabet: str
    units: int
    parts: int


def size(text: str) -> Size:
    """What a text costs; a letter of two units is never cut in two, so joined parts may be one unit short."""
    alphabet = GSM_7 if set(text) <= ALPHABET | EXTENSION else UCS_2
    weights = [_units(letter, alphabet) for letter in text]
    units = sum(weights)
    if units <= ALONE[alphabet]:
        return Size(alphabet, units, 1)
    parts, left = 1, JOINED[alphabet]
    for weight in weights:
        if weight > left:
            parts, left = parts + 1, JOINED[alphabet]
        left -= weight
    return Size(alphabet, units, parts)


def _units(letter: str, alphabet: str) -> int:
    if alphabet == GSM_7:
        return 2 if letter in EXTENSION else 1
    return len(letter.encode("utf-16-be")) // 2


def point(message_id: UUID, attempts: int) -> int:
    """Where a message falls among the suppliers' shares; the database counts the same (use_cases/claims.py)."""
    return int(hashlib.md5(f"{message_id}.{attempts}".encode(), usedforsecurity=False).hexdigest()[:7], 16)


def shares(weights: Mapping[str, int], resting: Collection[str]) -> dict[str, range]:
    """The points of each supplier who is awake; nothing of who rests."""
    found: dict[str, range] = {}
    for name in sorted(name for name, weight in weights.items() if weight > 0 and name not in resting):
        begins = sum(map(len, found.values()))
        found[name] = range(begins, begins + weights[name])
    return found


def in_order(
    weights: Mapping[str, int], message_id: UUID, attempts: int, resting: Collection[str]
) -> Sequence[str]:  # fmt: skip
    """Suppliers to try, the first by its share of all messages, the others after it by weight; nobody who rests."""
    awake = shares(weights, resting)
    if not awake:
        return []
    at = point(message_id, attempts) % sum(map(len, awake.values()))
    first = next(name for name, points in awake.items() if at in points)
    rest = sorted((name for name in awake if name != first), key=lambda name: -weights[name])
    return [first, *rest]
