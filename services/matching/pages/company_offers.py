"""What a company can offer in general and would like, in a form: at the municipality, and in the company's portal."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.models import Company, CompanyOffer
from services.matching.pages import pages
from services.matching.pages.companies import crumbs_of
from services.matching.pages.knowledge import fields_of, month_choices
from services.matching.queries import own_company, whole_company
from services.matching.schemas.company_offers import CompanyOfferBody, CompanyOfferUndoForm
from services.matching.use_cases import company_offers
from shared.auth import CONSULTANTS, Principal
from shared.lookups import NOBODY
from shared.pages import Page, See, Undo

COMPANY = ("company_employee",)
OFFER, OWN = "/virksomheder/<uuid:company_id>/tilbyder", "/virksomhed/tilbyder"


def _form(session: Session, company: Company, crumbs: Any, typed: Any, *, action: str, back: str) -> Page:
    shown = {"row": session.get(CompanyOffer, company.id), "months": month_choices(), "crumbs": crumbs, "typed": typed}
    return Page("matching/company_offer.html", shown | {"company": company, "action": action, "back": back})


def _told(session: Session, who: Principal, company_id: UUID, body: dict[str, Any], *, action: str, back: str) -> See:
    before = fields_of(session.get(CompanyOffer, company_id), company_offers.FIELDS)
    row = company_offers.tell(session, company_id, body.pop("version"), body, who.subject)
    return See(back, _("Gemt."), Undo(f"{action}/fortryd", before | {"version": str(row.version)}))


def _taken_back(session: Session, who: Principal, company_id: UUID, body: dict[str, Any], back: str) -> See:
    nothing, version = body.pop("nothing"), body.pop("version")
    company_offers.take_back(session, company_id, version, None if nothing else body, who.subject)
    return See(back, _("Det står, som det gjorde før."))


@pages.get(OFFER, roles=CONSULTANTS, about=NOBODY)
def company_offer_form(session: Session, _who: Principal, company_id: UUID, typed: Any = None) -> Page:
    """What is told now."""
    company, home = queries.company(session, None, company_id), f"/virksomheder/{company_id}"
    crumbs = crumbs_of(company, (_("Det kan virksomheden tilbyde"), None))
    return _form(session, company, crumbs, typed, action=f"{home}/tilbyder", back=home)


@pages.post(OFFER, roles=CONSULTANTS, about=NOBODY, body=CompanyOfferBody, again=company_offer_form)
def tell_offer(session: Session, who: Principal, company_id: UUID, body: dict[str, Any]) -> See:
    """What holds from now; what was told before can be put back."""
    home = f"/virksomheder/{company_id}"
    return _told(session, who, company_id, body, action=f"{home}/tilbyder", back=f"{home}#tilbyder")


@pages.post(f"{OFFER}/fortryd", roles=CONSULTANTS, about=NOBODY, body=CompanyOfferUndoForm, again=company_offer_form)
def take_offer_back(session: Session, who: Principal, company_id: UUID, body: dict[str, Any]) -> See:
    """What was told before."""
    return _taken_back(session, who, company_id, body, f"/virksomheder/{company_id}#tilbyder")


@pages.get(OWN, roles=COMPANY, about=NOBODY)
def own_offer_form(session: Session, who: Principal, typed: Any = None) -> Page:
    """What one's own company has told, or staff for it."""
    crumbs = [(_("Jeres Jobbutik"), "/virksomhed"), (_("Det kan I tilbyde"), None)]
    return _form(session, own_company(session, who), crumbs, typed, action=OWN, back="/virksomhed")


@pages.post(OWN, roles=COMPANY, about=NOBODY, body=CompanyOfferBody, again=own_offer_form)
def tell_own_offer(session: Session, who: Principal, body: dict[str, Any]) -> See:
    """What holds from now, by the company's own word; refused to whoever is limited to some of its places."""
    return _told(session, who, whole_company(session, who).id, body, action=OWN, back=OWN)


@pages.post(f"{OWN}/fortryd", roles=COMPANY, about=NOBODY, body=CompanyOfferUndoForm, again=own_offer_form)
def take_own_offer_back(session: Session, who: Principal, body: dict[str, Any]) -> See:
    """What was told before."""
    return _taken_back(session, who, whole_company(session, who).id, body, OWN)
