"""What the forms for a need show, at the municipality as in the company's portal."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import request
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.models import CompanyOffer, Need
from services.matching.pages import said
from services.matching.pages.knowledge import month_choices
from services.matching.queries import Own
from services.matching.rules import catalogue
from services.matching.rules.titles import choices, linked
from services.matching.schemas.forms import WINDOWS_A_DAY
from services.matching.use_cases import needs
from shared import forms
from shared.pages import See, Undo


def titles(words: str, chosen: str = "") -> list[tuple[str, str]]:
    """Occupations to choose from for what somebody typed, the chosen one first."""
    known = catalogue.find_occupation(chosen)
    found = [*([known] if known else []), *choices(words)]
    return [(one.id, one.title) for one in dict.fromkeys(found)]


def heard(typed: Any) -> dict[str, Any]:
    """What the form shows of what was typed as the job: titles to choose from, and the one that it is read as."""
    chosen, words = ((typed.get(name, "") if typed else "") for name in ("occupation", "occupation_title"))
    return {"titles": titles(words, chosen) if chosen or words else [], "words": words, "linked": linked(words)}


def wished(words: str, ticked: list[str]) -> dict[str, Any]:
    """What the desk's form shows of what a citizen wants: those ticked before and, ticked where it is sure, the new."""
    before = [one for one in map(catalogue.find_occupation, ticked) if one]
    near, link = choices(words), linked(words)
    return {
        "titles": [(one.id, one.title) for one in dict.fromkeys([*before, *near])],
        "ticked": [*(one.id for one in before), *([link.title.id] if link else [])],
        "offered": [one.id for one in near],
        "words": words,
        "linked": link,
    }


def _read_as() -> str:
    """A sentence on the title that the server read where nobody chose one; empty where what was typed is a title."""
    link = linked(request.form.get("occupation_title", "")) if not request.form.get("occupation") else None
    if link is None or not link.said:
        return ""
    said_as = _("„%(said)s“ er læst som stillingen %(title)s. Er det forkert, så ret behovet.", said=link.said,
                title=link.title.title)  # fmt: skip
    return f" {said_as}"


def slots_of(windows: list[str]) -> dict[str, str] | None:
    """Windows as the form's inputs; None where a day has more than the form has room for."""
    filled: dict[str, str] = {}
    for day in dict.fromkeys(window[:3] for window in windows):
        hours = sorted(window[4:] for window in windows if window[:3] == day)
        if len(hours) > WINDOWS_A_DAY:
            return None
        for number, told in enumerate(hours, 1):
            begins, ends = told.split("-")
            filled[f"{day}_{number}.begins"] = begins
            filled[f"{day}_{number}.ends"] = "00:00" if ends == "24:00" else ends
    return filled


def _later(given: Mapping[str, str] | None) -> bool:
    """True where a day has more than one window."""
    return any(given[name] for name in given or () if given and re.match(r"[a-z]{3}_[2-9]\.", name))


def new_form(session: Session, border: Own | None, company_id: UUID, typed: Any) -> dict[str, Any]:
    """What the form for a company's new need shows."""
    company = queries.company(session, border, company_id)
    places = queries.workplaces(session, border, company_id)
    return heard(typed) | {
        "company": company,
        "places": [(place["p_number"], f"{place['name']} ({place['p_number']})") for place in places],
        "slots": {},
        "offered": session.get(CompanyOffer, company_id),
        "months": month_choices(),
        "later": _later(typed),
        "typed": typed,
    }


def edit_form(session: Session, border: Own | None, need_id: UUID, typed: Any) -> dict[str, Any]:
    """What the form for a known need shows; `changed` where somebody else was there since it was read."""
    need = queries.need(session, border, need_id)
    slots = slots_of(need.windows)
    return heard(typed) | {
        "need": need,
        "season": queries.season_of(session, need_id),
        "months": month_choices(),
        "slots": slots,
        "later": _later(typed if typed is not None else slots),
        "changed": typed is not None and typed.get("version") != str(need.version),
        "typed": typed,
    }


def edited(session: Session, border: Own | None, need_id: UUID, body: dict[str, Any], home: str) -> See:
    """The need with what the form says, unless it was changed since it was read; what it was can be put back."""
    before = as_it_was(session, queries.need(session, border, need_id))
    need = needs.change_need(session, border, need_id, body.pop("version"), body)
    undo = Undo(f"{home}/ret/fortryd", before | {"version": str(need.version)}) if before else None
    return See(home, _("Behovet er ændret.") + _read_as(), undo)


def as_it_was(session: Session, need: Need) -> dict[str, str | list[str]]:
    """The form that would put it back; empty where it has no room for the need's windows."""
    slots = slots_of(need.windows)
    if slots is None:
        return {}
    told = needs.told_hours(need)
    told.pop("windows")
    hours = {name: "" if value is None else forms.typed(value) for name, value in told.items()}
    offered = {"mentor_offered": "on"} if need.mentor_offered else {}
    return {
        **slots,
        **hours,
        **offered,
        "positions": str(need.positions),
        "adjustments": need.adjustments,
        "season": queries.season_of(session, need.id),
        "occupation": need.occupation,
        "starts_on": need.starts_on.isoformat(),
    }


def as_typed(session: Session, need: Need) -> dict[str, str | list[str]]:
    """An old need as somebody would type it anew, all but its start."""
    offered = {"unadvertised": "on"} if need.unadvertised else {}
    told = {name: str(getattr(need, name)) for name in ("p_number", "title", "employment_form")}
    told |= {"occupation_title": "", "starts_on": ""}
    return as_it_was(session, need) | told | offered | {"licences": need.licences}


def put_back(session: Session, border: Own | None, need_id: UUID, body: dict[str, Any], home: str) -> See:
    """The need as it was before it was changed, unless somebody was there since."""
    version = body.pop("version")
    queries.need(session, border, need_id).require_untouched(version)
    needs.change_need(session, border, need_id, version, body)
    return See(home, _("Behovet er, som det var før."))


def received(need: Need, home: str, message: str) -> See:
    """A need that was received; closing it is the way back, as somebody may have read of it."""
    return See(home, message + _read_as(), Undo(f"{home}/tilstand", {"state": "closed", "version": str(need.version)}))


def moved(session: Session, border: Own | None, need_id: UUID, body: dict[str, Any], home: str) -> See:
    """A need paused, reopened or closed; nothing opens a closed one again."""
    before = queries.need(session, border, need_id).state
    need = needs.change_need(session, border, need_id, body["version"], {"state": body["state"]})
    back = {"state": before, "version": str(need.version)}
    lasting = need.state in ("closed", before) or before == "draft"
    message = _("Behovet er %(state)s.", state=said.term("need_state", need.shown_state))
    message = _("Behovet er sendt. Vi vender tilbage.") if before == "draft" and need.state == "open" else message
    return See(home, message, None if lasting else Undo(f"{home}/tilstand", back))
