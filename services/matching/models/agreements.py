"""The versions of an agreement, and what each party says of them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from services.matching.models.copies import Base
from shared.database import new_id
from shared.retention import Holds


class AgreementVersion(Base):
    """The terms as they were agreed upon once; `content_hash` tells the same terms sent again.

    In force from `in_force_at`; `closed_at` where nothing came of it.
    """

    __tablename__ = "agreement_version"
    holds = Holds(
        person="placement_id", technical="content_hash", health_function="purpose_code", company="mentor_name",
        placement="id placement_id number kind reason_code offer_type starts_on ends_on first_day_at weekly_hours "
        "made_by made_at in_force_at closed_at policies",
    )  # fmt: skip
    __table_args__ = (UniqueConstraint("placement_id", "number"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placement.id"))
    number: Mapped[int]
    kind: Mapped[str]
    reason_code: Mapped[str | None]
    offer_type: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    first_day_at: Mapped[datetime]
    weekly_hours: Mapped[float]
    purpose_code: Mapped[str]
    mentor_name: Mapped[str]
    policies: Mapped[list[str]] = mapped_column(ARRAY(String))
    content_hash: Mapped[str]
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    in_force_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]


class Statement(Base):
    """What a party is asked, and says, of a version: for employer and representative the word of § 65(6).

    `how` is own, on_behalf (with a coded reason) or link. Withdrawn where a change touched what was said yes to.
    """

    __tablename__ = "statement"
    holds = Holds(
        person="placement_id",
        placement="id placement_id number party asked_at positive on_behalf how reason_code at stated_by withdrawn_at",
    )
    __table_args__ = (
        Index("uq_statement_live", "placement_id", "party", unique=True, postgresql_where="withdrawn_at IS NULL"),
        Index("ix_statement_placement_id", "placement_id"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placement.id"))
    number: Mapped[int]
    party: Mapped[str]
    asked_at: Mapped[datetime]
    positive: Mapped[bool | None]
    on_behalf: Mapped[bool] = mapped_column(default=False)
    how: Mapped[str | None]
    reason_code: Mapped[str | None]
    at: Mapped[datetime | None]
    stated_by: Mapped[str | None]
    withdrawn_at: Mapped[datetime | None]
