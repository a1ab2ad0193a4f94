"""A citizen's own profile for companies, and which profiles a company has kept."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.matching.models.copies import Base
from shared.database import Versioned, new_id
from shared.retention import Holds


class Profile(Versioned, Base):
    """What a citizen says to companies in their own words; `shown` is their own choice, `tells_needs` another.

    What they wish and can stands in their wishes, so that both say the same. The id is the only name a company learns.
    `assisted_by` wrote it down with them; None once they write, show or hide it themselves.
    """

    __tablename__ = "profile"
    holds = Holds(
        person="citizen_id", identity="citizen_id", wishes="id own_words tells_needs shown said_at assisted_by",
        technical="version",
    )  # fmt: skip
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    citizen_id: Mapped[UUID] = mapped_column(unique=True)
    own_words: Mapped[str]
    tells_needs: Mapped[bool]
    shown: Mapped[bool]
    said_at: Mapped[datetime]
    assisted_by: Mapped[str | None]


class KeptProfile(Base):
    """A profile that a company keeps in mind; the entry outlives the profile, and says then that it is gone."""

    __tablename__ = "kept_profile"
    holds = Holds(company="id company_id profile_id kept_at")
    __table_args__ = (UniqueConstraint("company_id", "profile_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    company_id: Mapped[UUID] = mapped_column(ForeignKey("company.id"))
    profile_id: Mapped[UUID]
    kept_at: Mapped[datetime]
