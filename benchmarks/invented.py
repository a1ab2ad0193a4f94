"""People and needs that nobody is, drawn by a seed: every share here is a guess, so counts say nothing of Denmark."""

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import UUID

from services.matching.engine.facts import ALL_DAY, Candidate, Opening, Stamp
from services.matching.rules import catalogue
from services.matching.rules.knowing import DANISH_LEVELS, MONTHS, TERMS
from services.matching.rules.week import Week
from shared.events.codes import EMPLOYMENT_FORMS, LICENCES, NEEDS
from shared.occupations import occupations

SKILLS = 13_000
FORMS, EVERY_LICENCE, EVERY_NEED = tuple(EMPLOYMENT_FORMS), tuple(LICENCES), tuple(NEEDS)
STAMP = Stamp(1, 1)
# Below, a postal code of Copenhagen is a street.
FIRST_TOWN, STREET_SHARE = "2000", 0.04


@dataclass(frozen=True)
class Invented:
    """A seed's people and needs."""

    chance: Random

    def candidates(self, number: int) -> list[Candidate]:
        """So many who take part, each with one stretch of time a day."""
        where = self._places(number)
        titles = list(occupations())
        common = [self.chance.paretovariate(0.9) for _title in titles]
        wished = self.chance.choices(titles, common, k=number * 3)
        return [
            self._candidate(place, tuple(wished[3 * one : 3 * one + self.chance.randint(1, 3)]))
            for one, place in enumerate(where)
        ]

    def _places(self, number: int) -> list[catalogue.Place]:
        known = catalogue.places()
        crowded = [STREET_SHARE if code < FIRST_TOWN else self.chance.paretovariate(1.5) for code in known]
        return self.chance.choices(list(known.values()), crowded, k=number)

    def _candidate(self, place: catalogue.Place, occupations: tuple[str, ...]) -> Candidate:
        chance = self.chance
        kind = chance.random()
        least, most = (2, chance.randint(4, 15)) if kind < 0.55 else (30, 37) if kind < 0.82 else (10, 30)
        return Candidate(
            citizen_id=UUID(int=chance.getrandbits(128)),
            occupations=occupations,
            forms=frozenset(chance.sample(FORMS, chance.randint(1, 4))),
            weekly_hours_min=least,
            weekly_hours_max=most,
            availability=self._week(chance),
            place=place,
            place_hidden=chance.random() < 0.01,
            travel_km_max=chance.choice((5, 8, 10, 15, 20, 25, 30, 40, 60)),
            licences=frozenset(code for code in EVERY_LICENCE if chance.random() < (0.6 if code == "b" else 0.08)),
            needs=frozenset(chance.sample(EVERY_NEED, chance.choices((0, 1, 2, 3), (50, 25, 15, 10))[0])),
            mentor_wanted=chance.random() < 0.2,
            consent=True,
            skills=frozenset(int(SKILLS * chance.random() ** 3) for _skill in range(10)),
            seen=chance.random() < 0.5,
            **self._known(),
        )

    def _known(self) -> dict[str, Any]:
        """What staff wrote down, of three in four."""
        chance = self.chance
        if chance.random() < 0.25:
            return {}
        about = (chance.choice((300, 360, 390, 420)), chance.choice((1080, 1260, 1380)))
        return {
            "danish_level": chance.choices(DANISH_LEVELS, (2, 8, 25, 30, 35))[0],
            "transport": chance.choice(tuple(TERMS["transport"])),
            "gets_about": ALL_DAY if chance.random() < 0.8 else about,
            "travel_minutes_max": chance.choice((None, 30, 45, 60)),
            "shifts": frozenset(code for code in TERMS["shift"] if chance.random() < 0.7),
            "languages": some(chance, TERMS["language"], 0.08),
            "strengths": some(chance, TERMS["company_wish"], 0.4),
            "soft_wishes": some(chance, TERMS["soft_wish"], 0.2),
            "months": some(chance, MONTHS, 0.8) if chance.random() < 0.2 else frozenset(),
            "hour_steps": (f"2027-01-11 {chance.choice((12, 20, 30))}",) if chance.random() < 0.3 else (),
        }

    def _week(self, chance: Random) -> Week:
        begins, ends = (
            chance.choice((360, 390, 420, 450, 480, 510, 540)),
            chance.choice((720, 840, 900, 960, 1020, 1320)),
        )
        days = []
        for day in range(7):
            off = chance.random() < (0.1 if day < 5 else 0.75)
            begin, end = (begins, ends) if chance.random() < 0.7 else (begins + 30, ends - 30)
            days.append(0 if off else (1 << end) - (1 << begin))
        return Week(tuple(days))  # type: ignore[arg-type]  # seven

    def openings(self, number: int) -> list[Opening]:
        """So many needs."""
        return [self._opening(place) for place in self._places(number)]

    def _opening(self, place: catalogue.Place) -> Opening:
        chance = self.chance
        begin = chance.choice((360, 420, 450, 480, 540, 600))
        end = begin + 60 * chance.choice((3, 4, 5, 7))
        worked = sorted(chance.sample(range(5 if chance.random() < 0.8 else 7), chance.randint(2, 5)))
        week = [(1 << end) - (1 << begin) if day in worked else 0 for day in range(7)]
        least, most = chance.choice(((4, 10), (8, 15), (8, 20), (15, 25), (25, 37), (37, 37)))
        return Opening(
            need_id=UUID(int=chance.getrandbits(128)),
            occupation=chance.choice(list(occupations())),
            employment_form=chance.choice(FORMS),
            weekly_hours_min=least,
            weekly_hours_max=most,
            windows=Week(tuple(week)),  # type: ignore[arg-type]  # seven
            days_required=chance.choice((len(worked), max(1, len(worked) - 1))),
            hours_per_day=chance.choice((None, None, 3.0)),
            licences=frozenset(code for code in EVERY_LICENCE if chance.random() < 0.06),
            adjustments=frozenset(chance.sample(EVERY_NEED, chance.randint(4, 18))),
            mentor_offered=chance.random() < 0.5,
            place=place,
            skills=frozenset(int(SKILLS * chance.random() ** 3) for _skill in range(chance.randint(3, 8))),
            danish_level=chance.choices((None, "beginner", "everyday", "work"), (60, 10, 20, 10))[0],
            lifting=chance.random() < 0.15,
            shifts=frozenset({"fixed"} if chance.random() < 0.7 else some(chance, TERMS["shift"], 0.4)),
            languages=some(chance, TERMS["language"], 0.02),
            strengths=some(chance, TERMS["company_wish"], 0.3),
            offers=some(chance, TERMS["soft_wish"], 0.2),
            season=frozenset(chance.sample(MONTHS, 3)) if chance.random() < 0.2 else frozenset(),
        )


def some(chance: Random, codes: Iterable[str], share: float) -> frozenset[str]:
    """Each of the codes with this chance."""
    return frozenset(code for code in codes if chance.random() < share)
