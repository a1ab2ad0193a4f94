"""What we know of a candidate and what to find out first; and what a need asks for beyond its hours."""

from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.api.knowledge import KNOWN, KNOWN_CHANGE
from services.matching.engine.points import Scales
from services.matching.models import CompanyOffer, Knowledge, NeedProfile
from services.matching.pages import pages, said
from services.matching.pages.companies import is_consultant
from services.matching.rules import skills
from services.matching.rules.words import MONTHS
from services.matching.schemas.knowledge import (
    KnowledgeForm,
    KnowledgeUndoForm,
    NeedProfileForm,
    NeedProfileUndoForm,
)
from services.matching.use_cases import POLICY, knowledge
from shared import clock, merges
from shared.auth import CONSULTANTS, STAFF, Principal
from shared.lookups import NOBODY, looked
from shared.pages import Page, See, Undo

USUAL = 14
HOME = "/match/borger/<uuid:citizen_id>/viden"
NEED = "/match/behov/<uuid:need_id>/profil"
OF_PERSON = (
    "skills", "languages", "danish_level", "transport", "transport_from", "transport_until", "travel_minutes_max",
    "hour_steps", "soft_wishes", "shifts", "strengths", "months", "paused",
)  # fmt: skip
OF_NEED = (
    "skills",
    "learnable",
    "danish_level",
    "lifting_kg",
    "soft_wishes",
    "season",
    "shifts",
    "languages",
    "offers",
)


def skill_choices(recorded: list[int], occupations: list[str], typed: Any) -> list[tuple[int, str]]:
    """Skills to tick: those recorded or ticked, then what the occupations usually ask for."""
    ticked = [int(one) for one in typed.getlist("skills") if one.isdigit()] if typed is not None else []
    numbers = list(dict.fromkeys([*recorded, *ticked, *skills.usual(occupations, USUAL)]))
    labels = skills.labels()
    return [(number, said.titled(said.read(labels[number]))) for number in numbers if number in labels]


def month_choices() -> list[tuple[str, str]]:
    """The year's months to tick."""
    return [(f"{number:02d}", said.titled(said.read(words))) for number, words in enumerate(MONTHS, 1)]


def gaps(session: Session, citizen_id: UUID) -> tuple[list[str], bool]:
    """What is still to be found out, and whether a row says what has to be known at all."""
    today = clock.today()
    found = queries.unknown(session, [queries.candidate(session, citizen_id, Scales.of(POLICY, today))], POLICY, today)
    return found.get(citizen_id, []), queries.gate(POLICY, today) is not None


@pages.get(HOME, roles=STAFF, about=KNOWN)
def knowledge_page(session: Session, who: Principal, citizen_id: UUID, typed: Any = None) -> Page:
    """What is known, in a form."""
    looked(session, citizen_id := merges.survivor(session, citizen_id))
    wishes, row = queries.wishes(session, citizen_id), queries.knowledge(session, citizen_id)
    taking_part = wishes is not None and wishes.consent_to_matching
    unknown, configured = gaps(session, citizen_id) if taking_part else ([], False)
    name = said.called(citizen_id, queries.names(session, [citizen_id]))
    shown = {
        "citizen_id": citizen_id,
        "name": name,
        "row": row,
        "taking_part": taking_part,
        "unknown": unknown,
        "configured": configured,
        "skill_choices": skill_choices(row.skills if row else [], wishes.occupations if wishes else [], typed),
        "months": month_choices(),
        "steps": [(date.fromisoformat(one[:10]), float(one[11:])) for one in row.hour_steps] if row else [],
        "may_change": is_consultant(who),
        "crumbs": [(name, f"/borger/{citizen_id}"), (_("Det, vi ved"), None)],
        "typed": typed,
    }
    return Page("matching/knowledge.html", shown)


def fields_of(row: Knowledge | NeedProfile | CompanyOffer | None, names: tuple[str, ...]) -> dict[str, str | list[str]]:
    """The form that would put the row back."""
    if row is None:
        return {"nothing": "on"}
    fields: dict[str, str | list[str]] = {}
    for name in names:
        value = getattr(row, name)
        if isinstance(value, list):
            fields[name] = [str(one) for one in value]
        elif value is not None and value is not False:
            fields[name] = "on" if value is True else str(value)
    return fields


@pages.post(HOME, roles=CONSULTANTS, about=KNOWN_CHANGE, body=KnowledgeForm, again=knowledge_page)
def save_knowledge(session: Session, who: Principal, citizen_id: UUID, body: dict[str, Any]) -> See:
    """Write it down."""
    before = fields_of(queries.knowledge(session, citizen_id), OF_PERSON)
    row = knowledge.write_down(session, citizen_id, body.pop("version"), body, who.subject)
    home = f"/match/borger/{citizen_id}/viden"
    return See(home, _("Det, vi ved, er gemt."), Undo(f"{home}/fortryd", before | {"version": str(row.version)}))


@pages.post(f"{HOME}/fortryd", roles=CONSULTANTS, about=KNOWN_CHANGE, body=KnowledgeUndoForm, again=knowledge_page)
def put_knowledge_back(session: Session, who: Principal, citizen_id: UUID, body: dict[str, Any]) -> See:
    """What was known before."""
    version, nothing = body.pop("version"), body.pop("nothing")
    knowledge.take_back(session, citizen_id, version, None if nothing else body, who.subject)
    return See(f"/match/borger/{citizen_id}/viden", _("Det, vi ved, er som før."))


@pages.get(NEED, roles=CONSULTANTS, about=NOBODY)
def need_profile_page(session: Session, _who: Principal, need_id: UUID, typed: Any = None) -> Page:
    """What a need asks for, in a form."""
    need, row = queries.need(session, None, need_id), queries.profile(session, need_id)
    shown = {
        "need": need,
        "row": row,
        "offered": None if row else session.get(CompanyOffer, need.company_id),
        "skill_choices": skill_choices(row.skills if row else [], [need.occupation], typed),
        "months": month_choices(),
        "crumbs": [(_("Behov og match"), "/match"), (need.title, f"/match/behov/{need_id}"), (_("Profil"), None)],
        "typed": typed,
    }
    return Page("matching/need_profile.html", shown)


@pages.post(NEED, roles=CONSULTANTS, about=NOBODY, body=NeedProfileForm, again=need_profile_page)
def save_need_profile(session: Session, _who: Principal, need_id: UUID, body: dict[str, Any]) -> See:
    """Write it down; the list follows at once."""
    before = fields_of(queries.profile(session, need_id), OF_NEED)
    row = knowledge.describe_need(session, need_id, body.pop("version"), body)
    home = f"/match/behov/{need_id}"
    undo = Undo(f"{home}/profil/fortryd", before | {"version": str(row.version)})
    return See(home, _("Behovets profil er gemt."), undo)


@pages.post(f"{NEED}/fortryd", roles=CONSULTANTS, about=NOBODY, body=NeedProfileUndoForm, again=need_profile_page)
def put_need_profile_back(session: Session, _who: Principal, need_id: UUID, body: dict[str, Any]) -> See:
    """What the need asked for before."""
    version, nothing = body.pop("version"), body.pop("nothing")
    knowledge.take_description_back(session, need_id, version, None if nothing else body)
    return See(f"/match/behov/{need_id}", _("Behovets profil er som før."))
