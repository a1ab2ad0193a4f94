"""JSON doors to what a company can offer in general, and to the list of industries."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.api import CONSULTANTS, doors
from services.matching.models import CompanyOffer
from services.matching.queries import own_company, whole_company
from services.matching.rules import industries
from services.matching.schemas import company_offers as schemas
from services.matching.schemas.companies import IndustryList, IndustryQuery
from services.matching.use_cases import company_offers
from shared.auth import STAFF, Principal
from shared.lookups import NOBODY

COMPANY = ("company_employee",)
OFFER = "/companies/<uuid:company_id>/offer"


@doors.get("/industries", roles=STAFF, about=NOBODY, query=IndustryQuery, answer=IndustryList)
def search_industries(_session: Session, _principal: Principal, query: dict[str, Any]) -> Any:
    """Industries of DB25 that are called so, or whose code begins so."""
    return {"items": industries.search(query.get("industry", "")), "source": industries.SOURCE}


def _told(session: Session, company_id: UUID) -> Any:
    nothing = {"company_id": company_id, **schemas.CompanyOfferBody().load({})}
    return session.get(CompanyOffer, company_id) or nothing


@doors.get(OFFER, roles=STAFF, about=NOBODY, answer=schemas.CompanyOfferAnswer)
def read_company_offer(session: Session, _principal: Principal, company_id: UUID) -> Any:
    """What it can offer and would like; nothing where nobody asked yet."""
    queries.company(session, None, company_id)
    return _told(session, company_id)


@doors.post(OFFER, roles=CONSULTANTS, about=NOBODY, body=schemas.CompanyOfferBody, answer=schemas.CompanyOfferAnswer)
def tell_company_offer(session: Session, principal: Principal, company_id: UUID, body: dict[str, Any]) -> Any:
    """What holds from now."""
    return company_offers.tell(session, company_id, body.pop("version"), body, principal.subject)


@doors.get("/company-offer", roles=COMPANY, about=NOBODY, answer=schemas.CompanyOfferAnswer)
def read_own_offer(session: Session, principal: Principal) -> Any:
    """What one's own company has told, or staff for it; nothing where nobody told."""
    return _told(session, own_company(session, principal).id)


@doors.post(
    "/company-offer", roles=COMPANY, about=NOBODY, body=schemas.CompanyOfferBody, answer=schemas.CompanyOfferAnswer
)
def tell_own_offer(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """What holds from now, by the company's own word."""
    company = whole_company(session, principal)
    return company_offers.tell(session, company.id, body.pop("version"), body, principal.subject)
