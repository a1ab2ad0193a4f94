"""The ranked list for a need: who fits in what order and why, who nearly fits, and how many each rule blocks.

Points are whole thousandths, so the parts sum to the score exactly. Ties are broken by a salt of need and day:
by id, whoever registered first would stand first for ever.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.matching.rules.catalogue import km_between, nearness
from services.matching.rules.fitting import Candidate, Miss, Opening, misses, shared_hours
from services.matching.rules.words import HOURS, counted
from shared.policy import Policy, Row

FACTORS = ("occupation", "distance", "hours", "flexibility")
OCCUPATION_WORDS = (
    ("anden slags arbejde", "another kind of work"),
    ("samme hovedgruppe", "same major group"),
    ("samme fagområde", "same field"),
    ("beslægtet stilling", "related occupation"),
    ("næsten samme stilling", "nearly the same occupation"),
    ("samme stilling", "the same occupation"),
)


@dataclass(frozen=True, slots=True)
class Factor:
    """One part of the score in words; `points` of at most `weight`."""

    code: str
    points: int
    weight: int
    words_da: str
    words_en: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate's place on the list; `score` is the sum of the factors' points."""

    citizen_id: UUID
    score: int
    factors: tuple[Factor, ...]
    missed: tuple[Miss, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranking:
    """`excluded` counts the candidates by what keeps them out: a hard rule, or a reason of `left_out`.

    One candidate may count for several. `fitting` is how many fit, listed or not.
    """

    salt: str
    fitting: int
    fits: tuple[Ranked, ...]
    near_misses: tuple[Ranked, ...]
    excluded: dict[str, int]
    policies: tuple[str, ...]


Share = tuple[float, str, str]
_Scored = tuple[int, Candidate, tuple[Miss, ...]]


@dataclass(frozen=True)
class _Scales:
    weights: dict[str, Row]
    occupation_percent: Row
    distance_scale: Row
    hidden_distance_percent: Row
    flexibility_scale: Row
    near_travel_percent: Row

    @classmethod
    def of(cls, policy: Policy, day: date) -> "_Scales":
        return cls(
            weights={code: policy.row("match.weight", day, code) for code in FACTORS},
            occupation_percent=policy.row("match.occupation_percent", day),
            distance_scale=policy.row("match.distance_scale", day),
            hidden_distance_percent=policy.row("match.protected_distance_percent", day),
            flexibility_scale=policy.row("match.flexibility_scale", day),
            near_travel_percent=policy.row("match.near_miss_travel_percent", day),
        )

    def names(self) -> tuple[str, ...]:
        others = (
            self.occupation_percent,
            self.distance_scale,
            self.hidden_distance_percent,
            self.flexibility_scale,
            self.near_travel_percent,
        )
        return tuple(row.name for row in (*self.weights.values(), *others))


def salt_of(need_id: UUID, day: date) -> str:
    """What breaks the ties of a need's list on a day."""
    return f"{need_id}:{day.isoformat()}"


def policy_names(policy: Policy, day: date) -> tuple[str, ...]:
    """The rows that points are given by on a day."""
    return _Scales.of(policy, day).names()


def rank(
    opening: Opening,
    candidates: Iterable[Candidate],
    policy: Policy,
    day: date,
    *,
    left_out: Mapping[str, Collection[UUID]] | None = None,
    most: int | None = None,
) -> Ranking:
    """The list of a day. Near misses are those who fail one hard rule only, never by consent and never by far.

    `left_out` names, for each reason, those who are counted and not listed whatever they fit. `most` are listed of
    those who fit and of those who nearly do; only for them is it put into words why.
    """
    scales, salt = _Scales.of(policy, day), salt_of(opening.need_id, day)
    fits, near, excluded = list[_Scored](), list[_Scored](), Counter[str]()
    for candidate in candidates:
        reasons = [reason for reason, who in (left_out or {}).items() if candidate.citizen_id in who]
        if reasons:
            excluded.update(reasons)
            continue
        missed = misses(opening, candidate, scales.near_travel_percent.value)
        excluded.update(miss.rule for miss in missed)
        if not missed:
            fits.append((_score(_shares(opening, candidate, scales), scales), candidate, ()))
        elif len(missed) == 1 and missed[0].near:
            near.append((_score(_shares(opening, candidate, scales), scales), candidate, (missed[0],)))
    listed, nearly = (
        tuple(_ranked(opening, candidate, scales, *missed) for _, candidate, missed in _in_order(found, salt)[:most])
        for found in (fits, near)
    )
    return Ranking(
        salt=salt,
        fitting=len(fits),
        fits=listed,
        near_misses=nearly,
        excluded=dict(sorted(excluded.items())),
        policies=scales.names(),
    )


def judge(opening: Opening, candidate: Candidate, policy: Policy, day: date) -> Ranked:
    """One candidate alone: score, factors, and every hard rule that fails."""
    scales = _Scales.of(policy, day)
    return _ranked(opening, candidate, scales, *misses(opening, candidate, scales.near_travel_percent.value))


def _in_order(scored: list[_Scored], salt: str) -> list[_Scored]:
    def place(one: _Scored) -> tuple[int, bytes]:
        return -one[0], hashlib.sha256(f"{salt}:{one[1].citizen_id}".encode()).digest()

    return sorted(scored, key=place)


def _ranked(opening: Opening, candidate: Candidate, scales: _Scales, *missed: Miss) -> Ranked:
    shares = _shares(opening, candidate, scales)
    factors = []
    for code, (share, danish, english) in shares.items():
        weight = scales.weights[code].value
        factors.append(Factor(code, int(weight * share), weight, danish, english))
    # A remark without points: somebody who needs a mentor must not stand behind those who need none.
    factors.append(Factor("mentor", 0, 0, *_mentor(opening, candidate)))
    return Ranked(candidate.citizen_id, _score(shares, scales), tuple(factors), missed)


def _score(shares: Mapping[str, Share], scales: _Scales) -> int:
    return sum(int(scales.weights[code].value * share) for code, (share, _danish, _english) in shares.items())


def _shares(opening: Opening, candidate: Candidate, scales: _Scales) -> dict[str, Share]:
    return {
        "occupation": _occupation(opening, candidate, scales),
        "distance": _distance(opening, candidate, scales),
        "hours": _hours(opening, candidate),
        "flexibility": _flexibility(opening, candidate, scales),
    }


def _occupation(opening: Opening, candidate: Candidate, scales: _Scales) -> Share:
    nearest = max((nearness(wished, opening.occupation) for wished in candidate.occupations), default=0)
    return scales.occupation_percent.value[nearest] / 100, *OCCUPATION_WORDS[nearest]


def _distance(opening: Opening, candidate: Candidate, scales: _Scales) -> Share:
    if candidate.place_hidden:
        return scales.hidden_distance_percent.value / 100, "adressen er beskyttet", "the address is protected"
    if candidate.place is None:
        return 0, "afstanden kendes ikke", "the distance is not known"
    km = km_between(opening.place, candidate.place)
    return max(0.0, 1 - km / scales.distance_scale.value), f"{km:.0f} km i lige linje", f"{km:.0f} km, straight line"


def _hours(opening: Opening, candidate: Candidate) -> Share:
    least, most = shared_hours(opening, candidate)
    if least > most:
        return 0, "ingen fælles timer", "no hours in common"
    # All or nothing: graded by width, somebody who can do fewer hours would stand behind, or wider wishes would hurt.
    hours = counted(most, HOURS)
    span_da, span_en = ("", "") if least == most else (f"{least:g}-".replace(".", ","), f"{least:g}-")
    return 1, f"kan {span_da}{hours.danish} om ugen", f"can do {span_en}{hours.english} a week"


def _flexibility(opening: Opening, candidate: Candidate, scales: _Scales) -> Share:
    pairs = zip(opening.windows.days, candidate.availability.days, strict=True)
    hours = sum((free & ~wanted).bit_count() for wanted, free in pairs if wanted) / 60
    share = min(1.0, hours / scales.flexibility_scale.value)
    danish = f"har {counted(round(hours), HOURS).danish} ud over behovet på dagene"
    return share, danish, f"has {counted(round(hours), HOURS).english} to spare on the days"


def _mentor(opening: Opening, candidate: Candidate) -> tuple[str, str]:
    if not candidate.mentor_wanted:
        return "ønsker ikke mentor", "wants no mentor"
    if opening.mentor_offered:
        return "mentor er ønsket og tilbudt", "a mentor is wanted and offered"
    return "mentor er ønsket, men ikke tilbudt", "a mentor is wanted but not offered"
