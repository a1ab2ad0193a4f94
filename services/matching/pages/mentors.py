"""The mentors of a workplace: when they are at hand, and for how many at once."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.pages import pages
from services.matching.pages.companies import crumbs_of
from services.matching.pages.workplaces import PLACE, at_place
from services.matching.schemas.mentors import MentorForm, MentorGoneForm
from services.matching.use_cases import mentors
from shared.auth import CONSULTANTS, Principal
from shared.lookups import NOBODY
from shared.pages import Page, See, Undo

HERE = f"{PLACE}/mentorer"


@pages.get(HERE, roles=CONSULTANTS, about=NOBODY)
def mentors_page(session: Session, _who: Principal, company_id: UUID, p_number: int, typed: Any = None) -> Page:
    """Who can be a mentor there; nobody written down means that nobody has asked."""
    company, place, home = at_place(session, company_id, p_number)
    shown = {
        "company": company,
        "place": place,
        "home": f"{home}/mentorer",
        "mentors": queries.mentors_at(session, place.id),
        "crumbs": crumbs_of(company, (place.name, home), (_("Mentorer"), None)),
        "typed": typed,
    }
    return Page("matching/mentors.html", shown)


@pages.post(HERE, roles=CONSULTANTS, about=NOBODY, body=MentorForm, again=mentors_page)
def add_mentor(session: Session, _who: Principal, company_id: UUID, p_number: int, body: dict[str, Any]) -> See:
    """Write somebody down."""
    _company, place, home = at_place(session, company_id, p_number)
    row = mentors.tell_of(session, place.p_number, **body)
    back = Undo(f"{home}/mentorer/fjern", {"mentor_id": str(row.id)})
    return See(f"{home}/mentorer", _("%(name)s er skrevet op som mentor.", name=row.name), back)


@pages.post(f"{HERE}/fjern", roles=CONSULTANTS, about=NOBODY, body=MentorGoneForm, again=mentors_page)
def remove_mentor(session: Session, _who: Principal, company_id: UUID, p_number: int, body: dict[str, Any]) -> See:
    """They are a mentor there no more."""
    _company, place, home = at_place(session, company_id, p_number)
    told = mentors.take_away(session, place.p_number, body["mentor_id"])
    back = Undo(f"{home}/mentorer", {"name": told["name"], "windows": told["windows"], "at_once": str(told["at_once"])})
    return See(f"{home}/mentorer", _("%(name)s er ikke mentor mere.", name=told["name"]), back)
