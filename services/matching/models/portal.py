"""A company's portal: who may come in and sign there, and the thread with the municipality."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.matching.models.copies import Base
from shared.database import Versioned, new_id
from shared.retention import Holds


class CompanyMember(Versioned, Base):
    """Somebody whom the company lets in, as the identity provider names them; `removed_at` once they are let out."""

    __tablename__ = "company_member"
    holds = Holds(company="id company_id subject name role since removed_at", technical="version")
    __table_args__ = (UniqueConstraint("company_id", "subject"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    company_id: Mapped[UUID] = mapped_column(ForeignKey("company.id"))
    subject: Mapped[str]
    name: Mapped[str]
    role: Mapped[str]
    since: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class CompanyInvitation(Versioned, Base):
    """A link that lets one colleague in with a role: until it ends, is withdrawn or is taken."""

    __tablename__ = "company_invitation"
    holds = Holds(company="id company_id role made_by ends_at withdrawn_at taken_at", technical="version")
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    company_id: Mapped[UUID] = mapped_column(ForeignKey("company.id"), index=True)
    role: Mapped[str]
    made_by: Mapped[str]
    ends_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    taken_at: Mapped[datetime | None]


class CompanyMessage(Base):
    """What company and municipality write to each other, sealed; about a need, where one is named."""

    __tablename__ = "company_message"
    holds = Holds(
        aged_by="at", message="sealed", company="id company_id need_id by_company written_by writer at read_at"
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    company_id: Mapped[UUID] = mapped_column(ForeignKey("company.id"), index=True)
    need_id: Mapped[UUID | None] = mapped_column(ForeignKey("need.id"))
    by_company: Mapped[bool]
    written_by: Mapped[str]
    writer: Mapped[str]
    sealed: Mapped[str]
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]
