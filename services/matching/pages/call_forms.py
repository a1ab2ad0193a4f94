"""What the call's form holds: what was read of the text, what is still to be asked, and who might come in question."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from marshmallow import ValidationError
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from services.matching import queries
from services.matching.models import Call, CompanyOffer
from services.matching.pages import need_forms, readings, said
from services.matching.pages.knowledge import month_choices
from services.matching.rules import week
from services.matching.rules.titles import linked
from services.matching.schemas.calls import CallNeedForm
from services.matching.text.found import Found
from services.matching.text.read import read
from services.matching.use_cases import calls, needs
from shared import clock, forms, frame, units
from shared.auth import Principal
from shared.errors import Invalid, Refused

MOST = 5
HOURS_AND_DAYS = ("days", "begins", "ends")
ASKED = ("p_number", "occupation", "employment_form", "starts_on", "days", "begins", "ends")


def names_of_fields() -> frozenset[str]:
    """The inputs that a draft may hold; whatever else a browser sends is not kept."""
    schema = CallNeedForm()
    slots = {f"{name}.{end}" for name in schema.load_fields if name[3:4] == "_" for end in ("begins", "ends")}
    return frozenset({*schema.load_fields, *slots} - {"said"})


FIELDS = names_of_fields()


def kept(form: MultiDict[str, str]) -> dict[str, list[str]]:
    """What of a form a draft keeps."""
    return {name: form.getlist(name) for name in form if name in FIELDS and any(v.strip() for v in form.getlist(name))}


def read_in(typed: Mapping[str, list[str]], text: str) -> dict[str, list[str]]:
    """The inputs with what was read in those that nobody has filled; days with the same hours stand together."""
    found = read(text, clock.today())
    form = MultiDict([(name, value) for name, values in typed.items() for value in values])
    made = readings.filled(form, text, found)
    for name, values in _same_hours(found).items():
        if not any(value.strip() for value in made.getlist(name)):
            made.setlist(name, values)
    return kept(_without_doubled_week(made))


def _same_hours(found: list[Found]) -> dict[str, list[str]]:
    """Days, and the time to be there and to go, where all windows have the same or only one of them was said."""
    windows = [window for each in found if each.field == "windows" and not each.wished for window in each.value]
    hours = {window[4:] for window in windows}
    days = [day for each in found if each.field == "days" and not each.wished for day in each.value]
    spans = [each.value for each in found if each.field == "times"]
    starts = [each.value for each in found if each.field == "starts_at"]
    made: dict[str, list[str]] = {}
    if windows and len(hours) == 1:
        days, spans = [window[:3] for window in windows], [next(iter(hours))]
    elif windows:
        return {}
    if days:
        made["days"] = [day for day in week.DAYS if day in days]
    if len(spans) == 1:
        begins, ends = spans[0].split("-")
        made |= {"begins": [forms.written(begins)], "ends": [forms.written("00:00" if ends == "24:00" else ends)]}
    elif len(starts) == 1:
        made["begins"] = [forms.written(starts[0])]
    return made


def _without_doubled_week(form: MultiDict[str, str]) -> MultiDict[str, str]:
    """The days' own times are left out where the common ones say the same."""
    if not all(form.getlist(name) for name in HOURS_AND_DAYS):
        return form
    said = {(form[name], form[f"{name[:-7]}.ends"]) for name in form if name[3:4] == "_" and name.endswith(".begins")}
    if len({tuple(forms.time_of(one) for one in pair) for pair in said}) > 1:
        return form
    return MultiDict([(name, value) for name, value in form.items(multi=True) if name[3:4] != "_"])


def shown(session: Session, call: Call, typed: Any) -> dict[str, Any]:
    """What the form shows: what was typed, what was read in which words, and what is still to be asked."""
    given = typed if typed is not None else MultiDict([
        ("said", call.said), *((name, value) for name, values in call.typed.items() for value in values)
    ])  # fmt: skip
    found = read(call.said, clock.today()) if call.said.strip() else []
    places = queries.workplaces(session, None, call.company_id) if call.company_id else []
    slots = {name: given[name] for name in given if name[3:4] == "_"}
    return need_forms.heard(given) | {
        "typed": given,
        "places": [(place["p_number"], f"{place['name']} ({place['p_number']})") for place in places],
        "months": month_choices(),
        "offered": session.get(CompanyOffer, call.company_id) if call.company_id else None,
        "slots": slots,
        "own_times": any(value.strip() for value in slots.values()),
        "later": any(value.strip() for name, value in slots.items() if name[4:5] in "23"),
        "read_rows": [row for row in readings.rows_of(call.said, found) if row["number"]],
        "read_parts": readings.parts_of(call.said, found),
    }


