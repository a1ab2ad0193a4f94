"""Why somebody fails a hard rule, and what would help, in words. The engine has decided that they do."""

from datetime import date

from services.matching.engine.facts import Candidate, Change, Opening
from services.matching.rules import demands, week
from services.matching.rules.catalogue import km_between
from services.matching.rules.week import DANISH_DAYS, ENGLISH_DAYS
from services.matching.rules.words import DAYS, HOURS, MINUTES, OR, counted, listed, said_day
from shared.events.codes import EMPLOYMENT_FORMS, LICENCES, NEEDS, Words


def why(rule: str, opening: Opening, candidate: Candidate) -> Words:
    """Why the rule does not hold."""
    return {
        "consent": _consent, "form": _form, "hours": _hours, "travel": _travel, "licences": _licences,
        "adjustments": _adjustments, "time": _time, **demands.WHY,
    }[rule](opening, candidate)  # fmt: skip


def _consent(_opening: Opening, _candidate: Candidate) -> Words:
    return Words("har ikke givet samtykke", "has not consented")


def _form(opening: Opening, _candidate: Candidate) -> Words:
    form = EMPLOYMENT_FORMS[opening.employment_form]
    return Words(f"ønsker ikke {form.danish}", f"does not want {form.english}")


def _hours(opening: Opening, candidate: Candidate) -> Words:
    if candidate.weekly_hours_max < opening.weekly_hours_min:
        most_hours = counted(candidate.weekly_hours_max, HOURS)
        planned = grown(opening, candidate)
        return Words(
            f"kan højst {most_hours.danish} om ugen{planned.danish}",
            f"can do {most_hours.english} a week at most{planned.english}",
        )
    hours = counted(candidate.weekly_hours_min, HOURS)
    return Words(f"vil mindst have {hours.danish} om ugen", f"wants {hours.english} a week at least")


def grown(opening: Opening, candidate: Candidate) -> Words:
    """The first planned step that reaches what the need asks for, where there is one."""
    for step in candidate.hour_steps:
        if float(step[11:]) >= opening.weekly_hours_min:
            day = said_day(date.fromisoformat(step[:10]))
            hours = counted(float(step[11:]), HOURS)
            return Words(
                f" (planen er {hours.danish} fra {day.danish})", f" (the plan is {hours.english} from {day.english})"
            )
    return Words("", "")


def _travel(opening: Opening, candidate: Candidate) -> Words:
    if candidate.place is None:
        return Words("rejsen kan ikke beregnes", "the way cannot be worked out")
    if candidate.place_hidden:
        return Words("længere væk end ønsket", "further away than wished")
    km, limit = km_between(opening.place, candidate.place), candidate.travel_km_max
    return Words(f"{km:.0f} km væk, vil højst {limit} km", f"{km:.0f} km away, wants {limit} km at most")


def _licences(opening: Opening, candidate: Candidate) -> Words:
    words = listed([LICENCES[code] for code in sorted(opening.licences - candidate.licences)])
    return Words(f"mangler {words.danish}", f"lacks {words.english}")


def _adjustments(opening: Opening, candidate: Candidate) -> Words:
    words = listed([NEEDS[code] for code in sorted(candidate.needs - opening.adjustments)])
    return Words(f"behov uden tilbud: {words.danish}", f"unmet need: {words.english}")


def _time(opening: Opening, candidate: Candidate) -> Words:
    wanted = opening.windows.used_days()
    unmet = [day for day in wanted if not _day_met(opening, candidate, day)]
    danish, english = _why_not(opening, candidate, unmet[0])
    if opening.days_required < len(wanted):
        required, met = counted(opening.days_required, DAYS), len(wanted) - len(unmet)
        danish, english = f"kan {met} af {required.danish}: {danish}", f"can do {met} of {required.english}: {english}"
    return Words(danish, english)


def _day_met(opening: Opening, candidate: Candidate, day: int) -> bool:
    wanted, free = opening.windows.days[day], candidate.availability.days[day]
    if opening.hours_per_day is None:
        return wanted & free == wanted
    return week.has_run(wanted & free, round(opening.hours_per_day * 60))


def _why_not(opening: Opening, candidate: Candidate, day: int) -> Words:
    wanted, free = opening.windows.days[day], candidate.availability.days[day]
    danish, english = f"om {DANISH_DAYS[day]}en", f"on {ENGLISH_DAYS[day]}s"
    if not free:
        return Words(f"kan ikke {danish}", f"is not free {english}")
    if opening.hours_per_day is not None:
        hours = counted(opening.hours_per_day, HOURS)
        return Words(f"har ikke {hours.danish} i træk {danish}", f"does not have {hours.english} in one go {english}")
    starts, ends = week.said_clock(week.first_minute(wanted)), week.said_clock(week.last_minute(wanted))
    first, last = week.said_clock(week.first_minute(free)), week.said_clock(week.last_minute(free))
    if week.first_minute(free) > week.first_minute(wanted):
        return Words(
            f"kan tidligst {first.danish} {danish}, arbejdet begynder {starts.danish}",
            f"can come at {first.english} at the earliest {english}, the work begins at {starts.english}",
        )
    if week.last_minute(free) < week.last_minute(wanted):
        return Words(
            f"kan senest til {last.danish} {danish}, arbejdet slutter {ends.danish}",
            f"can stay until {last.english} at the latest {english}, the work ends at {ends.english}",
        )
    return Words(f"er optaget en del af tiden {danish}", f"is busy for part of the time {english}")


