"""The thread of company and municipality, as both sides see it."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.models import Company, Need
from services.matching.pages import pages
from services.matching.pages.companies import crumbs_of
from services.matching.queries import own_company, portal
from services.matching.queries import portal_people as reads
from services.matching.schemas.forum import OlderQuery
from services.matching.schemas.portal_people import MessageBody, MessageUndoBody
from services.matching.use_cases import company_messages
from shared import clock
from shared.auth import STAFF, Principal
from shared.lookups import NOBODY
from shared.pages import Page, See, Undo

OURS, THEIRS = "/virksomhed/beskeder", "/virksomheder/<uuid:company_id>/beskeder"


def _thread(
    session: Session, who: Principal, company: Company, query: dict[str, Any] | None, typed: Any
) -> dict[str, Any]:
    border = queries.own(who)
    found = reads.messages(session, company.id, border, limit=reads.LATEST, **(query or {}))
    unseen = reads.unseen(found["items"], by_company=border is None)
    if typed is None:
        reads.mark_read(session, unseen, clock.now())
    needs = queries.latest_needs(session, border, company.id, portal.MOST, Need.state != "closed")
    choices = [(str(one.id), one.title) for one in needs]
    return {
        "company": company, "found": found, "new": set(unseen), "needs": choices, "typed": typed,
        "home": f"/virksomheder/{company.id}/beskeder" if border is None else OURS, "ours": border is not None,
    }  # fmt: skip


@pages.get(OURS, roles=("company_employee",), about=NOBODY, query=OlderQuery)
def own_messages(session: Session, who: Principal, query: dict[str, Any] | None = None, typed: Any = None) -> Page:
    """What the two wrote to each other, the newest or those before; what is shown counts as read."""
    shown = _thread(session, who, own_company(session, who), query, typed)
    crumbs = [(_("Jeres Jobbutik"), "/virksomhed"), (_("Beskeder"), None)]
    return Page("matching/company_messages.html", shown | {"crumbs": crumbs})


@pages.post(OURS, roles=("company_employee",), about=NOBODY, body=MessageBody, again=own_messages)
def write_own_message(session: Session, who: Principal, body: dict[str, Any]) -> See:
    """To the municipality."""
    company = own_company(session, who)
    row = company_messages.write(session, queries.own(who), company, who, **body)
    undo = Undo(f"{OURS}/fortryd", {"message_id": str(row.id)})
    return See(OURS, _("Beskeden er sendt til Jobbutikken."), undo)


@pages.post(f"{OURS}/fortryd", roles=("company_employee",), about=NOBODY, body=MessageUndoBody, again=own_messages)
def take_own_message_back(session: Session, who: Principal, body: dict[str, Any]) -> See:
    """It was not meant so."""
    company_messages.take_back(session, own_company(session, who), who, **body)
    return See(OURS, _("Beskeden er taget tilbage."))


@pages.get(THEIRS, roles=STAFF, about=NOBODY, query=OlderQuery)
def company_messages_page(
    session: Session, who: Principal, company_id: UUID, query: dict[str, Any] | None = None, typed: Any = None
) -> Page:
    """The same for staff, who answer here."""
    company = queries.company(session, None, company_id)
    shown = _thread(session, who, company, query, typed)
    crumbs = crumbs_of(company, (_("Beskeder"), None))
    return Page("matching/company_messages.html", shown | {"crumbs": crumbs})


@pages.post(THEIRS, roles=STAFF, about=NOBODY, body=MessageBody, again=company_messages_page)
def answer_company(session: Session, who: Principal, company_id: UUID, body: dict[str, Any]) -> See:
    """To the company."""
    company, home = queries.company(session, None, company_id), f"/virksomheder/{company_id}/beskeder"
    row = company_messages.write(session, None, company, who, **body)
    return See(home, _("Beskeden er sendt til virksomheden."), Undo(f"{home}/fortryd", {"message_id": str(row.id)}))


@pages.post(f"{THEIRS}/fortryd", roles=STAFF, about=NOBODY, body=MessageUndoBody, again=company_messages_page)
def take_answer_to_company_back(session: Session, who: Principal, company_id: UUID, body: dict[str, Any]) -> See:
    """It was not meant so."""
    company_messages.take_back(session, queries.company(session, None, company_id), who, **body)
    return See(f"/virksomheder/{company_id}/beskeder", _("Beskeden er taget tilbage."))
