"""Somebody was registered twice: find the other record, hold the two beside each other, make them one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.intake import queries, rules
from services.intake.models import Citizen
from services.intake.pages import pages, words
from services.intake.pages.citizen import MERGERS, crumbs_to
from services.intake.pages.search import MOST, SearchQuery, digits
from services.intake.schemas.merges import MergeForm
from services.intake.use_cases import citizens, merges, walk_ins
from services.intake.use_cases.merges import Side
from shared import clock, forms, frame
from shared.auth import Principal
from shared.errors import Invalid, NotFound
from shared.lookups import About, looked
from shared.pages import Page, See

SEARCH = About("identity", "citizen_id", "search", purpose="visitation")
READ = About("case", "citizen_id", purpose="visitation")
CHANGE = About("case", "citizen_id", "change", purpose="visitation")


def labels() -> dict[str, str]:
    """What the fields to choose between are called."""
    return {
        "cpr": _("CPR-nummer"), "name": _("Navn"), "postal_code": _("Postnummer"),
        "municipality_code": _("Kommunekode"), "email": _("E-mail"), "phone": _("Telefon"), "language": _("Sprog"),
        "interpreter": _("Tolk"), "digital_post_exempt": _("Fritaget for Digital Post"),
        "protected": _("Beskyttet navn og adresse"), "category": _("Kategori"), "unit_code": _("Enhed"),
        "wishes": _("Ønsker og hensyn"), "booking": _("Kommende tid"),
    }  # fmt: skip


def _find(session: Session, _principal: Principal, citizen_id: UUID, typed: Any = None, q: str = "") -> Page:  # noqa: ARG001
    citizen = queries.citizen(session, citizen_id)
    wanted = rules.read_search(q, clock.today())
    found: Sequence[Citizen] = ()
    if wanted.cpr is None and (wanted.names or wanted.born):
        found = queries.people_found(session, wanted.names, wanted.born, MOST + 1)
    others = [one for one in found if one.id != citizen_id][:MOST]
    looked(session, *(one.id for one in others))
    context = {
        "citizen": citizen, "found": others, "asked": bool(q), "q": "" if wanted.cpr else q,
        "crumbs": crumbs_to(citizen, (_("Samme person"), None)),
    }  # fmt: skip
    return Page("intake/merge_find.html", context)


@pages.get("/borger/<uuid:citizen_id>/samme", roles=MERGERS, about=SEARCH, query=SearchQuery)
def find_same_person(session: Session, principal: Principal, citizen_id: UUID, query: dict[str, Any]) -> Page:
    """Look for the other record."""
    return _find(session, principal, citizen_id, q=query["q"])


@pages.post("/borger/<uuid:citizen_id>/samme", roles=MERGERS, about=SEARCH, body=SearchQuery, again=_find)
def search_same_person(session: Session, principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> See:
    """Names lead to a list, a CPR number to the comparison."""
    q = body["q"]
    queries.citizen(session, citizen_id)
    if not rules.holds_cpr(q):
        return See(f"/borger/{citizen_id}/samme?{urlencode({'q': q})}")
    other = citizens.find_by_cpr(session, principal, digits(q))
    if other is None or other.id == citizen_id:
        raise Invalid({"q": "Ingen anden borger har det nummer. / No other citizen has that number."})
    looked(session, other.id)
    return See(f"/borger/{citizen_id}/samme/{other.id}")


def _compare(session: Session, _principal: Principal, citizen_id: UUID, other_id: UUID, typed: Any = None) -> Page:
    if citizen_id == other_id:
        raise NotFound
    sides = merges.side(session, citizen_id), merges.side(session, other_id)
    one, other = (side.citizen for side in sides)
    newest = max(sides, key=lambda side: side.citizen.changed_at)
    proposed = {name: str(_with_a_value(name, newest, sides).citizen.id) for name in _to_choose(sides)}
    context = {
        "sides": sides, "labels": labels(), "proposed": proposed, "typed": typed,
        "apart": walk_ins.told_apart(session, one.id, other.id),
        "fields": [(name, _options(name, sides)) for name in _to_choose(sides)],
        "facts": [(label, *(told(side) for side in sides)) for label, told in _facts()],
        "crumbs": crumbs_to(one, (_("Samme person"), f"/borger/{one.id}/samme"), (_("Sammenlign"), None)),
    }  # fmt: skip
    return Page("intake/merge_compare.html", context)


def _with_a_value(name: str, newest: Side, sides: tuple[Side, Side]) -> Side:
    """The record changed last, unless it says nothing there and the other does."""
    if name in ("cpr", "wishes", "booking"):
        return newest
    return next((side for side in (newest, *sides) if side.told(name) not in (None, "")), newest)


def _to_choose(sides: tuple[Side, Side]) -> list[str]:
    one, other = sides
    names = merges.differing(one, other)
    return [*names, *(name for name in ("wishes", "booking") if getattr(one, name) and getattr(other, name))]


def _options(name: str, sides: tuple[Side, Side]) -> list[tuple[str, str]]:
    return [(str(side.citizen.id), f"{_shown(name, side)} ({_which(at)})") for at, side in enumerate(sides)]


def _which(at: int) -> str:
    return str(_("den anden") if at else _("den første"))


def _shown(name: str, side: Side) -> str:
    citizen = side.citizen
    if name == "cpr":
        return words.masked_cpr(citizen.birth_date)
    if name == "booking":
        return _booked(side.booking.starts_at) if side.booking else ""
    if name == "wishes":
        return str(_("Skrevet ned %(at)s", at=frame.day(side.wishes.recorded_at))) if side.wishes else ""
    value = side.told(name)
    if isinstance(value, bool):
        return str(_("ja") if value else _("nej"))
    if name in ("language", "category"):
        return words.say(name, value) or _("ingen")
    said = {"phone": forms.telephone, "unit_code": words.unit}.get(name)
    return str((said(value) if said else value) or _("intet"))


def _booked(at: datetime) -> str:
    return str(_("%(day)s kl. %(at)s", day=frame.day(at), at=frame.time_of_day(at)))


def _facts() -> list[tuple[str, Any]]:
    return [
        (_("Navn"), lambda side: side.citizen.name),
        (_("CPR-nummer"), lambda side: words.masked_cpr(side.citizen.birth_date)),
        (_("Oprettet"), lambda side: frame.day(side.citizen.registered_at)),
        (_("Henvendelser"), lambda side: side.contacts),
        (_("Visitationer"), lambda side: side.talks),
        (_("Kommende tid"), lambda side: _shown("booking", side) or _("ingen")),
        (_("Ønsker og hensyn"), lambda side: _shown("wishes", side) or _("ingen")),
    ]


PAIR = "/borger/<uuid:citizen_id>/samme/<uuid:other_id>"


@pages.get(PAIR, roles=MERGERS, about=READ)
def compare_records(session: Session, principal: Principal, citizen_id: UUID, other_id: UUID) -> Page:
    """The two beside each other."""
    return _compare(session, principal, citizen_id, other_id)


@pages.post(PAIR, roles=MERGERS, about=CHANGE, body=MergeForm, again=_compare, decides=True)
def merge_records(
    session: Session, principal: Principal, citizen_id: UUID, other_id: UUID, body: dict[str, Any]
) -> See:
    """A person has said that they are one."""
    keep = body["keep"]
    if keep not in (citizen_id, other_id):
        raise Invalid({"keep": "Vælg en af de to. / Choose one of the two."})
    stays = merges.merge(
        session, keep, other_id if keep == citizen_id else citizen_id,
        versions={citizen_id: body["version"], other_id: body["other_version"]}, chosen=body["chosen"],
        other_cpr_is_theirs=body["other_cpr"] == "theirs", by=principal.subject,
    )  # fmt: skip
    return See(f"/borger/{keep}", _("%(name)s er nu én registrering. De andre tjenester får besked.", name=stays.name))
