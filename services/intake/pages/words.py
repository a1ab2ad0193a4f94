"""What intake's codes are called on screen, and its policy rows in words; no page shows a code."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from babel import dates
from flask_babel import gettext as _

from services.intake.pages import talk_words, waiting_words
from services.intake.use_cases import POLICY
from shared import calendar, clock, forms, frame, units
from shared.events.codes import EASY_DANISH, EASY_WORDS, EMPLOYMENT_FORMS, LICENCES, NEEDS, Words
from shared.lookups import PURPOSES
from shared.occupations import occupations

TABLES: dict[str, dict[str, Words]] = {
    "benefit": {
        "kontanthjaelp": Words("kontanthjælp", "cash benefit (kontanthjælp)"),
        "dagpenge": Words("dagpenge", "unemployment benefit (dagpenge)"),
        "sygedagpenge": Words("sygedagpenge", "sickness benefit (sygedagpenge)"),
        "ledighedsydelse": Words("ledighedsydelse", "unemployment allowance (ledighedsydelse)"),
        "integration": Words("introduktionsprogram (integrationsloven)", "introduction programme (integration act)"),
        "other": Words("noget andet", "something else"),
    },
    "channel": {
        "desk": Words("ved skranken", "at the desk"),
        "phone": Words("telefon", "telephone"),
        "digital": Words("digitalt", "online"),
        "borgerservice": Words("via Borgerservice", "through Citizen Service"),
    },
    "category": {
        "jobparat": Words("jobparat", "ready for a job"),
        "aktivitetsparat": Words("aktivitetsparat", "ready for activities"),
        "uddannelsesparat": Words("uddannelsesparat", "ready for education"),
        "aabenlyst_uddannelsesparat": Words("åbenlyst uddannelsesparat", "obviously ready for education"),
    },
    "reason": {
        "obviously_pointless": Words("klart formålsløst", "obviously pointless"),
        "health_statement_pending": Words("afventer helbredsoplysninger", "waiting for a health statement"),
        "already_enrolled_in_education": Words("er allerede optaget på en uddannelse", "already enrolled in education"),
    },
    "stop_reason": {
        "complaint": Words("der er en klagesag", "there is a complaint"),
        "court_case": Words("der er en retssag", "there is a court case"),
        "inspection": Words("der er tilsyn eller revision", "there is an inspection or audit"),
        "archive": Words("arkivet skal have dem først", "the archive must have it first"),
        "still_needed": Words("de bruges stadig i sagen", "it is still needed in the case"),
    },
    "state": {
        "booked": Words("booket", "booked"),
        "held": Words("holdt", "held"),
        "cancelled": Words("aflyst", "cancelled"),
        "missed": Words("udeblevet", "missed"),
    },
    "promise": {
        "local": Words("kommunens mål", "the municipality's goal"),
        "statutory": Words("lovens frist", "the legal limit"),
    },
    "cause": {
        "no_slot": Words("der var ingen ledig tid", "no slot was free"),
        "citizen_asked_later": Words("borgeren bad om en senere tid", "the citizen asked for a later time"),
        "no_show": Words("borgeren kom ikke", "the citizen did not come"),
        "staff_absence": Words("en medarbejder var fraværende", "a member of staff was absent"),
        "closed_days": Words("lukkedage", "closed days"),
        "other": Words("noget andet", "something else"),
    },
    "text": {
        "da": Words("Dansk", "Danish"),
        "let": Words("Let at læse", "Easy to read"),
        "en": Words("Engelsk", "English"),
    },
    "by": {"citizen": Words("borgeren", "the citizen"), "staff": Words("personalet", "staff")},
    "offer": {
        "nytteindsats": Words("nytteindsats", "community-benefit work"),
        "private_provider": Words("anden aktør", "private provider"),
    },
    "language": {
        "da": Words("dansk", "Danish"),
        EASY_DANISH: EASY_WORDS,
        "en": Words("engelsk", "English"),
        "ar": Words("arabisk", "Arabic"),
        "bs": Words("bosnisk", "Bosnian"),
        "de": Words("tysk", "German"),
        "fa": Words("persisk", "Persian"),
        "kl": Words("grønlandsk", "Greenlandic"),
        "ku": Words("kurdisk", "Kurdish"),
        "lt": Words("litauisk", "Lithuanian"),
        "pl": Words("polsk", "Polish"),
        "ro": Words("rumænsk", "Romanian"),
        "so": Words("somali", "Somali"),
        "ti": Words("tigrinya", "Tigrinya"),
        "tr": Words("tyrkisk", "Turkish"),
        "uk": Words("ukrainsk", "Ukrainian"),
        "ur": Words("urdu", "Urdu"),
        "vi": Words("vietnamesisk", "Vietnamese"),
    },
    "place": {"jobbutik": Words("Jobbutikken", "the Jobbutik")},
    "weekday": {
        "mon": Words("mandag", "Monday"),
        "tue": Words("tirsdag", "Tuesday"),
        "wed": Words("onsdag", "Wednesday"),
        "thu": Words("torsdag", "Thursday"),
        "fri": Words("fredag", "Friday"),
        "sat": Words("lørdag", "Saturday"),
        "sun": Words("søndag", "Sunday"),
    },
    **talk_words.TABLES,
    **waiting_words.TABLES,
    "form": EMPLOYMENT_FORMS,
    "need": NEEDS,
    "licence": LICENCES,
    "purpose": PURPOSES,
}
RULES = {
    "visitation.local_goal": Words(
        "Kommunens eget mål: senest {value}. åbningsdag efter henvendelsen",
        "The municipality's own goal: by opening day {value} after the contact",
    ),
    "interview.first": Words(
        "Loven (LAB § 31): første samtale senest {value} dage efter henvendelsen",
        "The law (LAB § 31): first interview within {value} days of the contact",
    ),
    "intake.default_category": Words(
        "Foreslås ud fra alder og uddannelse på dagen for henvendelsen",
        "Proposed from age and education on the day of the contact",
    ),
    "nytteindsats.max_weeks": Words("Den højeste varighed af nytteindsats", "The longest community-benefit work"),
    "promise.alarm": Words(
        "Alarmen går {value} dage før lovens frist", "The alarm goes {value} days before the legal limit"
    ),
    "visitation.own_move": Words(
        "Du kan selv flytte og aflyse indtil {value} timer før",
        "You can move and cancel by yourself until {value} hours before",
    ),
    **talk_words.RULES,
}


def say(table: str, code: str | None) -> str:
    """What a code is called; an unknown one is only called unknown."""
    if code is None:
        return ""
    known = TABLES[table].get(code)
    return frame.chosen(known) if known else str(_("ukendt"))


def choices(table: str, codes: tuple[str, ...] | None = None) -> list[tuple[str, str]]:
    """A table's codes with their words, for a field to choose among."""
    return [(code, say(table, code)) for code in codes or TABLES[table]]


