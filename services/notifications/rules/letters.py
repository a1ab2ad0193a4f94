"""A letter's words, from what a message knows and who is in the address book now.

The words are warm, short and neutral: when, where, whom to ask for, what to bring. What kind of help somebody gets
is in no letter, and a protected person's name is in no letter to somebody else.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from operator import itemgetter
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from services.notifications.rules.calendars import Appointment
from services.notifications.rules.drafts import (
    CITIZEN,
    JOB_WITHDRAWN,
    KINDS,
    LINKED,
    MATCH_CLOSED,
    MISSED,
    MOVED,
    OFF,
    TIMES,
)
from services.notifications.rules.hidden import without_cpr
from services.notifications.rules.noted import noted
from services.notifications.rules.subjects import DANISH, ENGLISH, SPOKEN
from services.notifications.rules.subjects import subject as subject_of
from shared.authority import Authority
from shared.calendar import DENMARK
from shared.events.codes import EASY_DANISH

WRITTEN = (*SPOKEN, EASY_DANISH)
SUMMARY = {DANISH: "Aftale med Jobbutikken", ENGLISH: "Appointment with the Jobbutik"}
DECLINE = {DANISH: "Nej tak til den slags? Sig til her:", ENGLISH: "No more of this kind? Say so here:"}
WEEKDAYS = {
    DANISH: ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
    ENGLISH: ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
MONTHS = {
    DANISH: (
        "januar", "februar", "marts", "april", "maj", "juni",
        "juli", "august", "september", "oktober", "november", "december",
    ),
    ENGLISH: (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
BETWEEN_LANGUAGES = "\n\n* * *\n\n"
TEMPLATES = Path(__file__).parent.parent / "templates/notifications"
_READY = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
)

Words = Callable[[str], Mapping[str, str] | None]


class Person(Protocol):
    """What a letter needs to know of somebody."""

    name: str | None
    organisation: str | None
    protected: bool


@dataclass(frozen=True, kw_only=True)
class Sketch:
    """What a message knows: its template and recipient, its data, and how long a meeting lasts without an end.

    `decline` is where the recipient says no to more of these. `link` makes the address where they change an
    appointment, from its id and beginning.

    `sequence` is the appointments' own, but for those in `moved`, which holds the newest word on each by its id.
    """

    template: str
    kind: str
    recipient_id: UUID
    data: Mapping[str, Any]
    language: str
    minutes: int
    sequence: int
    moved: Mapping[str, Mapping[str, Any]]
    now: datetime
    sender: Authority = field(default_factory=Authority)
    link: Callable[[UUID, datetime], str] | None = None
    reminds: bool = False
    decline: str | None = None


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What is sent: subject, words (plain, as HTML, for a telephone), and the appointments for the calendar.

    `parts` are the paragraphs by language, `meetings` when and where in words; `cancelled` takes the appointments out
    of the calendar again.
    """

    subject: str
    text: str
    html: str
    sms: str
    appointments: tuple[Appointment, ...]
    parts: tuple[tuple[str, Sequence[str]], ...]
    cancelled: bool = False
    decline: str | None = None
    meetings: tuple[tuple[str, str | None], ...] = ()


def write(sketch: Sketch, book: Mapping[UUID, Person], places: Words) -> Letter:
    """The whole letter. Danish, Danish that is easy to read or English, as the person reads; for other languages Danish
    with English below."""
    languages: tuple[str, ...] = SPOKEN
    if sketch.language in WRITTEN:
        languages = (ENGLISH if sketch.language == ENGLISH else DANISH,)
    easy = sketch.language == EASY_DANISH and sketch.kind == CITIZEN
    # One that nobody has written easily yet is better in plain Danish than not at all.
    files = {language: (["let"] if easy else []) + [language] for language in languages}
    name = f"{sketch.template}.{sketch.kind}"
    contexts = {language: _context(sketch, book, places, language) for language in languages}
    texts = {
        language: "\n".join([_rendered(name, files[language], contexts[language]), *_signed(sketch, language)])
        for language in languages
    }
    texting = [_rendered("sms", files[language], contexts[language]) for language in languages]
    parts = [(language, text.split("\n\n")) for language, text in texts.items()]
    subject = " / ".join(subject_of(sketch.template, sketch.kind, language) for language in languages)
    first = contexts[languages[0]]
    summary = " / ".join(SUMMARY[language] for language in languages)
    return Letter(
        subject=subject,
        text=BETWEEN_LANGUAGES.join(texts.values()) + "\n",
        html=html(subject, parts),
        sms="\n".join(texting),
        parts=tuple(parts),
        # A reminder tells of what is in the calendar already.
        appointments=() if sketch.reminds else tuple(_appointment(one, summary) for one in first["meetings"]),
        cancelled=first["cancelled"],
        decline=sketch.decline,
        meetings=tuple((one["when"], one["place"]) for one in first["meetings"]),
    )


def html(subject: str, parts: Sequence[tuple[str, Sequence[str]]], *, headed: bool = False) -> str:
    """The whole mail; `headed`: each part begins with what it is about."""
    told = {"subject": subject, "parts": parts, "language": parts[0][0], "headed": headed}
    return page("letter.html", told) + "\n"


