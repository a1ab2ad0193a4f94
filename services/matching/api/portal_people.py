"""JSON doors to a company's list of who may come in, and to its thread with the municipality."""

from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.api import doors
from services.matching.models import CompanyMessage
from services.matching.queries import own_company
from services.matching.queries import portal_people as reads
from services.matching.schemas import portal_people as schemas
from services.matching.use_cases import colleagues, company_messages
from shared import clock
from shared.auth import STAFF, Principal
from shared.lookups import NOBODY
from shared.paging import PageQuery

COMPANY = ("company_employee",)


@doors.get("/company-members", roles=COMPANY, about=NOBODY, answer=schemas.CompanyPeopleAnswer)
def list_members(session: Session, principal: Principal) -> Any:
    """Whom the company lets in, and the invitations that nobody has taken yet."""
    company = own_company(session, principal)
    invitations = reads.open_invitations(session, company.id, clock.now())
    return {"items": reads.let_in(session, company.cvr), "invitations": invitations}


@doors.post(
    "/company-invitations", roles=COMPANY, about=NOBODY, body=schemas.InviteBody, answer=schemas.NewInvitationAnswer
)
def invite_member(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """A link for one colleague; who they are, the identity provider says when it is taken."""
    settings, company = current_app.extensions["settings"], own_company(session, principal)
    row, link = colleagues.invite(session, settings, company, principal, **body)
    return {"id": row.id, "role": row.role, "ends_at": row.ends_at, "link": link}


@doors.post(
    "/company-invitations/withdrawn",
    roles=COMPANY,
    about=NOBODY,
    body=schemas.InvitationBody,
    answer=schemas.InvitationAnswer,
)
def withdraw_invitation(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """Nobody can take the link any more."""
    return colleagues.withdraw(session, own_company(session, principal), **body)


@doors.post("/company-members", roles=COMPANY, about=NOBODY, body=schemas.MemberBody, answer=schemas.MemberAnswer)
def change_member(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """Another role, out at once, or in again."""
    return colleagues.change(session, own_company(session, principal), **body)


@doors.get("/company-messages", roles=COMPANY, about=NOBODY, query=PageQuery, answer=schemas.MessagesAnswer)
def list_own_messages(session: Session, principal: Principal, query: dict[str, Any]) -> Any:
    """The newest of the thread with the municipality, older ones by `next`."""
    return reads.messages(session, own_company(session, principal).id, queries.own(principal), **query)


@doors.post(
    "/company-messages", roles=COMPANY, about=NOBODY, body=schemas.MessageBody, answer=schemas.CompanyMessageAnswer
)
def write_own_message(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """To the municipality."""
    row = company_messages.write(session, queries.own(principal), own_company(session, principal), principal, **body)
    return _written(row, body["text"])


def _written(row: CompanyMessage, text: str) -> dict[str, Any]:
    names = ("id", "need_id", "by_company", "writer", "at", "read_at")
    return {name: getattr(row, name) for name in names} | {"text": text}


@doors.post("/company-messages/read", roles=COMPANY, about=NOBODY, query=PageQuery, answer=schemas.MessagesAnswer)
def read_own_messages(session: Session, principal: Principal, query: dict[str, Any]) -> Any:
    """The same page of the thread, and the municipality knows that the company has seen it; a page has its own key."""
    found = list_own_messages(session, principal, query)
    reads.mark_read(session, reads.unseen(found["items"], by_company=False), clock.now())
    return found


@doors.post(
    "/company-messages/taken-back",
    roles=COMPANY,
    about=NOBODY,
    body=schemas.MessageUndoBody,
    answer=schemas.MessagesAnswer,
)
def take_own_message_back(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """It was not meant so; only by whoever wrote it, before it is read."""
    company = own_company(session, principal)
    company_messages.take_back(session, company, principal, **body)
    return reads.messages(session, company.id, queries.own(principal))


@doors.get(
    "/companies/<uuid:company_id>/messages",
    roles=STAFF,
    about=NOBODY,
    query=PageQuery,
    answer=schemas.MessagesAnswer,
)
def list_company_messages(session: Session, _principal: Principal, company_id: UUID, query: dict[str, Any]) -> Any:
    """The newest of the thread with one company, older ones by `next`."""
    queries.company(session, None, company_id)
    return reads.messages(session, company_id, None, **query)


@doors.post(
    "/companies/<uuid:company_id>/messages",
    roles=STAFF,
    about=NOBODY,
    body=schemas.MessageBody,
    answer=schemas.CompanyMessageAnswer,
)
def write_to_company(session: Session, principal: Principal, company_id: UUID, body: dict[str, Any]) -> Any:
    """To the company."""
    row = company_messages.write(session, None, queries.company(session, None, company_id), principal, **body)
    return _written(row, body["text"])
