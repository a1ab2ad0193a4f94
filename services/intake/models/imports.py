"""A list of persons on its way in."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from services.intake.models.base import Base
from shared.database import new_id
from shared.retention import Holds


class PersonImport(Base):
    """An uploaded list, for an hour: the file and the report on it are ciphertext bound to this row.

    When the persons are registered the file goes, but for the lines that were left out.
    """

    __tablename__ = "person_import"
    holds = Holds(
        identity="content report", log="id made_by kind role unit_code made_at state take done total",
        technical="expires_at columns",
    )  # fmt: skip
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    made_by: Mapped[str]
    kind: Mapped[str]
    role: Mapped[str]
    unit_code: Mapped[str | None]
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    state: Mapped[str]
    take: Mapped[str | None]
    columns: Mapped[str]
    done: Mapped[int]
    total: Mapped[int]
    content: Mapped[str | None]
    report: Mapped[str | None]