def _signed(sketch: Sketch, language: str) -> list[str]:
    """Under the greeting: who we are and how we are reached, as far as it is set up, and how to decline."""
    sender = sketch.sender
    lead = {DANISH: ("Telefon: ", "Åbent: "), ENGLISH: ("Telephone: ", "Open: ")}[language]
    told = (
        ("", sender.name), ("", sender.address), (lead[0], sender.phone), ("", sender.email),
        (lead[1], sender.open_hours(language)),
    )  # fmt: skip
    no = ["", DECLINE[language], sketch.decline] if sketch.decline else []
    return [before + value for before, value in told if value] + no


def _rendered(name: str, styles: Sequence[str], context: Mapping[str, Any]) -> str:
    return _READY.select_template([f"{name}.{style}.txt" for style in styles]).render(context).strip()


def page(name: str, context: Mapping[str, Any]) -> str:
    """A file of HTML among the templates with its words in it."""
    return _READY.get_template(name).render(context).strip()


def _context(sketch: Sketch, book: Mapping[UUID, Person], places: Words, language: str) -> dict[str, Any]:
    citizen, company, mentor = (_known(sketch, book, kind) for kind in KINDS)
    meetings = _to_come(sketch, places, language)
    return {
        "first_name": _first_name(book[sketch.recipient_id]),
        "colleague": _first_name(citizen) if citizen and not citizen.protected else None,
        "company": without_cpr(company.organisation) if company else None,
        "mentor": without_cpr(mentor.name) if mentor else None,
        "weekly_hours": _number(sketch.data.get("weekly_hours"), language),
        "moved": sketch.template in MOVED,
        "cancelled": sketch.template in OFF,
        "reminds": sketch.reminds,
        "withdrawn": sketch.template == JOB_WITHDRAWN,
        "closed": sketch.template == MATCH_CLOSED,
        "kind": sketch.kind,
        "template": sketch.template,
        "count": sketch.data.get("count"),
        "missed": sketch.template == MISSED and when(datetime.fromisoformat(sketch.data["began_at"]), language),
        "guidance": sketch.data.get("guidance"),
        "link": _link(sketch, meetings),
        "job": without_cpr(sketch.data.get("job")),
        "due": day(sketch.data.get("due_on"), language),
        "noted": noted(sketch.data, language, day, _number),
        "place": (places(sketch.data["place"]) or {}).get(language) if "place" in sketch.data else None,
        "meetings": meetings,
    }


def _link(sketch: Sketch, meetings: Sequence[Mapping[str, Any]]) -> str | None:
    if sketch.link is None:
        return None
    if sketch.template in LINKED:
        return sketch.link(UUID(sketch.data["answer_id"]), datetime.fromisoformat(sketch.data["ends_at"]))
    return sketch.link(UUID(meetings[0]["id"]), meetings[0]["starts_at"]) if sketch.template in TIMES else None


def _known(sketch: Sketch, book: Mapping[UUID, Person], kind: str) -> Person | None:
    named = sketch.data.get(f"{kind}_id")
    return book.get(UUID(named)) if named else None


def _first_name(person: Person | None) -> str | None:
    return (without_cpr(person.name) or "").split()[0] if person and person.name and person.name.strip() else None


def _to_come(sketch: Sketch, places: Words, language: str) -> list[dict[str, Any]]:
    """The meetings in order without those that have begun; all of them once the last has."""
    told = [_meeting(one, sketch, places, language) for one in sketch.data["appointments"]]
    told.sort(key=itemgetter("starts_at"))
    return [meeting for meeting in told if meeting["starts_at"] > sketch.now] or told


def _meeting(planned: Mapping[str, Any], sketch: Sketch, places: Words, language: str) -> dict[str, Any]:
    # What is off has the time that it had, whatever it was moved to before.
    newest = {} if sketch.template in OFF else sketch.moved.get(planned["id"], {})
    one = {"sequence": sketch.sequence, **planned, **newest}
    starts_at = datetime.fromisoformat(one["starts_at"])
    ends_at = (
        datetime.fromisoformat(one["ends_at"]) if one["ends_at"] else starts_at + timedelta(minutes=sketch.minutes)
    )
    words = places(one["place"]) if one["place"] else None
    return {
        "id": one["id"],
        "sequence": one["sequence"],
        "starts_at": starts_at,
        "ends_at": ends_at,
        "when": when(starts_at, language),
        "place": words[language] if words else None,
        "form": one["form"],
    }


def _appointment(meeting: Mapping[str, Any], summary: str) -> Appointment:
    kept = ("id", "sequence", "starts_at", "ends_at", "place")
    return Appointment(**{name: meeting[name] for name in kept}, summary=summary)


def day(text: str | None, language: str) -> str | None:
    """ "mandag den 2. november 2026", of an ISO date."""
    if text is None:
        return None
    on = date.fromisoformat(text)
    weekday, month = WEEKDAYS[language][on.weekday()], MONTHS[language][on.month - 1]
    between = "den " if language == DANISH else ""
    return f"{weekday} {between}{on.day}{'.' if language == DANISH else ''} {month} {on.year}"


def when(moment: datetime, language: str) -> str:
    """Day and time as they are said: "mandag den 2. november 2026 kl. 10.30"."""
    local = moment.astimezone(DENMARK)
    weekday, month = WEEKDAYS[language][local.weekday()], MONTHS[language][local.month - 1]
    if language == DANISH:
        return f"{weekday} den {local.day}. {month} {local.year} kl. {local.hour}.{local.minute:02}"
    return f"{weekday} {local.day} {month} {local.year} at {local.hour}:{local.minute:02}"


def _number(value: float | None, language: str) -> str | None:
    if value is None:
        return None
    text = f"{value:g}"
    return text.replace(".", ",") if language == DANISH else text
