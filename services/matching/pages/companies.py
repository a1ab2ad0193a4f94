"""Companies as staff see them."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.api import COMPANIES, COMPANY_CHANGE, PLACEMENTS
from services.matching.models import Company, CompanyOffer, CompanyPause
from services.matching.pages import pages
from services.matching.queries import care
from services.matching.queries import portal_people as people
from services.matching.rules import industries
from services.matching.schemas.companies import IndustryQuery, NewCompany
from services.matching.schemas.forms import CompanyForm, WordsQuery
from services.matching.use_cases import POLICY, companies
from shared import clock
from shared.auth import CONSULTANTS, STAFF, Principal
from shared.lookups import NOBODY
from shared.pages import Page, See, Undo

Crumbs = list[tuple[str, str | None]]
MOST, PROMISES = 50, 8


def crumbs_of(company: Company, *more: tuple[str, str | None]) -> Crumbs:
    """The way to a company, and on from it."""
    here = f"/virksomheder/{company.id}" if more else None
    return [(_("Virksomheder"), "/virksomheder"), (company.name, here), *more]


def is_consultant(who: Principal) -> bool:
    """True for those who match and agree."""
    return bool(set(who.roles) & set(CONSULTANTS))


@pages.get("/virksomheder", roles=STAFF, about=COMPANIES, query=WordsQuery)
def company_list(session: Session, who: Principal, query: dict[str, Any]) -> Page:
    """Companies in Danish order, or those that are called so."""
    found = queries.companies_by_name(session, words=query["q"], after=query["after"], limit=MOST)
    ours = care.consultants_of(session, [one.id for one in found["items"]], clock.today())
    return Page("matching/companies.html", {
        "found": found, "q": query["q"], "after": query["after"], "consultant": is_consultant(who), "ours": ours,
    })  # fmt: skip


@pages.get("/virksomheder/ny", roles=STAFF, about=None)
def company_form(_session: Session, _who: Principal, typed: Any = None) -> Page:
    """The form for a company that nobody knows yet."""
    crumbs = [(_("Virksomheder"), "/virksomheder"), (_("Ny virksomhed"), None)]
    return Page("matching/company_form.html", {"company": None, "industry": "", "crumbs": crumbs, "typed": typed})


@pages.post("/virksomheder/ny", roles=STAFF, about=COMPANY_CHANGE, body=NewCompany, again=company_form)
def add_company(session: Session, _who: Principal, body: dict[str, Any]) -> See:
    """Register it; a known CVR number is found again."""
    made = companies.register_company(session, **body)
    return See(f"/virksomheder/{made.id}", _("%(name)s er registreret.", name=made.name))


@pages.get("/virksomheder/brancher", roles=STAFF, about=NOBODY, query=IndustryQuery, fragment=True)
def industry_options(_session: Session, _who: Principal, query: dict[str, Any]) -> Page:
    """Industries while somebody types."""
    return Page("matching/industry_options.html", {"found": industries.search(query.get("industry", ""))})


def _promises(session: Session, company_id: UUID) -> list[Any]:
    """The first that are open, and where there is room the last that were kept."""
    waiting, _more = care.promises(session, company_id=company_id, limit=PROMISES)
    kept, _more = care.promises(session, state="done", company_id=company_id, limit=PROMISES)
    return [*waiting, *kept][:PROMISES]


@pages.get("/virksomheder/<uuid:company_id>", roles=STAFF, about=PLACEMENTS)
def company_page(session: Session, who: Principal, company_id: UUID, typed: Any = None) -> Page:
    """A company, its workplaces, its needs and its placements; who is placed there is for those who match."""
    company = queries.company(session, None, company_id)
    consultant = is_consultant(who)
    placements = queries.latest_placements(session, None, MOST, company_id=company_id)
    today, touched = clock.today(), care.contacts(session, company_id) if consultant else ()
    shown = {
        "typed": typed,
        "caretaker": care.consultant_of(session, company_id, today),
        "promises": _promises(session, company_id) if consultant else (),
        "contacts": touched,
        "silent": care.faded(touched, POLICY, today),
        "budget": care.budget(session, company_id, who.organisation, POLICY, today) if consultant else None,
        "pause": session.get(CompanyPause, company_id) if consultant else None,
        "me": who.subject,
        "today": today,
        "company": company,
        "industry": industries.title(company.industry),
        "offer": session.get(CompanyOffer, company_id),
        "workplaces": queries.workplaces(session, None, company_id),
        "needs": queries.latest_needs(session, None, company_id, MOST),
        "placements": placements,
        "names": queries.names(session, {one.citizen_id for one in placements}) if consultant else {},
        "consultant": consultant,
        "unread": people.unread(session, company_id, by_company=True),
        "crumbs": crumbs_of(company),
    }
    return Page("matching/company.html", shown)


@pages.get("/virksomheder/<uuid:company_id>/ret", roles=STAFF, about=COMPANY_CHANGE)
def company_edit_form(session: Session, _who: Principal, company_id: UUID, typed: Any = None) -> Page:
    """What is known of a company, to be corrected."""
    company = queries.company(session, None, company_id)
    shown = {"company": company, "changed": typed is not None and typed.get("version") != str(company.version)}
    shown["industry"] = industries.named(company.industry)
    crumbs = crumbs_of(company, (_("Ret"), None))
    return Page("matching/company_form.html", shown | {"crumbs": crumbs, "typed": typed})


@pages.post(
    "/virksomheder/<uuid:company_id>/ret",
    roles=STAFF,
    about=COMPANY_CHANGE,
    body=CompanyForm,
    again=company_edit_form,
)
def edit_company(session: Session, _who: Principal, company_id: UUID, body: dict[str, Any]) -> See:
    """What was told now stands, unless somebody else changed it meanwhile; what stood before can be put back."""
    company = queries.company(session, None, company_id)
    before = {
        "name": company.name,
        "public": "on" if company.public else "",
        "industry": company.industry or "",
        "contact.name": company.contact_name,
        "contact.email": company.contact_email or "",
        "contact.phone": company.contact_phone or "",
    }
    companies.register_company(session, body.pop("version"), cvr=company.cvr, **body)
    undo = Undo(f"/virksomheder/{company_id}/ret", before | {"version": str(company.version)})
    return See(f"/virksomheder/{company_id}", _("Oplysningerne er gemt."), undo)
