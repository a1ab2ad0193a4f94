"""The trace of a record that went into another."""

from uuid import UUID

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from services.intake.models.base import Base
from shared.merges import Merge
from shared.retention import Holds


class CitizenMerge(Merge, Base):
    """Two records were one person's. `record` is what stood on the one that is no more, as ciphertext bound to it.

    `cpr_index` is there where its CPR number was the person's too, so that they are found by both.
    """

    holds = Holds(
        person="id",
        identity="id into_id cpr_index record",
        log="at merged_by dropped",
        technical="freed_visitation_id",
    )
    merged_by: Mapped[str | None]
    cpr_index: Mapped[bytes | None] = mapped_column(LargeBinary, unique=True)
    record: Mapped[str | None]
    freed_visitation_id: Mapped[UUID | None]