def said_change(change: Change, opening: Opening, candidate: Candidate) -> Words:
    """What would make somebody fit, after "hvis" and "if"."""
    if said := demands.said_change(change):
        return said
    if isinstance(change.value, tuple):
        return _said_codes(change.side, change.what, change.value)
    if change.what == "windows":
        return _said_shift(int(change.value), opening)
    if change.what == "availability":
        return _said_freed(int(change.value), opening, candidate)
    before = getattr(opening if change.side == "company" else candidate, change.what)
    now, then = f"{change.value:g}".replace(".", ","), f"{before:g}".replace(".", ",")
    danish, english = _NUMBERS[change.side, change.what]
    return Words(danish.format(now=now, then=then), english.format(now=f"{change.value:g}", then=f"{before:g}"))


_NUMBERS = {
    ("company", "weekly_hours_min"): (
        "timetallet kan sænkes fra {then} til {now} timer om ugen",
        "the hours can go down from {then} to {now} a week",
    ),
    ("company", "weekly_hours_max"): (
        "timetallet kan hæves fra {then} til {now} timer om ugen",
        "the hours can go up from {then} to {now} a week",
    ),
    ("citizen", "weekly_hours_min"): (
        "borgeren kan nøjes med {now} timer om ugen i stedet for mindst {then}",
        "the citizen can do with {now} hours a week instead of {then} at least",
    ),
    ("citizen", "weekly_hours_max"): (
        "borgeren kan arbejde {now} timer om ugen i stedet for højst {then}",
        "the citizen can work {now} hours a week instead of {then} at most",
    ),
    ("citizen", "travel_km_max"): (
        "borgeren kan rejse {now} km i stedet for højst {then}",
        "the citizen can travel {now} km instead of {then} at most",
    ),
    ("company", "days_required"): (
        "{now} af dagene er nok i stedet for {then}",
        "{now} of the days will do instead of {then}",
    ),
}


def _said_codes(side: str, what: str, codes: tuple[str, ...]) -> Words:
    if what == "employment_form":
        forms = listed([EMPLOYMENT_FORMS[code] for code in codes], OR)
        return Words(f"det kan være {forms.danish}", f"it can be {forms.english}")
    if what == "forms":
        forms = listed([EMPLOYMENT_FORMS[code] for code in codes])
        return Words(f"borgeren også vil have {forms.danish}", f"the citizen also wants {forms.english}")
    words = listed([{"licences": LICENCES, "adjustments": NEEDS}[what][code] for code in codes])
    if what == "adjustments":
        return Words(f"der kan tilbydes {words.danish}", f"{words.english} can be offered")
    if side == "citizen":
        return Words(f"borgeren får {words.danish}", f"the citizen gets {words.english}")
    return Words(f"{words.danish} ikke er et krav", f"{words.english} is not demanded")


def _said_shift(minutes: int, opening: Opening) -> Words:
    begins = {week.first_minute(day) for day in opening.windows.days if day}
    if len(begins) == 1:
        then, now = week.said_clock(min(begins)), week.said_clock(min(begins) + minutes)
        return Words(
            f"arbejdet kan begynde {now.danish} i stedet for {then.danish}",
            f"the work can begin at {now.english} instead of {then.english}",
        )
    told = counted(abs(minutes), MINUTES)
    danish, english = ("senere", "later") if minutes > 0 else ("tidligere", "earlier")
    return Words(f"arbejdet kan ligge {told.danish} {danish}", f"the work can be {told.english} {english}")


def _said_freed(minutes: int, opening: Opening, candidate: Candidate) -> Words:
    worked = zip(opening.windows.days, candidate.availability.days, strict=True)
    edge = week.first_minute if minutes < 0 else week.last_minute
    edges = {edge(free) for asked, free in worked if asked and free}
    if len(edges) == 1:
        then, now = week.said_clock(min(edges)), week.said_clock(min(edges) + minutes)
        if minutes < 0:
            return Words(
                f"borgeren kan komme {now.danish} i stedet for {then.danish}",
                f"the citizen can come at {now.english}, not {then.english}",
            )
        return Words(
            f"borgeren kan blive til {now.danish} i stedet for {then.danish}",
            f"the citizen can stay until {now.english}, not {then.english}",
        )
    told = counted(abs(minutes), MINUTES)
    danish, english = ("komme", "tidligere"), ("come", "earlier")
    if minutes > 0:
        danish, english = ("blive", "længere"), ("stay", "longer")
    return Words(
        f"borgeren kan {danish[0]} {told.danish} {danish[1]}",
        f"the citizen can {english[0]} {told.english} {english[1]}",
    )
