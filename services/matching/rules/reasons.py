"""A place on a list in words: what each factor gives and why, which rule is missed, and what would help."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from services.matching.engine.facts import Candidate, Opening, Ranked, shared_hours
from services.matching.engine.points import Scales
from services.matching.rules import wishes
from services.matching.rules.catalogue import km_between, nearness
from services.matching.rules.missing import said_change, why
from services.matching.rules.words import DAYS, HOURS, counted
from services.matching.vocabulary import related
from shared.events.codes import Words

OCCUPATION_WORDS = (
    Words("anden slags arbejde", "another kind of work"),
    Words("samme hovedgruppe", "same major group"),
    Words("samme fagområde", "same field"),
    Words("beslægtet stilling", "related occupation"),
    Words("næsten samme stilling", "nearly the same occupation"),
    Words("samme stilling", "the same occupation"),
)


@dataclass(frozen=True, slots=True)
class Factor:
    """One part of the score in words; `points` of at most `weight`, None where nobody knows."""

    code: str
    points: int | None
    weight: int
    words_da: str
    words_en: str


@dataclass(frozen=True, slots=True)
class Miss:
    """A hard rule that does not hold, in words."""

    rule: str
    danish: str
    english: str


@dataclass(frozen=True, slots=True)
class Help:
    """One change that would be enough for its rule, by the company or the citizen, in words that follow an if."""

    rule: str
    side: str
    what: str
    danish: str
    english: str


@dataclass(frozen=True, slots=True)
class Explained:
    """A place on a list; `score` is the sum of the factors' points."""

    citizen_id: UUID
    need_id: UUID
    score: int
    factors: tuple[Factor, ...]
    missed: tuple[Miss, ...]
    changes: tuple[Help, ...]


def explained(ranked: Ranked, opening: Opening, candidate: Candidate, scales: Scales) -> Explained:
    """Of one candidate for one need; the engine has ranked exactly these two."""
    return Explained(
        candidate.citizen_id,
        opening.need_id,
        ranked.score,
        tuple(_factors(ranked, opening, candidate, scales)),
        tuple(Miss(rule, *why(rule, opening, candidate)) for rule in ranked.missed),
        tuple(Help(one.rule, one.side, one.what, *said_change(one, opening, candidate)) for one in ranked.changes),
    )


def _factors(ranked: Ranked, opening: Opening, candidate: Candidate, scales: Scales) -> Iterable[Factor]:
    said: dict[str, Callable[[Opening, Candidate], Words]] = {
        "occupation": partial(_occupation, scales), "skills": _skills, "distance": _distance, "hours": _hours,
        "flexibility": _flexibility, "attention": partial(_attention, scales), **wishes.SAID,
    }  # fmt: skip
    for code, points in ranked.points.items():
        yield Factor(code, points, scales.weight(code), *said[code](opening, candidate))
    for code, known, words in wishes.remarks(opening, candidate):
        yield Factor(code, 0 if known else None, 0, *words)


def _occupation(scales: Scales, opening: Opening, candidate: Candidate) -> Words:
    if not candidate.occupations:
        return Words("ingen ønsker er noteret", "no wishes are recorded")
    level = max(nearness(wished, opening.occupation) for wished in candidate.occupations)
    likeness = max(related.related(wished, opening.occupation) for wished in candidate.occupations)
    scale = scales.nearness
    if level == len(OCCUPATION_WORDS) - 1 or scale.points_alike(likeness) <= scale.by_group(level):
        return OCCUPATION_WORDS[level]
    return Words(
        f"beslægtet stilling: det, der skal kunnes, ligner {likeness:.0%}".replace("%", " procent"),
        f"related occupation: what it asks for is {likeness:.0%} alike".replace("%", " per cent"),
    )


def _skills(opening: Opening, candidate: Candidate) -> Words:
    if not candidate.skills:
        return Words("ingen kompetencer er noteret", "no skills are recorded")
    met, asked = len(opening.skills & candidate.skills), len(opening.skills)
    return Words(f"har {met} af {asked} ønskede kompetencer", f"has {met} of {asked} skills wished for")


def _distance(opening: Opening, candidate: Candidate) -> Words:
    if candidate.place_hidden:
        return Words("adressen er beskyttet", "the address is protected")
    if candidate.place is None:
        return Words("afstanden kendes ikke", "the distance is not known")
    km = km_between(opening.place, candidate.place)
    return Words(f"{km:.0f} km i lige linje", f"{km:.0f} km, straight line")


def _hours(opening: Opening, candidate: Candidate) -> Words:
    least, most = shared_hours(opening, candidate)
    if least > most:
        return Words("ingen fælles timer", "no hours in common")
    hours = counted(most, HOURS)
    span_da, span_en = ("", "") if least == most else (f"{least:g}–".replace(".", ","), f"{least:g}–")
    return Words(f"kan {span_da}{hours.danish} om ugen", f"can do {span_en}{hours.english} a week")


def _flexibility(opening: Opening, candidate: Candidate) -> Words:
    pairs = zip(opening.windows.days, candidate.availability.days, strict=True)
    hours = counted(round(sum((free & ~wanted).bit_count() for wanted, free in pairs if wanted) / 60), HOURS)
    danish = f"har {hours.danish} ud over behovet på dagene"
    return Words(danish, f"has {hours.english} to spare on the days")


def _attention(scales: Scales, opening: Opening, candidate: Candidate) -> Words:
    days = counted(scales.attention_days.value, DAYS)
    if candidate.seen:
        return Words(f"stod på en liste inden for {days.danish}", f"was on a list within {days.english}")
    danish, english = f"stod ikke på nogen liste i {days.danish}", f"was on no list for {days.english}"
    if opening.brought is None:
        return Words(danish, english)
    if candidate.citizen_id in opening.brought:
        return Words(f"{danish}, og kommer derfor frem her", f"{english}, and is therefore brought forward here")
    return Words(f"{danish}, og det giver ikke point her", f"{english}, which gives no points here")
