"""The trace of a record that went into another, as intake tells it."""

from services.matching.models.copies import Base
from shared.merges import Merge
from shared.retention import Holds


class CitizenMerge(Merge, Base):
    """Two records were one person's."""

    holds = Holds(person="id", identity="id into_id", log="at dropped")
