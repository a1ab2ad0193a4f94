"""Numbers as they are written and said: 7, 7,5, 7½, tre, femogtyve, halvanden."""

_ONES = {"en": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "syv": 7, "otte": 8, "ni": 9}
_TENS = {"tyve": 20, "tredive": 30, "fyrre": 40, "halvtreds": 50, "tres": 60, "halvfjerds": 70, "firs": 80}
SPOKEN: dict[str, float] = {
    **_ONES, "et": 1, "én": 1, "ét": 1, "ti": 10, "elleve": 11, "tolv": 12, "tretten": 13, "fjorten": 14,
    "femten": 15, "seksten": 16, "sytten": 17, "atten": 18, "nitten": 19, **_TENS, "halvanden": 1.5,
    "halvandet": 1.5, "et par": 2, **{f"{one}og{ten}": _ONES[one] + _TENS[ten] for one in _ONES for ten in _TENS},
}  # fmt: skip
_WORDS = "|".join(sorted(SPOKEN, key=len, reverse=True))
NUMBER = rf"(?:(?<![\d.,/:])\d{{1,3}}(?:[.,]\d{{1,2}})?(?: ?½)?(?!\d)|\b(?:{_WORDS})(?: en halv| et halvt)?\b|½)"
RANGE = rf"(?P<least>{NUMBER})(?:\s*(?:-|til|eller|og|/)\s*(?P<most>{NUMBER}))?"


def value_of(said: str) -> float:
    """What a NUMBER is worth."""
    for half in (" en halv", " et halvt"):
        if said.endswith(half):
            return SPOKEN[said.removesuffix(half)] + 0.5
    if said in SPOKEN:
        return SPOKEN[said]
    half_more = 0.5 if said.endswith("½") else 0.0
    digits = said.rstrip("½ ").replace(",", ".")
    return (float(digits) if digits else 0.0) + half_more