def languages(current: str) -> list[tuple[str, str]]:
    """Languages to choose among; the one that is chosen is always there."""
    known = choices("language")
    return known if current in TABLES["language"] else [(current, _("et andet sprog")), *known]


def unit(code: str | None) -> str:
    """What a unit is called."""
    return frame.chosen(units.called(code)) if code else str(_("ingen"))


def unit_choices() -> list[tuple[str, str]]:
    """The municipality's units, and none."""
    return [("", str(_("Ingen enhed"))), *((code, unit(code)) for code in units.codes())]


def rule(name: str | None) -> str:
    """A policy row in words, by the name that a decision cites it by; where none decided, that is said."""
    if name is None:
        return str(_("Der er ingen regel sat op for det."))
    key, _at, since = name.partition("@")
    key, _bracket, group = key.partition("[")
    row = POLICY.row(key, date.fromisoformat(since), group.removesuffix("]") or None)
    said = frame.chosen(RULES[key]).format(value=row.value)
    return str(_("%(said)s. Reglen gælder fra %(since)s.", said=said, since=frame.day(row.since)))


def occupation(star_id: str) -> str:
    """The title of an occupation; the list is Danish only."""
    known = occupations().get(star_id)
    return known.title if known else str(_("ukendt"))


def window(text: str) -> str:
    """ "mon 08:00-15:00" as "mandag 8.00–15.00"."""
    weekday, _space, hours = text.partition(" ")
    return f"{say('weekday', weekday)} {_hours(hours)}"


def week(windows: Iterable[str]) -> str:
    """Windows with the days of the same hours together: "mandag–fredag 8.00–15.00"."""
    hours: dict[str, list[str]] = {}
    days = list(TABLES["weekday"])
    for text in sorted(windows, key=lambda window: (days.index(window[:3]), window)):
        day, _space, at = text.partition(" ")
        hours.setdefault(day, []).append(_hours(at))
    runs: list[list[str]] = []
    for day, told in hours.items():
        follows = runs and days.index(runs[-1][-1]) == days.index(day) - 1
        if follows and hours[runs[-1][0]] == told:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(f"{_run(run)} {', '.join(hours[run[0]])}" for run in runs)


def _hours(told: str) -> str:
    point = ":" if frame.language() == "en" else "."
    return "–".join(at.removeprefix("0").replace(":", point) for at in told.split("-"))


def _run(days: list[str]) -> str:
    first = say("weekday", days[0])
    return first if len(days) == 1 else f"{first}–{say('weekday', days[-1])}"


def soon(moment: datetime) -> str:
    """A time to come as it is said: "i dag kl. 10.30", "i morgen kl. 9.00", "onsdag 4. november kl. 9.00"."""
    day, at = calendar.danish_day(moment), frame.time_of_day(moment)
    days = {0: _("i dag kl. %(at)s", at=at), 1: _("i morgen kl. %(at)s", at=at)}
    return str(days.get((day - clock.today()).days) or _("%(day)s kl. %(at)s", day=weekday(day), at=at))


def weekday(day: date) -> str:
    """ "onsdag 4. november"."""
    return dates.format_date(
        day, "EEEE d. MMMM" if frame.language() == "da" else "EEEE d MMMM", locale=frame.language()
    )


def initial(said: str) -> str:
    """With a capital first; the rest stays, as English months have one too."""
    return said[:1].upper() + said[1:]


def masked_cpr(born: date) -> str:
    """ "010190-xxxx": the day, never the last four."""
    return f"{born:%d%m%y}-xxxx"


CONTEXT: dict[str, Any] = {
    "say": say, "choices": choices, "unit": unit, "unit_choices": unit_choices, "rule": rule, "window": window,
    "week": week, "phone": forms.telephone, "masked_cpr": masked_cpr, "occupation": occupation, "languages": languages,
    "soon": soon, "initial": initial, "weekday": weekday, "place_called": waiting_words.place,
}  # fmt: skip
