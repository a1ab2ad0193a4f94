"""JSON doors to a company's list of who may come in, and to its thread with the municipality."""

from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.api import doors
from services.matching.models import Company
from services.matching.queries import portal_people as reads
from services.matching.schemas import portal_people as schemas
from services.matching.use_cases import colleagues, company_messages
from shared import clock
from shared.auth import STAFF, Principal
from shared.errors import NotFound
from shared.lookups import NOBODY

COMPANY = ("company_employee",)


def _own(session: Session, principal: Principal) -> Company:
    company = queries.company_of(session, principal.organisation or "")
    if company is None:
        raise NotFound
    return company


@doors.get("/company-members", roles=COMPANY, about=NOBODY, answer=schemas.CompanyPeopleAnswer)
def list_members(session: Session, principal: Principal) -> Any:
    """Whom the company lets in, and the invitations that nobody has taken yet."""
    company = _own(session, principal)
    invitations = reads.open_invitations(session, company.id, clock.now())
    return {"items": reads.let_in(session, company.cvr), "invitations": invitations}


@doors.post(
    "/company-invitations", roles=COMPANY, about=NOBODY, body=schemas.InviteBody, answer=schemas.NewInvitationAnswer
)
def invite_member(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """A link for one colleague; who they are, the identity provider says when it is taken."""
    settings, company = current_app.extensions["settings"], _own(session, principal)
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
    return colleagues.withdraw(session, _own(session, principal), **body)


@doors.post("/company-members", roles=COMPANY, about=NOBODY, body=schemas.MemberBody, answer=schemas.MemberAnswer)
def change_member(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """Another role, out at once, or in again."""
    return colleagues.change(session, _own(session, principal), **body)


@doors.get("/company-messages", roles=COMPANY, about=NOBODY, answer=schemas.MessagesAnswer)
def list_own_messages(session: Session, principal: Principal) -> Any:
    """The thread with the municipality, the newest last."""
    return {"items": reads.messages(session, _own(session, principal).id, queries.own(principal))}


@doors.post(
    "/company-messages", roles=COMPANY, about=NOBODY, body=schemas.MessageBody, answer=schemas.CompanyMessageAnswer
)
def write_own_message(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """To the municipality."""
    return company_messages.write(session, queries.own(principal), _own(session, principal), principal, **body)


@doors.get("/companies/<uuid:company_id>/messages", roles=STAFF, about=NOBODY, answer=schemas.MessagesAnswer)
def list_company_messages(session: Session, _principal: Principal, company_id: UUID) -> Any:
    """The thread with one company."""
    queries.company(session, None, company_id)
    return {"items": reads.messages(session, company_id, None)}


@doors.post(
    "/companies/<uuid:company_id>/messages",
    roles=STAFF,
    about=NOBODY,
    body=schemas.MessageBody,
    answer=schemas.CompanyMessageAnswer,
)
def write_to_company(session: Session, principal: Principal, company_id: UUID, body: dict[str, Any]) -> Any:
    """To the company."""
    return company_messages.write(session, None, queries.company(session, None, company_id), principal, **body)
