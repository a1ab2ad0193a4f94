"""Openings spotted on visits: noted on a telephone, carved into needs, and what became of them."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.matching.pages import need_forms, pages
from services.matching.pages.companies import crumbs_of
from services.matching.pages.workplaces import PLACE, at_place
from services.matching.queries import spotted as reads
from services.matching.schemas.openings import BundleBody, MoveForm, UnbundleForm, VisitForm
from services.matching.use_cases import openings
from shared import clock
from shared.auth import CONSULTANTS, Principal
from shared.lookups import NOBODY
from shared.pages import Page, See, Undo
from shared.retention import years_from


@pages.get("/match/jobaabninger", roles=CONSULTANTS, about=NOBODY)
def spotted_list(session: Session, _who: Principal) -> Page:
    """What waits for somebody to carve it, and how many needs companies did not know of in the last twelve months."""
    until = clock.today()
    shown = {
        "found": reads.spotted(session, state="spotted"),
        "figures": reads.opening_figures(session, years_from(until, -1), until),
        "crumbs": [(_("Behov og match"), "/match"), (_("Fundet på besøg"), None)],
    }
    return Page("matching/spotted.html", shown)


@pages.get(f"{PLACE}/besoeg", roles=CONSULTANTS, about=NOBODY)
def visit_form(session: Session, _who: Principal, company_id: UUID, p_number: int, typed: Any = None) -> Page:
    """The form that a consultant fills in on the way out of the door."""
    company, place, home = at_place(session, company_id, p_number)
    shown = {"company": company, "place": place, "home": home, "typed": typed}
    return Page("matching/visit.html", shown | {"crumbs": crumbs_of(company, (place.name, home), (_("Besøg"), None))})


@pages.post(f"{PLACE}/besoeg", roles=CONSULTANTS, about=NOBODY, body=VisitForm, again=visit_form)
def note_visit_here(session: Session, who: Principal, company_id: UUID, p_number: int, body: dict[str, Any]) -> See:
    """Note it."""
    _company, place, home = at_place(session, company_id, p_number)
    _visit, (made,) = openings.note_visit(session, place.p_number, **body, by=who.subject, name=who.name)
    undo = Undo(f"{home}/jobaabninger/flyt", {
        "opening_id": str(made.id), "version": str(made.version), "reason_code": "mistake",
    })  # fmt: skip
    return See(f"{home}/jobaabninger", _("„%(task)s“ er noteret.", task=made.task), undo)


@pages.get(f"{PLACE}/jobaabninger", roles=CONSULTANTS, about=NOBODY)
def openings_here(session: Session, _who: Principal, company_id: UUID, p_number: int, typed: Any = None) -> Page:
    """What was spotted at a workplace, and the form that makes one need of it."""
    company, place, home = at_place(session, company_id, p_number)
    found = reads.spotted(session, p_number=place.p_number)
    shown = need_forms.heard(typed) | {
        "company": company,
        "place": place,
        "home": home,
        "waiting": [one for one in found if one.opening.state == "spotted"],
        "settled": [one for one in found if one.opening.state != "spotted"],
        "crumbs": crumbs_of(company, (place.name, home), (_("Fundet på besøg"), None)),
        "typed": typed,
    }
    return Page("matching/openings.html", shown)


@pages.post(f"{PLACE}/jobaabninger", roles=CONSULTANTS, about=NOBODY, body=BundleBody, again=openings_here)
def bundle_here(session: Session, _who: Principal, company_id: UUID, p_number: int, body: dict[str, Any]) -> See:
    """One need of the tasks that were ticked."""
    _company, place, home = at_place(session, company_id, p_number)
    need = openings.bundle(session, place.p_number, **body)
    undo = Undo(f"{home}/jobaabninger/fortryd", {"need_id": str(need.id), "version": str(need.version)})
    return See(f"/match/behov/{need.id}", _("Opgaverne er blevet til et behov."), undo)


@pages.post(f"{PLACE}/jobaabninger/fortryd", roles=CONSULTANTS, about=NOBODY, body=UnbundleForm, again=openings_here)
def unbundle_here(session: Session, _who: Principal, company_id: UUID, p_number: int, body: dict[str, Any]) -> See:
    """The tasks stand for themselves again."""
    _company, place, home = at_place(session, company_id, p_number)
    openings.unbundle(session, **body, p_number=place.p_number)
    return See(f"{home}/jobaabninger", _("Behovet er lukket, og opgaverne står for sig selv igen."))


@pages.post(f"{PLACE}/jobaabninger/flyt", roles=CONSULTANTS, about=NOBODY, body=MoveForm, again=openings_here)
def move_opening(session: Session, _who: Principal, company_id: UUID, p_number: int, body: dict[str, Any]) -> See:
    """Dropped for a reason, or taken up again."""
    _company, place, home = at_place(session, company_id, p_number)
    reason, about = body["reason_code"], str(body["opening_id"])
    if reason is None:
        openings.take_up(session, body["opening_id"], body["version"], p_number=place.p_number)
        return See(f"{home}/jobaabninger", _("Opgaven er taget op igen."))
    row = openings.drop(session, body["opening_id"], body["version"], reason, p_number=place.p_number)
    undo = Undo(f"{home}/jobaabninger/flyt", {"opening_id": about, "version": str(row.version)})
    return See(f"{home}/jobaabninger", _("Opgaven er droppet."), undo)
