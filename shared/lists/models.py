"""A list on its way in, as each service keeps it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from shared.auth import Principal
from shared.database import new_id
from shared.retention import Holds


class ListImportRow:
    """An uploaded list, for an hour: the file and the report on it are ciphertext bound to this row.

    When its lines are registered the file goes, but for those that were left out.
    """

    __tablename__ = "list_import"
    holds = Holds(
        identity="content report", log="id what made_by kind role unit_code made_at state take done total",
        technical="expires_at columns",
    )  # fmt: skip
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    what: Mapped[str]
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

    def who(self) -> Principal:
        """In whose name its lines are registered."""
        return Principal(subject=self.made_by, roles=(self.role,), kind=self.kind, organisation=self.unit_code)
