"""What must hold before a candidate is put forward: seven hard rules, each with the words for why it failed.

A candidate has no field for name, sex, age, origin or benefit, so none of them can come into a ranking.
"""

from dataclasses import dataclass
from uuid import UUID

from services.matching.rules import week
from services.matching.rules.catalogue import Place, km_between
from services.matching.rules.week import DANISH_DAYS, ENGLISH_DAYS, Week
from services.matching.rules.words import DAYS, HOURS, counted, listed
from shared.events.codes import EMPLOYMENT_FORMS, LICENCES, NEEDS

RULES = ("consent", "form", "hours", "travel", "licences", "adjustments", "time")


@dataclass(frozen=True, kw_only=True, slots=True)
class Opening:
    """A need as the rules see it. `hours_per_day` in one go inside the windows, None where they are to be filled."""

    need_id: UUID
    occupation: str
    employment_form: str
    weekly_hours_min: float
    weekly_hours_max: float
    windows: Week
    days_required: int
    hours_per_day: float | None
    licences: frozenset[str]
    adjustments: frozenset[str]
    mentor_offered: bool
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A citizen as the rules see them. `place_hidden` where the address is protected: nothing may tell it."""

    citizen_id: UUID
    occupations: tuple[str, ...]
    forms: frozenset[str]
    weekly_hours_min: float
    weekly_hours_max: float
    availability: Week
    place: Place | None
    place_hidden: bool
    travel_km_max: int
    licences: frozenset[str]
    needs: frozenset[str]
    mentor_wanted: bool
    consent: bool


@dataclass(frozen=True, slots=True)
class Miss:
    """A hard rule that does not hold, in words; `near` unless it is missed by far."""

    rule: str
    danish: str
    english: str
    near: bool = True


def misses(opening: Opening, candidate: Candidate, near_travel_percent: int) -> list[Miss]:
    """Every hard rule that fails, in the order of RULES; without consent nothing else is looked at."""
    if not candidate.consent:
        return [Miss("consent", "har ikke givet samtykke", "has not consented", near=False)]
    found = (
        _form(opening, candidate),
        _hours(opening, candidate),
        _travel(opening, candidate, near_travel_percent),
        _licences(opening, candidate),
        _adjustments(opening, candidate),
        _time(opening, candidate),
    )
    return [miss for miss in found if miss is not None]


def _form(opening: Opening, candidate: Candidate) -> Miss | None:
    if opening.employment_form in candidate.forms:
        return None
    form = EMPLOYMENT_FORMS[opening.employment_form]
    return Miss("form", f"ønsker ikke {form.danish}", f"does not want {form.english}")


def shared_hours(opening: Opening, candidate: Candidate) -> tuple[float, float]:
    """The weekly hours both sides can live with; the first is above the second where there are none."""
    return (
        max(opening.weekly_hours_min, candidate.weekly_hours_min),
        min(opening.weekly_hours_max, candidate.weekly_hours_max),
    )


def _hours(opening: Opening, candidate: Candidate) -> Miss | None:
    least, most = shared_hours(opening, candidate)
    if least <= most:
        return None
    if candidate.weekly_hours_max < opening.weekly_hours_min:
        most_hours = counted(candidate.weekly_hours_max, HOURS)
        return Miss("hours", f"kan højst {most_hours.danish} om ugen", f"can do {most_hours.english} a week at most")
    hours = counted(candidate.weekly_hours_min, HOURS)
    return Miss("hours", f"vil mindst have {hours.danish} om ugen", f"wants {hours.english} a week at least")


def _travel(opening: Opening, candidate: Candidate, near_percent: int) -> Miss | None:
    if candidate.place is None:
        return Miss("travel", "rejsen kan ikke beregnes", "the way cannot be worked out")
    km = km_between(opening.place, candidate.place)
    limit = candidate.travel_km_max
    if km <= limit:
        return None
    near = km * 100 <= limit * near_percent
    if candidate.place_hidden:
        return Miss("travel", "længere væk end ønsket", "further away than wished", near)
    return Miss("travel", f"{km:.0f} km væk, vil højst {limit} km", f"{km:.0f} km away, wants {limit} km at most", near)


def _licences(opening: Opening, candidate: Candidate) -> Miss | None:
    lacking = sorted(opening.licences - candidate.licences)
    if not lacking:
        return None
    words = listed([LICENCES[code] for code in lacking])
    return Miss("licences", f"mangler {words.danish}", f"lacks {words.english}")


def _adjustments(opening: Opening, candidate: Candidate) -> Miss | None:
    unmet = sorted(candidate.needs - opening.adjustments)
    if not unmet:
        return None
    words = listed([NEEDS[code] for code in unmet])
    return Miss("adjustments", f"behov uden tilbud: {words.danish}", f"unmet need: {words.english}")


def _time(opening: Opening, candidate: Candidate) -> Miss | None:
    wanted = opening.windows.used_days()
    unmet = [day for day in wanted if not _day_met(opening, candidate, day)]
    met = len(wanted) - len(unmet)
    if met >= opening.days_required:
        return None
    danish, english = _why_not(opening, candidate, unmet[0])
    if opening.days_required < len(wanted):
        required = counted(opening.days_required, DAYS)
        danish, english = f"kan {met} af {required.danish}: {danish}", f"can do {met} of {required.english}: {english}"
    return Miss("time", danish, english)


def _day_met(opening: Opening, candidate: Candidate, day: int) -> bool:
    wanted, free = opening.windows.days[day], candidate.availability.days[day]
    if opening.hours_per_day is None:
        return wanted & free == wanted
    return week.has_run(wanted & free, round(opening.hours_per_day * 60))


def _why_not(opening: Opening, candidate: Candidate, day: int) -> tuple[str, str]:
    wanted, free = opening.windows.days[day], candidate.availability.days[day]
    danish, english = f"om {DANISH_DAYS[day]}en", f"on {ENGLISH_DAYS[day]}s"
    if not free:
        return f"kan ikke {danish}", f"is not free {english}"
    if opening.hours_per_day is not None:
        hours = counted(opening.hours_per_day, HOURS)
        return f"har ikke {hours.danish} i træk {danish}", f"does not have {hours.english} in one go {english}"
    starts, ends = week.clock_time(week.first_minute(wanted)), week.clock_time(week.last_minute(wanted))
    first, last = week.clock_time(week.first_minute(free)), week.clock_time(week.last_minute(free))
    if week.first_minute(free) > week.first_minute(wanted):
        return f"kan tidligst {first} {danish}, arbejdet begynder {starts}", (
            f"can come at {first} at the earliest {english}, the work begins at {starts}"
        )
    if week.last_minute(free) < week.last_minute(wanted):
        return f"kan senest til {last} {danish}, arbejdet slutter {ends}", (
            f"can stay until {last} at the latest {english}, the work ends at {ends}"
        )
    return f"er optaget en del af tiden {danish}", f"is busy for part of the time {english}"
