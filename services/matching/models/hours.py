"""The weekly hours of a placement, as follow-up tells them."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from services.matching.models.copies import Base
from shared.retention import Holds


class PlacementHours(Base):
    """Hours of placement and paid hours from a day on (A20). Newest version of what follow-up told."""

    __tablename__ = "placement_hours"
    holds = Holds(
        person="citizen_id", identity="citizen_id", placement="id placement_id starts_on placement_hours paid_hours",
        technical="version",
    )  # fmt: skip
    id: Mapped[UUID] = mapped_column(primary_key=True)
    placement_id: Mapped[UUID] = mapped_column(index=True)
    citizen_id: Mapped[UUID] = mapped_column(index=True)
    starts_on: Mapped[date]
    placement_hours: Mapped[float]
    paid_hours: Mapped[float]
    version: Mapped[int]
