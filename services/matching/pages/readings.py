"""The box on the form for a need: what a company says, read into the form for correction and kept nowhere."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import request
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from services.matching.pages import pages, said
from services.matching.pages.need_forms import slots_of
from services.matching.pages.needs import need_form
from services.matching.pages.portal import COMPANY, own_need_form
from services.matching.rules import read_terms, week
from services.matching.rules.catalogue import find_occupation
from services.matching.schemas.readings import SaidBody
from services.matching.text.found import LIKELY, Found
from services.matching.text.read import read
from services.matching.vocabulary import esco
from shared import clock, forms
from shared.auth import CONSULTANTS, Principal
from shared.lookups import NOBODY
from shared.pages import Page

IN_FORM = {
    "positions", "occupation", "weekly_hours", "monthly_hours", "hours_per_day", "days_required", "windows",
    "starts_on", "licences", "employment_form", "mentor_offered", "heavy_lifting", "season", "adjustments",
}  # fmt: skip
SURE_ENOUGH = LIKELY
MOST_OF_TITLE = 120


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the text; `number` of the thing that was read there, 0 for none."""

    words: str
    number: int


def parts_of(text: str, found: list[Found]) -> list[Part]:
    """The text in pieces, each thing that was read marked once where it begins."""
    pieces, at = list[Part](), 0
    for number, each in enumerate(found, 1):
        if each.start < at:
            continue
        pieces += [Part(text[at : each.start], 0), Part(text[each.start : each.end], number)]
        at = each.end
    return [part for part in (*pieces, Part(text[at:], 0)) if part.words]


def filled(form: MultiDict[str, str], text: str, found: list[Found]) -> MultiDict[str, str]:
    """The form with what was read in the fields that nobody has filled."""
    named = form.get("occupation") or form.get("occupation_title", "").strip()
    made = {} if named else _title(text, [each for each in found if each.field == "occupation"])
    for each in found:
        if each.field in IN_FORM - {"occupation"} and not each.wished:
            for name, values in _inputs(each).items():
                if name in _LISTS:
                    made[name] = list(dict.fromkeys([*made.get(name, ()), *values]))
                else:
                    made.setdefault(name, values)
    kept = form.copy()
    windows = [window for each in found if each.field == "windows" for window in each.value]
    if not any(value.strip() for name, value in form.items() if name[3:4] == "_" and name[:3] in week.DAYS):
        made |= {name: [value] for name, value in (slots_of(list(dict.fromkeys(windows))) or {}).items()}
    for name, values in made.items():
        if not form.get(name, "").strip() or (name == "positions" and form[name].strip() == "1"):
            kept.setlist(name, values)
    return kept


def _title(text: str, read_as: list[Found]) -> dict[str, list[str]]:
    """One title that is sure is chosen; else the words stand as they were said, and a person chooses."""
    words = " eller ".join(dict.fromkeys(text[each.start : each.end] for each in read_as))
    known = find_occupation(read_as[0].value) if len({each.value for each in read_as}) == 1 else None
    if known is None or read_as[0].sure < SURE_ENOUGH:
        return {"occupation_title": [words[:MOST_OF_TITLE]]} if words else {}
    return {"occupation_title": [known.title], "occupation": [known.id]}


_LISTS = ("licences", "adjustments", "season")


def _inputs(each: Found) -> dict[str, list[str]]:
    """The form's inputs for one thing that was read; none where the form has no room for it."""
    value = each.value
    if each.field == "occupation":
        return {"occupation_title": [value]}
    if each.field == "season":
        return {"season": list(value)}
    if each.field in ("weekly_hours", "monthly_hours"):
        ends = zip((f"{each.field}_min", f"{each.field}_max"), value, strict=True)
        return {name: [forms.typed(hours)] for name, hours in ends if hours is not None}
    if each.field in ("hours_per_day", "days_required"):
        return {each.field: [forms.typed(value[0])]} if value[0] == value[1] else {}
    plain = {
        "heavy_lifting": {} if value else {"adjustments": ["no_heavy_lifting"]},
        "mentor_offered": {"mentor_offered": ["on"]},
        "windows": {},
    }
    return plain.get(each.field) or ({} if each.field in plain else {each.field: [_typed(each)]})


def _typed(each: Found) -> str:
    return forms.written(each.value) if each.field == "starts_on" else str(each.value)


def rows_of(text: str, found: list[Found]) -> list[dict[str, Any]]:
    """What was read as a list: its words, what was understood, how sure, and whether the form has it."""
    return [
        {
            "number": number,
            "words": text[each.start : each.end],
            "what": _what(each.field),
            "value": _value(each),
            "sure": each.sure > SURE_ENOUGH,
            "wished": each.wished,
            "in_form": bool(_inputs(each) or each.field == "windows") and each.field in IN_FORM and not each.wished,
        }
        for number, each in enumerate(found, 1)
    ]


def _what(field: str) -> str:
    told = said.read(read_terms.FIELDS[field.removeprefix("no_")])
    return _("%(what)s, ikke krævet", what=told) if field.startswith("no_") else told


def _value(each: Found) -> str:
    field, value = each.field.removeprefix("no_"), each.value
    shown: dict[str, Callable[[Any], str]] = {
        "occupation": said.occupation,
        "skills": lambda number: esco.danish_skills()[number],
        "windows": lambda windows: said.read(week.said_week(windows)),
        "days": lambda days: said.terms_of("day", days),
        "starts_on": forms.written,
        "season": said.months_said,
        "ends_on": forms.written,
    }
    if field in shown:
        return shown[field](value)
    if field in read_terms.CODES:
        return said.read(read_terms.CODES[field][value])
    if isinstance(value, bool):
        return str(_("ja") if value else _("nej"))
    if isinstance(value, tuple):
        least, most = (forms.typed(end) if end is not None else "" for end in value)
        return least if least == most else f"{least}–{most}"
    return said.read(week.plain_clock(forms.typed(value) if isinstance(value, float) else str(value)))


def _filled_page(text: str, form_of: Any) -> Page:
    found = read(text, clock.today())
    typed = filled(request.form, text, found)
    page: Page = form_of(typed)
    seen = {"read_parts": parts_of(text, found), "read_rows": rows_of(text, found), "typed": typed}
    return Page(page.template, page.context | seen)


@pages.post("/match/behov/ny/<uuid:company_id>/laes", roles=CONSULTANTS, about=NOBODY, body=SaidBody, again=need_form)
def read_need(session: Session, who: Principal, company_id: UUID, body: dict[str, Any]) -> Page:
    """The form for a need, filled with what was read; nothing is kept."""
    return _filled_page(body["said"], lambda typed: need_form(session, who, company_id, typed=typed))


@pages.post("/virksomhed/behov/ny/laes", roles=COMPANY, about=NOBODY, body=SaidBody, again=own_need_form)
def read_own_need(session: Session, who: Principal, body: dict[str, Any]) -> Page:
    """The same for the company itself."""
    return _filled_page(body["said"], lambda typed: own_need_form(session, who, typed=typed))
