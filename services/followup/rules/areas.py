"""What is told of an area: counts in which nobody can be recognised, and who is about to lose dagpenge (C12, A31)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from shared.errors import Invalid, Refused

DAGPENGE, KONTANTHJAELP = "dagpenge", "kontanthjaelp"
BENEFITS = (DAGPENGE, KONTANTHJAELP, "uddannelseshjaelp", "other", "none")
QUALIFICATIONS = ("building", "cleaning", "kitchen", "warehouse", "care", "office", "driving", "machines", "danish")
PROMISES = ("apprenticeship", "job", "placement", "interview")
AREA_PURPOSES = ("follow_up", "matching", "agreement")


@dataclass(frozen=True)
class Resident:
    """What is counted of somebody."""

    benefit: str
    dagpenge_until: date | None
    qualifications: tuple[str, ...]
    category: str | None


def loses_soon(until: date | None, today: date, weeks: int) -> bool:
    """The right ends within so many weeks, or has ended."""
    return until is not None and until <= today + timedelta(weeks=weeks)


def counts(residents: Sequence[Resident], today: date, weeks: int) -> dict[str, int]:
    """How many there are in all, by benefit, by what they can, by category, and about to lose dagpenge."""
    found = {
        "all": len(residents),
        "losing": sum(one.benefit == DAGPENGE and loses_soon(one.dagpenge_until, today, weeks) for one in residents),
    }
    for one in residents:
        names = [f"benefit.{one.benefit}", *(f"can.{code}" for code in sorted(set(one.qualifications)))]
        for name in names + ([f"category.{one.category}"] if one.category else []):
            found[name] = found.get(name, 0) + 1
    return found


def rounded(number: int, least: int) -> int | None:
    """A count as outsiders see it: nought, None for a small one, else to the nearest multiple of `least`.

    Nothing that is taken from another, or compared with last month's, tells of fewer than `least` people.
    """
    if number == 0:
        return 0
    return None if number < least else (number + least // 2) // least * least


def check_resident(benefit: str, dagpenge_until: date | None, *, protected: bool) -> None:
    """A protected address puts nobody in an area, and only dagpenge have an end; raises Refused or Invalid."""
    if protected:
        raise Refused(
            "protected", "Borgeren har beskyttet adresse og står i intet område.",
            "The citizen has a protected address and is in no area.",
        )  # fmt: skip
    if dagpenge_until is not None and benefit != DAGPENGE:
        raise Invalid({"dagpenge_until": "Kun for dagpenge. / Only for dagpenge."})
