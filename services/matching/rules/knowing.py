"""What has to be known of somebody before a company hears of them ("match i blinde" is what it prevents, C13).

It holds nobody back from applying for anything: it tells staff what to ask about first.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from services.matching.engine.facts import Candidate
from shared.events.codes import Words

MOST_STEPS = 3
REPEATS = ("declined_before", "same_company")
MONTHS = tuple(f"{number:02d}" for number in range(1, 13))
DANISH_LEVELS = ("none", "beginner", "everyday", "work", "fluent")
TERMS: Mapping[str, Mapping[str, Words]] = {
    "knowledge": {
        "occupations": Words("hvilket arbejde borgeren vil", "what work the citizen wants"),
        "times": Words("hvornår borgeren kan arbejde", "when the citizen can work"),
        "forms": Words("hvilke ansættelsesformer borgeren vil", "which forms of employment the citizen accepts"),
        "skills": Words("hvad borgeren kan", "what the citizen can do"),
        "transport": Words("hvordan borgeren kommer frem", "how the citizen gets about"),
        "danish": Words("hvor meget dansk borgeren kan", "how much Danish the citizen knows"),
        "languages": Words("hvilke andre sprog borgeren kan", "which other languages the citizen knows"),
        "hour_steps": Words("om timerne skal vokse", "whether the hours are to grow"),
    },
    "danish_level": {
        "none": Words("ikke dansk endnu", "no Danish yet"),
        "beginner": Words("enkelte ord og sætninger", "some words and sentences"),
        "everyday": Words("dansk til hverdag", "everyday Danish"),
        "work": Words("dansk til arbejdet, mundtligt og skriftligt", "Danish for work, spoken and written"),
        "fluent": Words("flydende dansk", "fluent Danish"),
    },
    "language": {
        "en": Words("engelsk", "English"), "de": Words("tysk", "German"), "pl": Words("polsk", "Polish"),
        "uk": Words("ukrainsk", "Ukrainian"), "ar": Words("arabisk", "Arabic"), "tr": Words("tyrkisk", "Turkish"),
        "so": Words("somali", "Somali"), "fa": Words("farsi og dari", "Farsi and Dari"),
        "ti": Words("tigrinya", "Tigrinya"), "ur": Words("urdu", "Urdu"), "ro": Words("rumænsk", "Romanian"),
        "bs": Words("bosnisk, kroatisk og serbisk", "Bosnian, Croatian and Serbian"),
        "kl": Words("grønlandsk", "Greenlandic"), "dts": Words("dansk tegnsprog", "Danish sign language"),
    },
    "transport": {
        "walk": Words("til fods", "on foot"),
        "bicycle": Words("på cykel", "by bicycle"),
        "public": Words("med bus og tog", "by bus and train"),
        "moped": Words("på knallert", "by moped"),
        "car": Words("i egen bil", "by own car"),
        "driven": Words("bliver kørt", "is driven"),
    },
    "soft_wish": {
        "own_trade": Words("eget fag", "own trade"),
        "learn_new": Words("lære noget nyt", "learn something new"),
        "small_workplace": Words("en lille arbejdsplads", "a small workplace"),
        "outdoors": Words("arbejde ude", "work outdoors"),
        "with_people": Words("arbejde med mennesker", "work with people"),
        "tasks_not_hours": Words("tale om opgaver, ikke om timer", "talk of tasks, not of hours"),
        "not_neighbourhood": Words("ikke i eget kvarter", "not in one's own neighbourhood"),
        "colleagues": Words("kolleger at følges med", "colleagues to be with"),
    },
    "company_wish": {
        "customer_surplus": Words("overskud til kunder", "energy for customers"),
        "careful": Words("omhyggelig", "careful"),
        "teamwork": Words("arbejder sammen med andre", "works with others"),
        "independent": Words("arbejder selvstændigt", "works independently"),
        "flexible": Words("vil gerne have en ekstra vagt", "is glad of an extra shift"),
        "steady": Words("stabilt fremmøde", "steady attendance"),
    },
    "shift": {
        "fixed": Words("faste tider", "fixed times"),
        "rota": Words("skiftende vagter", "changing shifts"),
        "weekend": Words("hver anden weekend", "every other weekend"),
        "on_call": Words("tilkald", "on call"),
    },
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What staff wrote down of a candidate."""

    skills: Collection[int] = ()
    languages: Collection[str] = ()
    danish_level: str | None = None
    transport: str | None = None
    hour_steps: Collection[str] = ()
    paused: bool = False


NOTHING = Known()


def unknown(candidate: Candidate, known: Known, required: Collection[str]) -> list[str]:
    """What is required to be known and is not, in the order of the row."""
    has = {
        "occupations": bool(candidate.occupations),
        "times": any(candidate.availability.days),
        "forms": bool(candidate.forms),
        "skills": bool(known.skills),
        "transport": known.transport is not None,
        "danish": known.danish_level is not None,
        "languages": bool(known.languages),
        "hour_steps": bool(known.hour_steps),
    }
    return [code for code in required if not has[code]]