def live(session: Session, who: Principal, call: Call) -> dict[str, Any]:
    """What follows from the draft as it is now: questions still open, the words to read back, and who might do it."""
    form = MultiDict([(name, value) for name, values in call.typed.items() for value in values])
    asked = _open_questions(form)
    told, wrong = (None, {}) if asked else _told(form)
    found: dict[str, Any] = {"items": (), "fitting": 0, "near": 0}
    if told is not None:
        try:
            found = calls.candidates(session, call, told, MOST)
        except Refused as refused:
            told, wrong = None, frame.errors_of(refused)
    people = [one.citizen_id for one in found["items"]]
    named = [one for one, at in units.of(session, *people).items() if at.unit_code in (None, who.organisation)]
    return {
        "call": call,
        "told": told,
        "aloud": _aloud(told) if told else "",
        "asked": [_questions()[name] for name in asked],
        "wrong": wrong,
        "labels": labels(),
        "found": found,
        "names": queries.names(session, named) if named else {},
    }


def _aloud(told: Mapping[str, Any]) -> str:
    """The need in one breath, as it is read to the company."""
    hours = needs.with_hours(dict(told))
    known = [
        str(ngettext("%(num)s plads", "%(num)s pladser", told["positions"])),
        said.occupation(told["occupation"]) + (f" ({told['title']})" if told["title"] else ""),
        said.term("form", told["employment_form"]),
        said.times(told["windows"]),
        said.hours_of(SimpleNamespace(**hours)),
        _("fra %(day)s", day=frame.day(told["starts_on"])),
        said.terms_of("function", told["adjustments"]),
        _("med mentor") if told["mentor_offered"] else "",
        _("mest at lave i %(months)s", months=said.months_said(told["season"])) if told["season"] else "",
    ]
    return ", ".join(part for part in known if part) + "."


def said_back(call: Call) -> str:
    """What became of what was sent to the company to read."""
    if call.heard:
        return said.term("heard", call.heard)
    return said.term("heard", "waiting") if call.read_back_until else _("ikke sendt")


def _open_questions(form: MultiDict[str, str]) -> list[str]:
    """What nobody has said yet; where days have times of their own, none of them is asked about."""
    own = any(value.strip() for name, value in form.items() if name[3:4] == "_")
    empty = [name for name in ASKED if not any(value.strip() for value in form.getlist(name))]
    if linked(form.get("occupation_title", "")):
        empty = [name for name in empty if name != "occupation"]
    return [name for name in empty if not (own and name in HOURS_AND_DAYS)]


def _told(form: MultiDict[str, str]) -> tuple[dict[str, Any] | None, dict[str, str]]:
    """The need as far as it can be read, or what is wrong with it, by the form's names."""
    schema = CallNeedForm()
    try:
        loaded: dict[str, Any] = schema.load(forms.read(schema, form))
    except ValidationError as wrong:
        return None, frame.errors_of(Invalid(forms.flat(wrong.messages_dict)))
    return loaded, {}


def labels() -> dict[str, str]:
    """What the form's inputs are called where something is wrong with them."""
    return {
        "said": _("Hvad kan vi hjælpe med?"),
        "p_number": _("Arbejdssted"),
        "occupation": _("Stilling"),
        "employment_form": _("Ansættelsesform"),
        "starts_on": _("Start"),
        "positions": _("Pladser"),
        "days": _("Dage"),
        "begins": _("Skal være der kl."),
        "ends": _("Færdig kl."),
        "windows": _("Arbejdstider"),
        "weekly_hours_min": _("Timer om ugen, mindst"),
        "weekly_hours_max": _("Timer om ugen, højst"),
        "monthly_hours_min": _("Timer om måneden, mindst"),
        "monthly_hours_max": _("Timer om måneden, højst"),
        "days_required": _("Dage om ugen"),
        "hours_per_day": _("Timer i træk pr. dag"),
        "title": _("Opgaven med få ord"),
        "new_p_number": _("P-nummer"),
        "new_postal_code": _("Postnummer"),
    }


def _questions() -> dict[str, str]:
    """What to ask the company, by the form's names."""
    return {
        "p_number": _("På hvilket arbejdssted?"),
        "occupation": _("Hvad kaldes jobbet?"),
        "employment_form": _("Hvilken ansættelsesform tænker I på?"),
        "starts_on": _("Hvornår skal de begynde?"),
        "days": _("Hvilke dage?"),
        "begins": _("Hvornår skal de være der?"),
        "ends": _("Hvornår er de færdige?"),
    }
