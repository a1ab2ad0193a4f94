"""The mentors of a workplace: when they are at hand, and for how many at once."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.pages import pages
from services.matching.pages.companies import crumbs_of
from services.matching.schemas.mentors import MentorForm, MentorGoneForm
from services.matching.use_cases import mentors
from shared.auth import CONSULTANTS, Principal
from shared.lookups import NOBODY
from shared.pages import Page, See, Undo

PLACE = "/virksomheder/<uuid:company_id>/steder/<int(fixed_digits=10):p_number>/mentorer"


def _home(company_id: UUID, p_number: str) -> str:
    return f"/virksomheder/{company_id}/steder/{p_number}"


@pages.get(PLACE, roles=CONSULTANTS, about=NOBODY)
def mentors_page(session: Session, _who: Principal, company_id: UUID, p_number: int, typed: Any = None) -> Page:
    """Who can be a mentor there; nobody written down means that nobody has asked."""
    company = queries.company(session, None, company_id)
    place = queries.workplace(session, company_id, f"{p_number:010d}")
    home = _home(company_id, place.p_number)
    shown = {
        "company": company,
        "place": place,
        "home": f"{home}/mentorer",
        "mentors": queries.mentors_at(session, place.id),
        "crumbs": crumbs_of(company, (place.name, home), (_("Mentorer"), None)),
        "typed": typed,
    }
    return Page("matching/mentors.html", shown)


@pages.post(PLACE, roles=CONSULTANTS, about=NOBODY, body=MentorForm, again=mentors_page)
def add_mentor(session: Session, _who: Principal, company_id: UUID, p_number: int, body: dict[str, Any]) -> See:
    """Write somebody down."""
    place = queries.workplace(session, company_id, f"{p_number:010d}")
    row = mentors.tell_of(session, place.p_number, **body)
    home = f"{_home(company_id, place.p_number)}/mentorer"
    back = Undo(f"{home}/fjern", {"mentor_id": str(row.id)})
    return See(home, _("%(name)s er skrevet op som mentor.", name=row.name), back)


@pages.post(f"{PLACE}/fjern", roles=CONSULTANTS, about=NOBODY, body=MentorGoneForm, again=mentors_page)
def remove_mentor(session: Session, _who: Principal, company_id: UUID, p_number: int, body: dict[str, Any]) -> See:
    """They are a mentor there no more."""
    place = queries.workplace(session, company_id, f"{p_number:010d}")
    told = mentors.take_away(session, place.p_number, body["mentor_id"])
    home = f"{_home(company_id, place.p_number)}/mentorer"
    back = Undo(home, {"name": told["name"], "windows": told["windows"], "at_once": str(told["at_once"])})
    return See(home, _("%(name)s er ikke mentor mere.", name=told["name"]), back)
