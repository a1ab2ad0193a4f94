"""Who a company lets in, and its thread with the municipality."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from services.matching.models import Company, CompanyInvitation, CompanyMember, CompanyMessage, Need
from services.matching.queries import sealing
from services.matching.queries.border import Own
from services.matching.queries.paging import newest_lines

LATEST = 100


def let_in(session: Session, cvr: str) -> Sequence[CompanyMember]:
    """Those on the company's list now, the first first."""
    rows = select(CompanyMember).join(Company, Company.id == CompanyMember.company_id)
    rows = rows.where(Company.cvr == cvr, CompanyMember.removed_at.is_(None))
    return session.scalars(rows.order_by(CompanyMember.since, CompanyMember.id)).all()


def open_invitations(session: Session, company_id: UUID, now: datetime) -> Sequence[CompanyInvitation]:
    """Invitations that can still be taken, the first first."""
    rows = select(CompanyInvitation).where(
        CompanyInvitation.company_id == company_id, CompanyInvitation.ends_at > now,
        CompanyInvitation.withdrawn_at.is_(None), CompanyInvitation.taken_at.is_(None),
    )  # fmt: skip
    return session.scalars(rows.order_by(CompanyInvitation.id)).all()


def messages(
    session: Session, company_id: UUID, border: Own | None, *, cursor: UUID | None = None, limit: int = LATEST
) -> dict[str, Any]:
    """A page of the thread, the newest last, each with the need it is about; without those about other workplaces'
    needs. `next` is where older ones begin; raises NotFound where `cursor` is none of these.
    """
    rows = select(CompanyMessage, Need.title).outerjoin(Need, Need.id == CompanyMessage.need_id)
    rows = rows.where(CompanyMessage.company_id == company_id)
    if border is not None and border.p_numbers:
        rows = rows.where(CompanyMessage.need_id.is_(None) | Need.p_number.in_(border.p_numbers))
    found, older = newest_lines(session, rows, CompanyMessage, cursor=cursor, limit=limit)
    items = [
        {
            "id": one.id, "need_id": one.need_id, "about": title, "by_company": one.by_company, "writer": one.writer,
            "written_by": one.written_by, "at": one.at, "read_at": one.read_at,
            "text": sealing.opened(session, one.sealed, CompanyMessage.__tablename__, one.id),
        }
        for one, title in found
    ]  # fmt: skip
    return {"items": items, "next": older}


def unseen(found: Collection[dict[str, Any]], *, by_company: bool) -> list[UUID]:
    """Those of the messages from one side that the other has not seen."""
    return [one["id"] for one in found if one["by_company"] == by_company and not one["read_at"]]


def mark_read(session: Session, message_ids: Collection[UUID], at: datetime) -> None:
    """Somebody on the other side has seen them."""
    if message_ids:
        mine = CompanyMessage.id.in_(message_ids)
        session.execute(update(CompanyMessage).where(mine, CompanyMessage.read_at.is_(None)).values(read_at=at))


def unread(session: Session, company_id: UUID, *, by_company: bool) -> int:
    """How many messages from one side the other has not seen."""
    rows = select(func.count(CompanyMessage.id)).where(CompanyMessage.company_id == company_id)
    return session.scalar(rows.where(CompanyMessage.by_company == by_company, CompanyMessage.read_at.is_(None))) or 0


def is_unanswered(session: Session, company_id: UUID) -> bool:
    """Whether the last word is the company's."""
    rows = select(CompanyMessage.by_company).where(CompanyMessage.company_id == company_id)
    return bool(session.scalar(rows.order_by(CompanyMessage.at.desc(), CompanyMessage.id.desc()).limit(1)))
