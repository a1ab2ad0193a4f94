"""The walk-in: how urgent it is, where the digital application stands, and who may be somebody we know already."""

from contextlib import suppress
from datetime import date
from difflib import SequenceMatcher

from services.intake.rules.desk import OLDEST_BIRTH_YEAR

URGENT = ("no_home", "no_food_money", "eviction")
URGENCIES = ("ordinary", *URGENT)
"""How urgent it is. It puts somebody first in the lists, and decides nothing."""
APPLICATIONS = ("not_begun", "begun_with_help", "sent", "not_possible")
"""Where the digital application stands; whoever cannot apply so may apply on paper."""
TO_FOLLOW = ("not_begun", "begun_with_help")
OTHER_PERSON_REASONS = ("shown_id", "says_so", "relative", "other_details")
ALIKE, MUCH_ALIKE = 0.75, 0.9
LEAST_WORDS = 2


def near_days(born: date, today: date) -> set[date]:
    """The day, and those that are easily written for it: one slip of the finger in ddmmyy, day and month swapped, or
    the same in another century."""
    typed = f"{born:%d%m%y}"
    slips = {typed, typed[2:4] + typed[:2] + typed[4:]}
    slips |= {typed[:at] + figure + typed[at + 1 :] for at in range(6) for figure in "0123456789"}
    slips |= {typed[:at] + typed[at + 1] + typed[at] + typed[at + 2 :] for at in range(5)}
    century = born.year // 100 * 100
    days = {_day(slip, century) for slip in slips} | {_day(typed, century + off) for off in (-100, 100)}
    return {day for day in days if day is not None and day.year >= OLDEST_BIRTH_YEAR and day <= today}


def _day(slip: str, century: int) -> date | None:
    with suppress(ValueError):
        return date(century + int(slip[4:]), int(slip[2:4]), int(slip[:2]))
    return None


def names_alike(one: str, other: str, least: float) -> bool:
    """Names by their sound that may be one person's: the first and the last alike, or all words of one in the other.

    Without their spaces too, as Anne-Marie is also written Annemarie.
    """
    words, others = one.split(), other.split()
    fewer, more = sorted((set(words), set(others)), key=len)
    if len(fewer) >= LEAST_WORDS:
        ends = [_ratio(words[end], others[end]) >= least for end in (0, -1)]
        return fewer <= more or all(ends) or _ratio("".join(words), "".join(others)) >= MUCH_ALIKE
    return bool(words) and words == others


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def likely(born: date, name: str, other_born: date, other: str) -> bool:
    """Names are by their sound. On the very same birth date they may differ more than on one that is near it."""
    return names_alike(name, other, ALIKE if born == other_born else MUCH_ALIKE)
