"""The thread of company and municipality: what is written stays here, sealed; that it was written is told."""

from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.models import Company, CompanyMessage
from services.matching.queries import Own, portal_people, sealing
from services.matching.rules import profiles as rules
from shared import clock
from shared.auth import Principal
from shared.database import new_id
from shared.errors import Invalid, NotFound, Refused
from shared.events import CompanyMessageReceived, CompanyMessageSent, CompanyMessageTakenBack
from shared.outbox import record

# The version after the one in which it was written; the row itself is gone.
TAKEN_BACK = 2


def write(
    session: Session, border: Own | None, company: Company, who: Principal, *, text: str, need_id: UUID | None
) -> CompanyMessage:
    """A message to the other side; raises Invalid for a CPR number, NotFound for a need that is not the company's."""
    if "cpr" in rules.reveals(text, ()):
        raise Invalid({"text": "Tag CPR-nummeret ud. / Take the CPR number out."})
    if need_id is not None and queries.need(session, border, need_id).company_id != company.id:
        raise NotFound
    message_id = new_id()
    row = CompanyMessage(
        id=message_id, company_id=company.id, need_id=need_id, by_company=border is not None, written_by=who.subject,
        writer=who.name or who.subject, at=clock.now(),
        sealed=sealing.sealed(session, text, CompanyMessage.__tablename__, message_id),
    )  # fmt: skip
    session.add(row)
    session.flush()
    if row.by_company:
        record(session, CompanyMessageReceived(message_id=row.id, company_id=company.id))
    else:
        record(session, CompanyMessageSent(message_id=row.id, company_id=company.id, sent_at=row.at))
    return row


def take_back(session: Session, company: Company, who: Principal, message_id: UUID) -> None:
    """It was not meant so; by whoever wrote it, before the other side has read it."""
    mine = (CompanyMessage.id == message_id) & (CompanyMessage.company_id == company.id)
    gone = session.scalar(
        delete(CompanyMessage)
        .where(mine, CompanyMessage.written_by == who.subject, CompanyMessage.read_at.is_(None))
        .returning(CompanyMessage.id)
    )
    if gone is None:
        raise Refused("message_is_read", "Beskeden er læst eller væk.", "The message has been read, or is gone.")
    record(session, CompanyMessageTakenBack(
        message_id=message_id, company_id=company.id, unanswered=portal_people.is_unanswered(session, company.id)
    ), TAKEN_BACK)  # fmt: skip
