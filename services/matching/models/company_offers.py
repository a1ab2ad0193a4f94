"""What a company can offer in general, and what it would like; each need says for itself what holds there."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from services.matching.models.copies import Base
from shared.database import Versioned
from shared.retention import Holds


class CompanyOffer(Versioned, Base):
    """A company's own profile: `season` are its busy months ("03"), `languages` are spoken there beside Danish.

    `soft_wishes` are what it likes in people: they rank, and keep nobody out.
    """

    __tablename__ = "company_offer"
    holds = Holds(
        company="company_id adjustments mentor_offered shifts season languages soft_wishes told_at told_by",
        technical="version",
    )
    company_id: Mapped[UUID] = mapped_column(ForeignKey("company.id"), primary_key=True)
    adjustments: Mapped[list[str]] = mapped_column(ARRAY(String))
    mentor_offered: Mapped[bool]
    shifts: Mapped[list[str]] = mapped_column(ARRAY(String))
    season: Mapped[list[str]] = mapped_column(ARRAY(String))
    languages: Mapped[list[str]] = mapped_column(ARRAY(String))
    soft_wishes: Mapped[list[str]] = mapped_column(ARRAY(String))
    told_at: Mapped[datetime]
    told_by: Mapped[str]
